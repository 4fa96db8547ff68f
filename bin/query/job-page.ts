import type { Answer } from "../../lib/client/index.js";
import { cpuMsOf, cpuOfProcesses } from "../../lib/lists/cpu.js";
import { placedProcesses } from "../../lib/lists/process-tree.js";
import { shortBytes } from "../../lib/shared/bytes.js";
import { shortDuration } from "../../lib/shared/duration.js";
import { table } from "../../lib/shared/table.js";
import { localTime } from "../../lib/shared/time.js";
import { printable } from "../../lib/text/escape.js";
import { foldRanks } from "./job-fold.js";
import { type TableView, tableView, verdictMeaning } from "./table-view.js";
import { counted, cpuSentence, lines, shorten } from "./text.js";

type Process = NonNullable<Answer<"process">["process"]>;
export type ObjectJson = Process["program"];

const OBJECT_INDENT = 4;

/** The processes of a job as a tree. */
export function jobPage(answer: Answer<"job">, view: TableView = tableView(true), isWide = false): string {
  const { job, cluster, tasks, ancestors, processes, total, truncated, events, next } = answer;
  const where = `${cluster === null ? "" : ` on ${printable(cluster)}`}${tasks === null ? "" : `, ${counted(tasks, "task")}`}`;
  const heading = `job ${printable(job)}${where}: ${counted(total, "process")}`;
  const shown = processes.length < total ? `, ${processes.length} shown` : "";
  const { cpuMs, ended } = cpuOfProcesses(processes);
  const cpu =
    processes.length === 0 ? "" : `${cpuSentence(cpuMs === null ? null : cpuMs / 1000, ended, processes.length)}\n`;
  const reason = truncated ? " (the answer would be too large)" : "";
  const history = events.map(({ kind, happened }) => `job ${kind} at ${localTime(happened)}\n`).join("");
  const above = ancestors.map(({ uuid, pid, path, tree }) =>
    indent(`above: pid ${pid}  ${printable(path)}  ${uuid}\n`, 2 * tree.level),
  );
  const placed = placedProcesses(answer);
  // Modules by level: those of a process are shown where they differ from those of the process above it.
  const loaded: string[] = [];
  const blocks = (isWide ? placed.map((one) => ({ ...one, ranks: [one.process] })) : foldRanks(placed)).map(
    ({ process, hidden, ranks }) => {
      const { level } = process.tree;
      const modules = process.modules.join(" ");
      const isRepeated = !isWide && level > 0 && modules !== "" && loaded[level - 1] === modules;
      loaded.length = level;
      loaded[level] = modules;
      const omitted = hidden === 0 ? "" : `  ${counted(hidden, "process")} more below: --root ${process.uuid}\n`;
      return indent(
        `${processPage(process, { view: narrowed(view, 2 * level), isRepeated, ranks })}${omitted}`,
        2 * level,
      );
    },
  );
  const more = next === null ? "" : `\nmore: --cursor ${next}\n`;
  return `${heading}${shown}${reason}\n${cpu}${history}\n${above.join("")}${blocks.join("\n")}${more}`;
}

/** A deep tree leaves no room for tables: there they are as wide as they need. */
const MIN_TABLE_WIDTH = 40;

function narrowed(view: TableView, indentation: number): TableView {
  const width = view.width === undefined ? undefined : view.width - indentation;
  return { ...view, width: width === undefined || width < MIN_TABLE_WIDTH ? undefined : width };
}

const indent = (text: string, spaces: number) => text.replace(/^(?=.)/gm, " ".repeat(spaces));

interface ProcessView {
  readonly view?: TableView;
  /** Leave out its modules. */
  readonly isRepeated?: boolean;
  /** The processes that it stands for. */
  readonly ranks?: readonly Process[];
}

