import type { Answer } from "../../lib/client/index.js";
import { printable } from "../../lib/text/escape.js";
import { localTime, table } from "../shared/table.js";
import { listingTable } from "./listing.js";
import { FOUND, SOFTWARE } from "./listings.js";

/* What people see of the answers that are no lists. */

type Process = Answer<"job">["processes"][number];
type ObjectJson = Process["program"];

const orDash = (text: string | null) => text ?? "-";
const shorten = (text: string, length: number) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);
const lines = (texts: readonly string[]) => texts.map((text) => `${printable(text)}\n`).join("");
const indent = (text: string) => text.replace(/^(?=.)/gm, "    ");

/** Which time an answer covers, and what is missing in it; nothing where nothing is. */
export function coverageLine({ span, completeness }: Pick<Answer<"overview">, "span" | "completeness">): string {
  const { rejected, dropped, kernelDropped, unseenMinutes, unchecked, incomplete, withoutEnd, undigested, processes } =
    completeness;
  const sum = (counts: Readonly<Record<string, number>>) =>
    Object.values(counts).reduce((total, count) => total + count, 0);
  const missing = [
    [sum(rejected), "frames made no sense"],
    [sum(dropped), "frames were dropped"],
    [kernelDropped, "datagrams were dropped by the kernel"],
    [unseenMinutes, "minutes without a collector"],
    [incomplete, "processes are incomplete"],
    [unchecked, "programs were not checked on disk"],
    [withoutEnd, "processes have no end"],
    [undigested, "stored records are not in it yet"],
  ] as const;
  const told = missing.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  const until = span.until === null ? "now" : localTime(span.until);
  const from = span.since === null ? "" : `${localTime(span.since)} to ${until}, `;
  return `(${from}${processes} processes${told.length > 0 ? `; ${told.join(", ")}` : ""})\n`;
}

export function jobPage({ job, processes, total, truncated, events, next }: Answer<"job">): string {
  const heading = `job ${printable(job)}: ${total} process${total === 1 ? "" : "es"}`;
  const which = processes.length < total ? `, ${processes.length} of them` : "";
  const cut = truncated ? `${which} (cut: the answer would be too large)` : which;
  const said = events.map(({ kind, happened }) => `job ${kind} at ${localTime(happened)}\n`).join("");
  const more = next === null ? "" : `\nmore: --cursor ${next}\n`;
  return `${heading}${cut}\n${said}\n${tree(processes).map(processBlock).join("\n")}${more}`;
}

export const processPage = (process: Process) => processBlock({ process, depth: 0 });

interface Placed {
  readonly process: Process;
  readonly depth: number;
}

/**
 * Children below their parents: an image has the pid of the one that it replaced, so the parent is the last one before. Only
 * what stands before can be one: two that each claim to be the other's child must not both be left out.
 */
function tree(processes: readonly Process[]): Placed[] {
  const children = new Map<Process | undefined, Process[]>();
  for (const [index, process] of processes.entries()) {
    const parent = processes
      .slice(0, index)
      .findLast((other) => other.pid === process.parentPid && other.claimed.host === process.claimed.host);
    children.set(parent, [...(children.get(parent) ?? []), process]);
  }
  const placed: Placed[] = [];
  const place = (parent: Process | undefined, depth: number) => {
    for (const process of children.get(parent) ?? []) {
      placed.push({ process, depth });
      place(process, depth + 1);
    }
  };
  place(undefined, 0);
  return placed;
}

function processBlock({ process, depth }: Placed): string {
  const { started, claimed, pid, parentPid, modules, program, objects, end, execOf, counts } = process;
  const who = `${orDash(claimed.user ?? (claimed.uid === null ? null : `uid ${claimed.uid}`))} on ${orDash(claimed.host)}`;
  const command = process.commandLine ?? process.arguments.join(" ");
  const said = [`${localTime(started)}  pid ${pid} (parent ${parentPid})  ${who}  ${shorten(command, 200)}`];
  if (modules.length > 0) said.push(`  modules: ${modules.join(" ")}`);
  if (execOf !== null) said.push(`  took the place of ${execOf} by exec`);
  if (end !== null) {
    const { userTime, systemTime, maxResident } = end.usage;
    const until = end.ended === null ? "" : `ended ${localTime(end.ended)}; `;
    said.push(`  ${until}used: ${userTime} ms user, ${systemTime} ms system, ${maxResident} KiB at most`);
  }
  const left = counts.objects - objects.length;
  if (left > 0) said.push(`  ${left} objects are left out: the answer would be too large`);
  const block = `${lines(said)}${indent(objectTable([program, ...objects, ...(end?.objects ?? [])]))}`;
  return block.replace(/^(?=.)/gm, "  ".repeat(depth));
}

