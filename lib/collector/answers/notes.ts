import type { Answer } from "../../client/index.js";
import { UNKNOWN_TO_PROCESSES } from "../../shared/job-reference.js";
import { plural } from "../../shared/plural.js";
import { didYouMean } from "../../shared/suggestion.js";
import { jsonRow, jsonRows, rows } from "../database/rows.js";
import { isoTime } from "../frames/json.js";
import type { SelectedJob } from "./job-selection.js";
import type { Context } from "./question.js";
import { type Selection, selects } from "./selection.js";
import type { Span } from "./span.js";
import type { UsageNames } from "./usage.js";

/*
 * What an answer that found nothing says about its question: how it was read, and what it may mean instead. An empty list
 * alone would be taken for "nobody uses this". Some answers also say what they cannot know.
 */

/** Names that are compared with one that is not known. */
const MAX_COMPARED_NAMES = 10_000;
const MAX_EXAMPLES = 3;

const READINGS: Record<Selection["kind"], (value: string) => string> = {
  signature: (value) => `no process reported the signature ${value}`,
  buildId: (value) => `no process used a file with the build-id ${value}`,
  path: (value) => `no process used a file whose path is ${value}`,
  soname: (value) => `no process loaded a library whose name is ${value}`,
  software: (value) => `no file that a process used is known as the software ${value}`,
};

/** Notes on a selection that matches no file. */
async function notesOnSelection(context: Context, selection: Selection): Promise<string[]> {
  const { kind, value } = selection;
  const notes = [READINGS[kind](value)];
  if (kind === "signature") return [...notes, ...(await notesOnSignature(context, value))];
  if (kind === "path") notes.push(...(await notesOnPath(context, value)));
  const word = value.replace(/^\*+|\*+$/g, "");
  if (word === "") return notes;
  const found = await jsonRow<Others>(context.connection, OTHERS, { word: word.toLowerCase(), exact: word });
  if (kind !== "software" && found.software > 0) {
    notes.push(`software named ${word}: ${found.software} (${some(found.softwareNames)}), ask "software ${word}"`);
  }
  if (kind !== "soname" && kind !== "path" && found.libraries > 0) {
    notes.push(`libraries named ${word}: ${found.libraries}, ask "affected '*${word}*'"`);
  }
  if (found.paths > 0 && kind !== "path") {
    notes.push(`files with ${word} in their path: ${found.paths}, ask "affected --as path '*${word}*'"`);
  }
  if (found.buildIds > 0)
    notes.push(`build-ids that begin with ${word}: ${found.buildIds} (${some(found.buildIdNames)})`);
  return notes;
}

/** Lists show processes by UUIDs too, which look like signatures. */
async function notesOnSignature({ connection, naming }: Context, uuid: string): Promise<string[]> {
  const known = naming.names(uuid);
  if (known.length > 0) return [`it is the signature of ${known.join(", ")}`];
  const { isProcess } = await jsonRow<{ isProcess: boolean }>(
    connection,
    "SELECT count(*) > 0 AS isProcess FROM process WHERE uuid = TRY_CAST($uuid AS UUID)",
    { uuid },
  );
  return isProcess ? [`it is the UUID of a process: ask "process ${uuid}"`] : [];
}

