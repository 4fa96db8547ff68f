import type { Answer } from "../../lib/client/index.js";
import { cpuOfProcesses } from "../../lib/lists/cpu.js";
import { useAnswer } from "../base/answers.js";
import { clock, coreTime, count, day, knownFor } from "../base/format.js";
import { address, given, navigate, type Place, type ViewProps } from "../base/router.js";
import { HostLink, UserLink } from "../parts/cell.js";
import { Completeness, Notes } from "../parts/completeness.js";
import { Figure, Figures } from "../parts/figures.js";
import { Field, Form } from "../parts/form.js";
import { ObjectTable } from "../parts/object-table.js";
import { Pager } from "../parts/pager.js";
import { Sheet } from "../parts/sheet.js";
import { Answered, Notice } from "../parts/states.js";
import { Chips, Names } from "../parts/text.js";
import { titleOf, View } from "../parts/view.js";
import { ProcessTree } from "./process-tree.js";

type JobAnswer = Answer<"job">;
type Process = JobAnswer["processes"][number];

const PAGE_PROCESSES = 200;

/** One job: its processes as a tree over time, the objects that they loaded and the resources that they used. */
export function Job({ place }: ViewProps) {
  const id = place.query.get("id") ?? "";
  const levels = Number(place.query.get("levels"));
  const part = { ...given(place.query, "cursor", "root"), ...(levels > 0 && { levels }) };
  const input = { id, limit: PAGE_PROCESSES, ...part };
  const asked = useAnswer("job", id === "" ? undefined : input);
  return (
    <View
      title={id === "" ? "Job" : `Job ${titleOf(id)}`}
      copied={id === "" ? undefined : { text: id, what: "job id" }}
      aside={<CompareForm id={id} />}
    >
      {id === "" && (
        <Notice title="The address names no job">
          <p>
            <a href={address("/jobs")}>All jobs</a>
          </p>
        </Notice>
      )}
      <Answered asked={asked}>
        {(answer) =>
          answer.processes.length === 0 && answer.events.length === 0 ? (
            <Notice title="Nothing is known about this job">
              <Notes of={answer} />
              <p>
                <a href={address("/jobs")}>All jobs</a>
              </p>
            </Notice>
          ) : (
            <KnownJob answer={answer} place={place} />
          )
        }
      </Answered>
    </View>
  );
}

const CompareForm = ({ id }: { id: string }) => (
  <Form
    class="actions"
    onSubmit={({ first }) => {
      if (first !== "") navigate(address("/compare", { first, second: id }));
    }}
  >
    <Field name="first" label="Compare with job" required />
    <button type="submit">Compare</button>
  </Form>
);

function KnownJob({ answer, place }: { answer: JobAnswer; place: Place }) {
  const { processes, total, truncated, next } = answer;
  const modules = distinct(processes.flatMap((process) => process.modules));
  return (
    <>
      <JobFigures answer={answer} />
      {truncated && <p class="tone-warn">The answer is incomplete because it would be too large.</p>}
      {processes.length > 0 && <ProcessTree answer={answer} place={place} />}
      <Pager place={place} next={next} rowCount={null} />
      {modules.length > 0 && (
        <Sheet title="Modules" note="loaded by any process">
          <Chips texts={modules} />
        </Sheet>
      )}
      <Sheet
        title="Objects"
        note={`programs and shared objects of ${processes.length < total ? "these" : "all"} processes, conspicuous ones first`}
        isFlush
      >
        <ObjectTable caption="Programs and shared objects" objects={objectsOf(processes)} />
      </Sheet>
      <Completeness of={answer} />
    </>
  );
}

function JobFigures({ answer: { processes, total, events } }: { answer: JobAnswer }) {
  const users = distinct(processes.map(({ claimed }) => claimed.user));
  const hosts = distinct(processes.map(({ claimed }) => claimed.host));
  const isPart = processes.length < total;
  const { cpuMs, ended } = cpuOfProcesses(processes);
  return (
    <Figures>
      <Figure name="Processes" note={isPart ? `${count(processes.length)} on this page` : ""}>
        {count(total)}
      </Figure>
      <Figure
        name="CPU time"
        note={[knownFor(ended, processes.length), isPart && "on this page"].filter(Boolean).join(" ")}
      >
        {coreTime(cpuMs === null ? null : cpuMs / 1000)}
      </Figure>
      <Figure name={users.length === 1 ? "User" : "Users"}>
        <Names names={users} count={users.length} link={UserLink} />
      </Figure>
      <Figure name={hosts.length === 1 ? "Host" : "Hosts"} note="">
        <Names names={hosts} count={hosts.length} link={HostLink} />
      </Figure>
      {events.map(({ kind, happened }) => (
        <Figure key={kind + happened} name={kind === "start" ? "Job started" : "Job ended"} note={day(happened)}>
          {clock(happened)}
        </Figure>
      ))}
    </Figures>
  );
}

const distinct = (values: readonly (string | null)[]) => [...new Set(values.filter((value) => value !== null))];

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
