import type { Answer } from "../../lib/client/index.js";
import { type Placed, treeOf } from "../../lib/lists/process-tree.js";
import { counted, duration, kibibytes, time } from "../base/format.js";
import { address } from "../base/router.js";
import { Headings } from "../parts/data-table.js";
import { Sheet } from "../parts/sheet.js";
import { Path, Reported } from "../parts/text.js";
import { isConspicuous, Verdict } from "../parts/verdict.js";

type Process = Answer<"job">["processes"][number];

const COLUMNS = [
  ["Program", "what"],
  ["Verdict"],
  ["Time", "wide-only"],
  ["Duration", "num"],
  ["CPU", "num wide-only"],
  ["Memory", "num wide-only"],
] as const;

export const cpuMs = ({ usage }: NonNullable<Process["end"]>): number =>
  Number(usage.userTime) + Number(usage.systemTime);

/** Processes below the processes that started them, each with a bar that shows its time within the job. */
export function ProcessTree({ processes }: { processes: readonly Process[] }) {
  const started = processes.map((process) => Date.parse(process.started));
  const ended = processes.map(({ end }) => (end?.ended ? Date.parse(end.ended) : 0));
  const first = started.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const last = [...started, ...ended].reduce((most, value) => Math.max(most, value), first + 1);
  return (
    <Sheet title="Processes" note={`from ${time(processes[0]?.started)}, for ${duration(last - first)}`} isFlush>
      <div class="scroll">
        <table class="tree">
          <caption class="unseen">Processes, each below the process that started it</caption>
          <Headings columns={COLUMNS} />
          <tbody>
            {treeOf(processes).map((placed) => (
              <Row key={placed.process.uuid} {...placed} first={first} last={last} />
            ))}
          </tbody>
        </table>
      </div>
    </Sheet>
  );
}

interface RowProps extends Placed<Process> {
  /** Start and end of the job, in milliseconds since the epoch. */
  readonly first: number;
  readonly last: number;
}

function Row({ process, follows, depth, first, last }: RowProps) {
  const { program, end, started, objects } = process;
  const conspicuous = objects.filter(({ verdict }) => isConspicuous(verdict)).length;
  return (
    <tr>
      <td class="what">
        <Node process={process} follows={follows} depth={depth} />
      </td>
      <td>
        <Verdict verdict={program.verdict} reason={program.reason} />
        {conspicuous > 0 && <div class="small tone-warn">△ {counted(conspicuous, "object")}</div>}
      </td>
      <td class="wide-only">
        <Bar process={process} first={first} last={last} />
      </td>
      <td class="num">
        {end?.ended ? duration(Date.parse(end.ended) - Date.parse(started)) : <span class="faint">no end</span>}
      </td>
      <td class="num wide-only">{end === null ? "–" : duration(cpuMs(end))}</td>
      <td class="num wide-only">{end === null ? "–" : kibibytes(Number(end.usage.maxResident))}</td>
    </tr>
  );
}

function Node({ process, follows, depth }: Placed<Process>) {
  const { uuid, pid, program, arguments: list, commandLine, execOf } = process;
  const rest = commandLine ?? list.slice(1).join(" ");
  const isDrawn = depth <= follows.length;
  return (
    <>
      <div class="branch">
        <Lines text={linesBefore(follows)} />
        {isDrawn && <span class="unseen">Level {depth + 1}: </span>}
        <a href={address("/process", { uuid })}>
          <Path path={program.path} />
        </a>
      </div>
      <div class="branch small faint">
        <Lines text={linesBelow(follows)} />
        <span class="cut">
          {!isDrawn && `level ${depth + 1} · `}pid {pid}
          {execOf !== null && " · by exec"}
          {rest !== "" && (
            <>
              {" · "}
              <Reported text={rest} />
            </>
          )}
        </span>
      </div>
    </>
  );
}

/** The lines of the tree before a name: `│  └─ `. */
const linesBefore = (follows: readonly boolean[]): string =>
  follows.map((more, level) => (level === follows.length - 1 ? (more ? "├─ " : "└─ ") : more ? "│  " : "   ")).join("");

/** The lines before further text below a name. */
const linesBelow = (follows: readonly boolean[]): string => follows.map((more) => (more ? "│  " : "   ")).join("");

const Lines = ({ text }: { text: string }) =>
  text !== "" && (
    <span class="twig" aria-hidden="true">
      {text}
    </span>
  );

function Bar({ process: { started, end }, first, last }: Pick<RowProps, "process" | "first" | "last">) {
  const from = Date.parse(started);
  const percent = (value: number) => `${(100 * (value - first)) / (last - first)}%`;
  const left = `min(${percent(from)}, 100% - 2px)`;
  return (
    <div class="span">
      {end?.ended ? (
        <i style={{ left, width: percent(Date.parse(end.ended) + first - from) }} />
      ) : (
        <i class="open-ended" style={{ left, width: "0.75rem" }} />
      )}
    </div>
  );
}