function objectTable(objects: readonly ObjectJson[]): string {
  return table(
    ["OBJECT", "SIGNATURE", "VERDICT"],
    objects.map(({ path, signatures, software, verdict, reason, compared }) => [
      path,
      signatures.length === 0 ? "-" : [...signatures, ...software.map((name) => `(${name})`)].join(" "),
      `${verdict}${reason === null ? "" : ` (${reason})`}${compared === null ? "" : ` (else ${compared})`}`,
    ]),
  );
}

export function affectedPage(found: Answer<"affected">): string {
  const { selection, software, processes, jobs, users, hosts, objects, objectCount, conflicts } = found;
  const heading = [
    `${selection.kind} ${selection.value}`,
    ...software.map((name) => `  ${name}`),
    `  ${processes} processes in ${jobs} jobs of ${users} users on ${hosts} hosts`,
  ];
  const more = objectCount > objects.length ? `and ${objectCount - objects.length} more\n` : "";
  const warnings = conflicts.map(
    ({ fileName, buildIds }) =>
      `conflict: ${fileName} has this signature on ${buildIds.length} builds: ${buildIds.join(", ")}`,
  );
  return `${lines(heading)}\n${listingTable(FOUND, objects)}${more}${lines(warnings)}`;
}

export function overviewPage(found: Answer<"overview">): string {
  const { processes, jobs, users, hosts, cpuSeconds, verdicts, software, topUsers, topHosts } = found;
  const shares = Object.entries(verdicts).map(([verdict, count]) => `${count} ${verdict}`);
  const numbers = ["PROCESSES", "JOBS"];
  return [
    `${processes} processes in ${jobs} jobs of ${users} users on ${hosts} hosts; ${Math.round(cpuSeconds)} CPU seconds\n`,
    `programs: ${shares.join(", ")}\n\n`,
    listingTable(SOFTWARE.slice(1), software),
    "\n",
    table(
      ["USER", ...numbers],
      topUsers.map((row) => [orDash(row.user), `${row.processes}`, `${row.jobs}`]),
    ),
    "\n",
    table(
      ["HOST", ...numbers],
      topHosts.map((row) => [orDash(row.host), `${row.processes}`, `${row.jobs}`]),
    ),
  ].join("");
}

export function differencePage({
  first,
  second,
  identical,
  onlyFirst,
  onlySecond,
  programs,
}: Answer<"jobDifference">): string {
  const only = (job: string, names: readonly string[]) => names.map((name) => `only job ${job} ran ${name}`);
  const blocks = programs.map((program) => {
    const { objects, environment, modules, arguments: given } = program;
    const said = [
      `${program.program}: ${program.runsFirst} times in job ${first}, ${program.runsSecond} times in job ${second}`,
    ];
    const sides = (what: string, mine: string | null, theirs: string | null) =>
      said.push(`  ${what}`, `    ${first}: ${mine ?? "(none)"}`, `    ${second}: ${theirs ?? "(none)"}`);
    const build = (object: ObjectJson | null) =>
      object && `${object.path} ${object.buildId ?? "without a build-id"} ${object.verdict}`;
    for (const { name, first: mine, second: theirs } of objects) sides(name, build(mine), build(theirs));
    for (const module of modules.onlyFirst) said.push(`  module ${module}: only in job ${first}`);
    for (const module of modules.onlySecond) said.push(`  module ${module}: only in job ${second}`);
    const values = (list: readonly string[]) =>
      list.length === 0 ? null : list.map((text) => shorten(text, 200)).join(" | ");
    for (const { name, first: mine, second: theirs } of environment) sides(name, values(mine), values(theirs));
    const commands = (list: readonly (readonly string[])[]) => values(list.map((command) => command.join(" ")));
    if (given.first.length + given.second.length > 0) sides("arguments", commands(given.first), commands(given.second));
    return lines(said);
  });
  const verdict = identical ? ["no difference in the programs that both ran"] : [];
  return `${lines([...verdict, ...only(first, onlyFirst), ...only(second, onlySecond)])}${blocks.join("\n")}`;
}
