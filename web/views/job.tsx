import type { ComponentChildren } from "preact";
import type { Answer } from "../../lib/client/index.js";
import { localClock, localDay } from "../../lib/shared/time.js";
import { useAnswer } from "../base/answers.js";
import { count, duration, kibibytes, time } from "../base/format.js";
import { address, navigate } from "../base/router.js";
import { Completeness } from "../parts/completeness.js";
import { Form } from "../parts/form.js";
import { Names } from "../parts/names.js";
import { ObjectTable } from "../parts/object-table.js";
import { Pager } from "../parts/pager.js";
import { given } from "../parts/span-form.js";
import { Answered, Notice } from "../parts/states.js";
import { Path, Reported } from "../parts/text.js";
import { isDoubtful, Verdict } from "../parts/verdict.js";
import { titleOf, View } from "../parts/view.js";
import { treeOf, twig } from "./process-tree.js";

type JobAnswer = Answer<"job">;
type Process = JobAnswer["processes"][number];

/** What a job was: its processes as a tree over time, what they loaded, what they used. */
export function Job({ query }: { query: URLSearchParams }) {
  const id = query.get("id") ?? "";
  const job = useAnswer("job", id === "" ? undefined : { id, limit: 200, ...given(query, "cursor") });
  return (
    <View title={id === "" ? "Job" : `Job ${titleOf(id)}`} aside={<CompareForm id={id} />}>
      {id === "" ? (
        <Notice title="No job is named">
          <p>
            <a href="/jobs">All jobs</a>
          </p>
        </Notice>
      ) : (
        <Answered asked={job}>
          {(answer) =>
            answer.processes.length === 0 && answer.events.length === 0 ? (
              <Notice title="Nothing is known of this job">
                <p>
                  No process reported job <Reported text={id} />. Names of jobs are compared letter by letter.{" "}
                  <a href="/jobs">All jobs</a>
                </p>
              </Notice>
            ) : (
              <Known answer={answer} query={query} />
            )
          }
        </Answered>
      )}
    </View>
  );
}

/** "It worked last week." */
function CompareForm({ id }: { id: string }) {
  return (
    <Form
      class="actions"
      onSubmit={({ first }) => {
        if (first !== "") navigate(address("/compare", { first, second: id }));
      }}
    >
      <label class="actions">
        <span>Compare with job</span>
        <input name="first" required size={12} maxLength={1024} autocomplete="off" spellcheck={false} />
      </label>
      <button type="submit">Compare</button>
    </Form>
  );
}

const distinct = (values: readonly (string | null)[]) => [...new Set(values.filter((value) => value !== null))];

