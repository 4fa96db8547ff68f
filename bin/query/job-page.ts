import type { Answer } from "../../lib/client/index.js";
import { treeOf } from "../../lib/lists/process-tree.js";
import { table } from "../../lib/shared/table.js";
import { localTime } from "../../lib/shared/time.js";
import { printable } from "../../lib/text/escape.js";
import { counted, lines, shorten } from "./text.js";

type Process = Answer<"job">["processes"][number];
export type ObjectJson = Process["program"];

/** The processes of a job as a tree. */
export function jobPage({ job, processes, total, truncated, events, next }: Answer<"job">): string {
  const heading = `job ${printable(job)}: ${counted(total, "process")}`;
  const shown = processes.length < total ? `, ${processes.length} shown` : "";
  const reason = truncated ? " (the answer would be too large)" : "";
  const history = events.map(({ kind, happened }) => `job ${kind} at ${localTime(happened)}\n`).join("");
  const more = next === null ? "" : `\nmore: --cursor ${next}\n`;
  return `${heading}${shown}${reason}\n${history}\n${treeOf(processes).map(processBlock).join("\n")}${more}`;
}

export const processPage = (process: Process) => processBlock({ process, depth: 0 });

const indent = (text: string, spaces: number) => text.replace(/^(?=.)/gm, " ".repeat(spaces));

function processBlock({ process, depth }: { process: Process; depth: number }): string {
  const { started, claimed, pid, parentPid, modules, program, objects, end, execOf, counts } = process;
  const user = claimed.user ?? (claimed.uid === null ? "-" : `uid ${claimed.uid}`);
  const command = shorten(process.commandLine ?? process.arguments.join(" "), 200);
  const facts = [
    `${localTime(started)}  pid ${pid} (parent ${parentPid})  ${user} on ${claimed.host ?? "-"}  ${command}`,
  ];
  if (modules.length > 0) facts.push(`  modules: ${modules.join(" ")}`);
  if (execOf !== null) facts.push(`  replaced ${execOf} by exec`);
  if (end !== null) {
    const { userTime, systemTime, maxResident } = end.usage;
    const ended = end.ended === null ? "" : `ended ${localTime(end.ended)}; `;
    facts.push(`  ${ended}used: ${userTime} ms user, ${systemTime} ms system, ${maxResident} KiB at most`);
  }
  const omitted = counts.objects - objects.length;
  if (omitted > 0) facts.push(`  ${omitted} objects omitted: the answer would be too large`);
  const table = indent(objectTable([program, ...objects, ...(end?.objects ?? [])]), 4);
  return indent(`${lines(facts)}${table}`, 2 * depth);
}

function objectTable(objects: readonly ObjectJson[]): string {
  return table(
    ["OBJECT", "SIGNATURE", "VERDICT"],
    objects.map(({ path, signatures, software, verdict, reason, compared }) => [
      path,
      signatures.length === 0 ? "-" : [...signatures, ...software.map((name) => `(${name})`)].join(" "),
      `${verdict}${reason === null ? "" : ` (${reason})`}${compared === null ? "" : ` (otherwise ${compared})`}`,
    ]),
  );
}