/** Processes report whole paths; a person may type one from the working directory, such as `./app`. */
async function notesOnPath({ connection }: Context, path: string): Promise<string[]> {
  if (/^[/*?]/.test(path)) return [];
  const end = path.replace(/^(?:\.{1,2}\/)+/, "/").replace(/^(?!\/)/, "/");
  const { paths } = await jsonRow<{ paths: number }>(
    connection,
    "SELECT count(DISTINCT path) AS paths FROM object WHERE ends_with(path, $end)",
    { end },
  );
  const notes = ["paths in reports begin with /"];
  return paths === 0 ? notes : [...notes, `files whose path ends in ${end}: ${paths}, ask "affected '*${end}'"`];
}

interface Others {
  readonly software: number;
  readonly softwareNames: readonly string[];
  readonly libraries: number;
  readonly paths: number;
  readonly buildIds: number;
  readonly buildIdNames: readonly string[];
}

const first = (column: string) => `coalesce(list(DISTINCT ${column} ORDER BY ${column})[1:${MAX_EXAMPLES}], [])`;

/** Counts what else a word may mean. */
const OTHERS = `
  WITH named AS (
    SELECT value AS software FROM names.software UNION SELECT software FROM names.catalogue
    UNION SELECT disk_package FROM finding WHERE disk_package IS NOT NULL
  )
  SELECT * FROM
    (SELECT count(*) AS software, ${first("software")} AS softwareNames FROM named WHERE contains(lower(software), $word)),
    (SELECT count(DISTINCT soname) AS libraries FROM object WHERE contains(lower(soname), $word)),
    (SELECT count(DISTINCT path) AS paths FROM object WHERE contains(lower(path), $word)),
    (SELECT count(DISTINCT build_id) AS buildIds, ${first("build_id")} AS buildIdNames FROM object
      WHERE strlen($exact) >= 4 AND starts_with(build_id, $word))`;

/** Notes on a selection, if it matches no file. */
export async function notesOnUnknown(context: Context, selection: Selection): Promise<string[]> {
  const { sql, values } = selects(selection);
  const { known } = await jsonRow<{ known: boolean }>(
    context.connection,
    `SELECT count(*) > 0 AS known FROM finding f JOIN object o ON o.id = f.object WHERE ${sql}`,
    values,
  );
  return known ? [] : notesOnSelection(context, selection);
}

/** Notes on a selection that no process of the answer used, after its matches were written. @param findings - their number. */
export async function notesOnUse(context: Context, selection: Selection, findings: number): Promise<string[]> {
  if (findings === 0) return notesOnSelection(context, selection);
  const notes = await notesOnUnusedMatches(context);
  return notes.length > 0 ? notes : [READINGS[selection.kind](selection.value)];
}

/** Notes on matches that no process of the answer used. */
async function notesOnUnusedMatches({ connection }: Context): Promise<string[]> {
  const [found] = await rows<{ first: bigint | null; last: bigint | null }>(
    connection,
    `SELECT epoch_ns(min(first_use)) AS first, epoch_ns(max(last_use)) AS last FROM daily_usage
    WHERE program IN (SELECT id FROM matched_finding) OR objects IN (SELECT list FROM matched_list)`,
  );
  if (found?.first == null || found.last === null) return [];
  return [
    `what matches was used at other times or by others: from ${secondsOf(found.first)} to ${secondsOf(found.last)}`,
  ];
}

/** Notes on a job without processes. @param job - what the reference selected. */
export async function notesOnJob({ connection }: Context, text: string, job: SelectedJob): Promise<string[]> {
  if (job.isKnown) return [`the job is known, but no process of it is what ${text} names`];
  const notes = [`no process reported the job ${text}; ids must match exactly`];
  if (UNKNOWN_TO_PROCESSES.test(text)) notes.push("such a job runs under another id: ask for its JobIDRaw of sacct");
  const similar = await jsonRows<{ name: string }>(
    connection,
    `SELECT DISTINCT coalesce(cluster || ':', '') || name AS name FROM job_identity
    WHERE starts_with(name, $text) OR starts_with(job, $text) ORDER BY name LIMIT ${MAX_EXAMPLES}`,
    { text },
  );
  return similar.length === 0 ? notes : [...notes, `jobs that begin so: ${similar.map(({ name }) => name).join(", ")}`];
}

const COLUMNS = { cluster: "cluster", user: "user_name", host: "host" } as const;

/** Notes on names that no process has, or that none has together. */
export async function notesOnNames({ connection }: Context, names: UsageNames): Promise<string[]> {
  const notes: string[] = [];
  const known: string[] = [];
  for (const [what, column] of Object.entries(COLUMNS) as [keyof UsageNames & string, string][]) {
    const name = names[what];
    if (name === undefined) continue;
    const nearby = await jsonRows<{ value: string }>(
      connection,
      `SELECT value FROM name WHERE id IN (SELECT ${column} FROM usage) ORDER BY value = $name DESC LIMIT ${MAX_COMPARED_NAMES}`,
      { name },
    );
    if (nearby[0]?.value === name) known.push(`the ${what} ${name}`);
    else {
      const nearest = didYouMean(
        name,
        nearby.map(({ value }) => value),
      );
      notes.push(`no process names the ${what} ${name}${nearest}`);
    }
  }
  if (notes.length > 0 || known.length === 0) return notes;
  return [`no process of this answer names ${known.join(" and ")}`];
}

/** Notes on a span in which no process started. */
export async function notesOnSpan({ connection, now }: Context, { since }: Span): Promise<string[]> {
  if (since !== undefined && since > now) return ["the span begins in the future"];
  const [ever] = await rows<{ first: bigint | null; last: bigint | null }>(
    connection,
    "SELECT epoch_ns(min(first_use)) AS first, epoch_ns(max(last_use)) AS last FROM daily_usage",
  );
  if (ever?.first == null || ever.last === null) return ["the store holds no process"];
  return [
    `no process started in this span: the store holds processes from ${secondsOf(ever.first)} to ${secondsOf(ever.last)}`,
  ];
}

/** What is not known of environments, so that no finding may mean nothing. */
export function notesOnEnvironments(
  { processes, environments }: Answer<"oddEnvironments">["collected"],
  rules: Answer<"oddEnvironments">["rules"],
): string[] {
  if (processes === 0) return [];
  const notes: string[] = [];
  if (environments === 0) {
    notes.push(
      "no process of this span reported its environment: of its variables only LD_LIBRARY_PATH and LD_PRELOAD are known",
    );
  } else if (environments < processes) {
    notes.push(`${processes - environments} of ${processes} ${plural(processes, "process")} reported no environment`);
  }
  const unseen = new Set(
    rules.filter(({ examined, reported }) => examined > 0 && reported === 0).map(({ variable }) => variable),
  );
  if (unseen.size > 0) {
    notes.push(`no process reported ${[...unseen].join(", ")}: nobody sets it, or the library is built not to send it`);
  }
  return notes;
}

/** Notes on a process that is not stored. @param uuid - as it was asked. */
export async function notesOnProcess({ connection, naming }: Context, uuid: string): Promise<string[]> {
  const { ended, stamped } = await jsonRow<Record<"ended" | "stamped", boolean>>(
    connection,
    `SELECT (SELECT count(*) > 0 FROM startless WHERE uuid = TRY_CAST($uuid AS UUID)) AS ended,
      (SELECT count(*) > 0 FROM object WHERE list_contains(signatures, $uuid)) AS stamped`,
    { uuid: uuid.toLowerCase() },
  );
  const notes = [`no start of a process ${uuid} is stored`];
  if (ended) notes.push("its end or a later part is, so its start was lost");
  if (stamped) notes.push(`it is the signature of ${naming.names(uuid).join(", ") || "files"}: ask "affected ${uuid}"`);
  return notes;
}

/** A time in seconds, as notes have it. */
export const secondsOf = (time: bigint): string => `${isoTime(time).slice(0, "2026-11-22T08:00:00".length)}Z`;
const some = (names: readonly string[]) => names.join(", ");