function Known({ answer, query }: { answer: JobAnswer; query: URLSearchParams }) {
  const { processes, total, truncated, events, next } = answer;
  const users = distinct(processes.map(({ claimed }) => claimed.user));
  const hosts = distinct(processes.map(({ claimed }) => claimed.host));
  const modules = distinct(processes.flatMap((process) => process.modules));
  const cpu = processes.reduce((sum, { end }) => sum + (end === null ? 0 : cpuOf(end)), 0);
  const isPart = processes.length < total;
  return (
    <>
      <dl class="figures">
        <Figure name="Processes" note={isPart ? `${count(processes.length)} on this page` : ""}>
          {count(total)}
        </Figure>
        <Figure name="CPU time" note={isPart ? "on this page" : ""}>
          {duration(cpu)}
        </Figure>
        <Figure
          name={users.length === 1 ? "User" : "Users"}
          note={users[0] !== undefined && <a href={address("/jobs", { user: users[0] })}>other jobs</a>}
        >
          <Names names={users} count={users.length} />
        </Figure>
        <Figure name={hosts.length === 1 ? "Host" : "Hosts"} note="">
          <Names names={hosts} count={hosts.length} />
        </Figure>
        {events.map(({ kind, happened }) => (
          <Figure key={kind + happened} name={kind === "start" ? "Job started" : "Job ended"} note={localDay(happened)}>
            {localClock(happened)}
          </Figure>
        ))}
      </dl>
      {truncated && <p class="tone-warn">Parts of this answer were left out, because it would have been too large.</p>}
      <ProcessTree processes={processes} />
      <Pager path="/job" query={query} next={next} />
      {modules.length > 0 && (
        <section class="sheet" aria-labelledby="modules">
          <header>
            <h2 id="modules">Modules</h2>
            <span>loaded by any process</span>
          </header>
          <ul class="chips body">
            {modules.map((module) => (
              <li key={module}>
                <Reported text={module} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <section class="sheet" aria-labelledby="objects">
        <header>
          <h2 id="objects">Objects</h2>
          <span>programs and shared objects of {isPart ? "these" : "all"} processes, what is odd first</span>
        </header>
        <ObjectTable caption="Programs and shared objects" objects={objectsOf(processes)} />
      </section>
      <Completeness of={answer} />
    </>
  );
}

function Figure({ name, note, children }: { name: string; note: ComponentChildren; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {children}
        <small>{note}</small>
      </dd>
    </div>
  );
}

const cpuOf = ({ usage }: NonNullable<Process["end"]>) => Number(usage.userTime) + Number(usage.systemTime);

/** Every object once, with the number of processes that had it. */
function objectsOf(processes: readonly Process[]) {
  const found = new Map<string, Process["program"] & { processes: number }>();
  for (const { program, objects, end } of processes) {
    for (const object of [program, ...objects, ...(end?.objects ?? [])]) {
      const key = JSON.stringify([object.path, object.verdict, object.signatures, object.buildId]);
      const known = found.get(key);
      if (known === undefined) found.set(key, { ...object, processes: 1 });
      else known.processes++;
    }
  }
  return [...found.values()];
}

/** Processes below those that started them, each with its time on the job's own scale. */
function ProcessTree({ processes }: { processes: readonly Process[] }) {
  if (processes.length === 0) return null;
  const started = processes.map((process) => Date.parse(process.started));
  const ended = processes.map(({ end }) => (end?.ended ? Date.parse(end.ended) : 0));
  const first = started.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const last = [...started, ...ended].reduce((most, value) => Math.max(most, value), first + 1);
  return (
    <section class="sheet" aria-labelledby="tree">
      <header>
        <h2 id="tree">Processes</h2>
        <span>
          {time(processes[0]?.started)} and {duration(last - first)} from there
        </span>
      </header>
      <div class="scroll">
        <table class="tree">
          <caption class="unseen">Processes, each below the one that started it</caption>
          <thead>
            <tr>
              <th scope="col" class="what">
                Program
              </th>
              <th scope="col">Verdict</th>
              <th scope="col" class="wide-only">
                Time
              </th>
              <th scope="col" class="num">
                Took
              </th>
              <th scope="col" class="num wide-only">
                CPU
              </th>
              <th scope="col" class="num wide-only">
                Memory
              </th>
            </tr>
          </thead>
          <tbody>
            {treeOf(processes).map(({ process, follows, depth }) => (
              <Branch key={process.uuid} {...{ process, follows, depth, first, last }} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

interface BranchProps {
  readonly process: Process;
  readonly follows: readonly boolean[];
  readonly depth: number;
  readonly first: number;
  readonly last: number;
}

function Branch({ process, follows, depth, first, last }: BranchProps) {
  const { uuid, pid, program, arguments: list, commandLine, end, started, objects, execOf } = process;
  const from = Date.parse(started);
  const until = end?.ended ? Date.parse(end.ended) : undefined;
  const percent = (value: number) => `${(100 * (value - first)) / (last - first)}%`;
  const doubtful = objects.filter(({ verdict }) => isDoubtful(verdict)).length;
  const rest = commandLine ?? list.slice(1).join(" ");
  return (
    <tr>
      <td class="what">
        <div class="branch">
          {depth > 0 && (
            <span class="twig" aria-hidden="true">
              {twig(follows)}
            </span>
          )}
          {depth <= follows.length && <span class="unseen">Level {depth + 1}: </span>}
          <a href={address("/process", { uuid })}>
            <Path path={program.path} />
          </a>
        </div>
        <div class="branch small faint">
          {depth > 0 && (
            <span class="twig" aria-hidden="true">
              {twig(follows).replace(/[├└]─ $/, (end) => (end.startsWith("├") ? "│  " : "   "))}
            </span>
          )}
          <span class="cut">
            {depth > follows.length && `level ${depth + 1} · `}pid {pid}
            {execOf !== null && " · by exec"}
            {rest !== "" && (
              <>
                {" · "}
                <Reported text={rest} />
              </>
            )}
          </span>
        </div>
      </td>
      <td>
        <Verdict verdict={program.verdict} reason={program.reason} />
        {doubtful > 0 && (
          <div class="small tone-warn">
            △ {doubtful} {doubtful === 1 ? "object" : "objects"}
          </div>
        )}
      </td>
      <td class="wide-only">
        <div class="span">
          <i
            class={until === undefined ? "open-ended" : undefined}
            style={{
              left: `min(${percent(from)}, 100% - 2px)`,
              width: until === undefined ? "0.75rem" : `calc(${percent(until + first - from)})`,
            }}
          />
        </div>
      </td>
      <td class="num">{until === undefined ? <span class="faint">no end</span> : duration(until - from)}</td>
      <td class="num wide-only">{end === null ? "–" : duration(cpuOf(end))}</td>
      <td class="num wide-only">{end === null ? "–" : kibibytes(Number(end.usage.maxResident))}</td>
    </tr>
  );
}
