import type { SqlFragment } from "../database/rows.js";
import { selectJob } from "./job-selection.js";
import { writeSelected } from "./matches.js";
import { notesOnJob, notesOnNames, notesOnProcess, notesOnUse } from "./notes.js";
import { DEFAULT_PAGE_ROWS, type PageInput, parseCursor, type WhyEmpty } from "./pagination.js";
import { filterProcesses, spanOfState } from "./process-filters.js";
import { readRecords } from "./process-records.js";
import { readSummaries } from "./process-summaries.js";
import type { Context, Question } from "./question.js";
import { selectionOf } from "./selection.js";
import { parseSpan, type Span, startedIn } from "./span.js";

/** A page of processes, the last received first. Sequences give the order, because the start is only a claim. */
async function newest(
  context: Context,
  { sql, values }: SqlFragment,
  { limit = DEFAULT_PAGE_ROWS, cursor }: PageInput,
  span: Span,
  whyEmpty: WhyEmpty,
) {
  const before = parseCursor(cursor);
  const started = startedIn(span);
  const conditions = [sql, started.sql, ...(before === undefined ? [] : ["p.sequence < $before::BIGINT"])];
  const { processes, lastSequence, truncated } = await readSummaries(context, {
    where: `WHERE ${conditions.join(" AND ")}`,
    order: "p.sequence DESC",
    values: { ...values, ...started.values, limit, before: before ?? 0n },
  });
  const isLast = (processes.length < limit && !truncated) || lastSequence === undefined;
  const notes = processes.length === 0 && cursor === undefined ? await whyEmpty() : [];
  return { covers: span, notes, processes, truncated, next: isLast ? null : `${lastSequence}` };
}

export const processes: Question<"processes"> = async (context, input) => {
  const span = spanOfState(parseSpan(input), input, context.now);
  const names = Object.entries({ cluster: input.cluster, user_name: input.user, host: input.host });
  const given = names.filter((entry): entry is [string, string] => entry[1] !== undefined);
  // The values of a job have the same names.
  const named = given.map(([column]) => `p.${column} = $of_${column}`);
  const job = input.job === undefined ? undefined : await selectJob(context, input.job);
  const filters = await filterProcesses(context, input, span);
  if (job !== undefined) filters.push(job.condition);
  const sql = [...named, ...filters.map((filter) => filter.sql)].join(" AND ") || "true";
  const values = {
    ...Object.assign({}, ...filters.map((filter) => filter.values)),
    ...Object.fromEntries(given.map(([column, name]) => [`of_${column}`, name])),
  };
  return newest(context, { sql, values }, input, span, async () => [
    ...(job === undefined ? [] : await notesOnJob(context, input.job ?? "", job)),
    ...(await notesOnNames(context, input)),
  ]);
};

export const affectedProcesses: Question<"affectedProcesses"> = async (context, input) => {
  const span = parseSpan(input);
  const selection = selectionOf(input);
  const { findings, condition } = await writeSelected(context, selection);
  return newest(context, { sql: condition, values: {} }, input, span, () => notesOnUse(context, selection, findings));
};

/** Covers the time since the day on which the process started. */
export const process: Question<"process"> = async (context, { uuid }) => {
  const { processes: found, truncated } = await readRecords(context, {
    where: "WHERE p.uuid = TRY_CAST($uuid AS UUID)",
    order: "p.sequence",
    values: { uuid, limit: 1 },
  });
  const [one = null] = found;
  const notes = one === null ? await notesOnProcess(context, uuid) : [];
  return { covers: parseSpan({ since: one?.started.slice(0, 10) }), notes, process: one, truncated };
};