export function processPage(
  process: Process,
  { view, isRepeated = false, ranks = [process] }: ProcessView = {},
): string {
  const { started, claimed, attested, placement, pid, parentPid, modules, program, objects, end, execOf, counts } =
    process;
  const user = claimed.user ?? (claimed.uid === null ? "-" : `uid ${claimed.uid}`);
  const command = shorten(process.commandLine ?? process.arguments.join(" "), 200);
  const facts = [
    `${localTime(started)}  pid ${pid} (parent ${parentPid})  ${user} on ${claimed.host ?? "-"}  ${command}`,
  ];
  if (ranks.length > 1) facts.push(`  ${rankSentence(ranks)}`);
  if (placement.arrayTask !== null) facts.push(`  task ${placement.arrayTask}`);
  if (modules.length > 0 && !isRepeated) facts.push(`  modules: ${modules.join(" ")}`);
  // A collector of an earlier release tells nothing about it.
  if (attested) facts.push(`  ${attestedFact(attested, claimed.uid)}`);
  if (execOf !== null) facts.push(`  replaced ${execOf} by exec`);
  if (end === null) facts.push("  no end: CPU time not known");
  else {
    facts.push(`  ${usageSentence(ranks)}`);
    if (end.attested && ranks.length === 1) facts.push(`  ${endFact(end.attested)}`);
  }
  const omitted = counts.objects - objects.length;
  if (omitted > 0) facts.push(`  ${omitted} objects omitted: the answer would be too large`);
  const table = indent(objectTable([program, ...objects, ...(end?.objects ?? [])], view), OBJECT_INDENT);
  return `${lines(facts)}${table}`;
}

/** What the kernel told, and whether the process claims another user. */
function attestedFact(
  { agent, observedBy, uid, cgroup }: NonNullable<Process["attested"]>,
  claimed: number | null,
): string {
  const differs = uid !== null && claimed !== null && uid !== claimed ? `, not ${claimed} as it claims` : "";
  const facts = [uid === null ? [] : [`uid ${uid}${differs}`], cgroup === null ? [] : [`cgroup ${cgroup}`]].flat();
  return `attested by the agent of ${agent} (seen by ${observedBy})${facts.length === 0 ? "" : `: ${facts.join(", ")}`}`;
}

function endFact({ by, status, signal, coreDumped }: NonNullable<NonNullable<Process["end"]>["attested"]>): string {
  if (signal !== null) return `killed by signal ${signal}${coreDumped ? ", core dumped" : ""}`;
  if (status !== null) return `exit status ${status}`;
  if (by === "exec") return "goes on as another program (exec)";
  return by === "lost" ? "nobody saw its end" : "exit state unknown";
}

function rankSentence(ranks: readonly Process[]): string {
  const hosts = new Set(ranks.map(({ claimed }) => claimed.host));
  const name = ranks[0]?.program.path?.split("/").at(-1) ?? "-";
  return `${name} × ${ranks.length} on ${counted(hosts.size, "host")}, of which this is the first: --wide shows all`;
}

/** What a process used, or all of several together. */
function usageSentence(ranks: readonly Process[]): string {
  const ends = ranks.flatMap(({ end }) => (end === null ? [] : [end]));
  const [only] = ends;
  if (only === undefined) return "";
  if (ends.length === 1) {
    const { userTime, systemTime, maxResident } = only.usage;
    const ended = only.ended === null ? "" : `ended ${localTime(only.ended)}; `;
    return `${ended}used: ${userTime} ms user, ${systemTime} ms system, ${maxResident} KiB at most`;
  }
  const cpuMs = ends.reduce((sum, end) => sum + cpuMsOf(end), 0);
  const resident = Math.max(...ends.map(({ usage }) => Number(usage.maxResident)));
  return `used: ${shortDuration(cpuMs / 1000)} of CPU time together, ${shortBytes(resident * 1024)} at most each`;
}

function objectTable(objects: readonly ObjectJson[], { width, paint }: TableView = tableView(true)): string {
  return table(
    ["OBJECT", "SIGNATURE", "VERDICT"],
    objects.map(({ path, signatures, software, verdict, reason, compared }) => [
      path,
      signatures.length === 0 ? "-" : [...signatures, ...software.map((name) => `(${name})`)].join(" "),
      `${verdict}${reason === null ? "" : ` (${reason})`}${compared === null ? "" : ` (otherwise ${compared})`}`,
    ]),
    {
      ...(width !== undefined && { fit: width - OBJECT_INDENT }),
      ...(paint !== undefined && {
        paint: (cell: string, row: number, column: number) => {
          const meaning =
            row === -1 ? "heading" : column === 2 ? verdictMeaning(objects[row]?.verdict ?? "") : undefined;
          return meaning === undefined ? cell : paint(cell, meaning);
        },
      }),
    },
  );
}
