import type { Answer } from "../../lib/client/index.js";
import { cpuMsOf } from "../../lib/lists/cpu.js";
import { type Placed, placedProcesses } from "../../lib/lists/process-tree.js";
import { coreTime, counted, duration, kibibytes, time } from "../base/format.js";
import { address, changed, type Place } from "../base/router.js";
import { Headings } from "../parts/data-table.js";
import { Sheet } from "../parts/sheet.js";
import { Path, Reported } from "../parts/text.js";
import { isConspicuous, Verdict } from "../parts/verdict.js";

type JobAnswer = Answer<"job">;

const COLUMNS = [
  ["Program", "what"],
  ["Verdict"],
  ["Time", "wide-only"],
  ["Duration", "num"],
  ["CPU", "num wide-only"],
  ["Memory", "num wide-only"],
] as const;

interface Props {
  readonly answer: JobAnswer;
  readonly place: Place;
}

/** Processes below the processes that started them, each with a bar that shows its time within the job. */
export function ProcessTree({ answer, place }: Props) {
  const { processes } = answer;
  const started = processes.map((process) => Date.parse(process.started));
  const ended = processes.map(({ end }) => (end?.ended ? Date.parse(end.ended) : 0));
  const first = started.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const last = [...started, ...ended].reduce((most, value) => Math.max(most, value), first + 1);
  return (
    <Sheet
      title="Processes"
      note={`from ${time(new Date(first).toISOString())}, for ${duration(last - first)}`}
      isFlush
    >
      <Parts answer={answer} place={place} />
      <div class="scroll">
        <table class="tree">
          <caption class="unseen">Processes, each below the process that started it</caption>
          <Headings columns={COLUMNS} />
          <tbody>
            {placedProcesses(answer).map((placed) => (
              <Row key={placed.process.uuid} {...placed} place={place} first={first} last={last} />
            ))}
          </tbody>
        </table>
      </div>
    </Sheet>
  );
}

/** Links to other parts of a tree that does not fit on one page. */
function Parts({ answer: { ancestors, processes, total }, place }: Props) {
  const part = (root: string | undefined) => changed(place, { root, levels: undefined, cursor: undefined });
  if (processes.length === total) return null;
  return (
    <nav class="actions" aria-label="Parts of the tree">
      {place.query.has("root") && <a href={part(undefined)}>Whole job</a>}
      {ancestors.map(({ uuid, pid, path }) => (
        <a key={uuid} href={part(uuid)}>
          <Reported text={`${path.split("/").pop()}`} /> (pid {pid})
        </a>
      ))}
      {place.query.has("levels") ? (
        <a href={changed(place, { levels: undefined, cursor: undefined })}>All levels</a>
      ) : (
        <a href={changed(place, { levels: 2, cursor: undefined })}>Two levels</a>
      )}
    </nav>
  );
}

interface RowProps extends Placed {
  readonly place: Place;
  /** Start and end of the job, in milliseconds since the epoch. */
  readonly first: number;
  readonly last: number;
}

function Row({ process, follows, hidden, place, first, last }: RowProps) {
  const { program, end, started, objects } = process;
  const conspicuous = objects.filter(({ verdict }) => isConspicuous(verdict)).length;
  return (
    <tr>
      <td class="what">
        <Node process={process} follows={follows} hidden={hidden} place={place} />
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
      <td class="num wide-only">{end === null ? "–" : coreTime(cpuMsOf(end) / 1000)}</td>
      <td class="num wide-only">{end === null ? "–" : kibibytes(Number(end.usage.maxResident))}</td>
    </tr>
  );
}

function Node({ process, follows, hidden, place }: Omit<RowProps, "first" | "last">) {
  const { uuid, pid, program, arguments: list, commandLine, execOf, tree } = process;
  const rest = commandLine ?? list.slice(1).join(" ");
  const isDrawn = tree.level <= follows.length;
  return (
    <div class="node">
      {follows.map((more, level) => (
        // The line of a level goes on while another process follows on it; the last one turns to this process.
        <i
          key={level}
          class={`${more ? "line" : ""} ${level === follows.length - 1 ? "turn" : ""}`}
          aria-hidden="true"
        />
      ))}
      <div class="text">
        <div>
          {isDrawn && <span class="unseen">Level {tree.level + 1}: </span>}
          <a href={address("/process", { uuid })}>
            <Path path={program.path} />
          </a>
        </div>
        <div class="small faint cut">
          {hidden > 0 && (
            <>
              <a href={changed(place, { root: uuid, levels: undefined, cursor: undefined })}>
                {counted(hidden, "process")} more below
              </a>
              {" · "}
            </>
          )}
          {!isDrawn && `level ${tree.level + 1} · `}pid {pid}
          {execOf !== null && " · by exec"}
          {rest !== "" && (
            <>
              {" · "}
              <Reported text={rest} />
            </>
          )}
        </div>
      </div>
    </div>
  );
}

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
