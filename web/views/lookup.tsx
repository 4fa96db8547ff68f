import { useEffect } from "preact/hooks";
import type { Answer } from "../../lib/client/index.js";
import { AFFECTED_BUILDS } from "../../lib/lists/affected.js";
import { printable } from "../../lib/text/escape.js";
import { announce } from "../base/announce.js";
import { useAnswer } from "../base/answers.js";
import { count, counted, time } from "../base/format.js";
import { address, navigate, type Place, type ViewProps } from "../base/router.js";
import { AllTime, Completeness, Notes } from "../parts/completeness.js";
import { Copyable } from "../parts/copy.js";
import { DataTable } from "../parts/data-table.js";
import { Figure, Figures } from "../parts/figures.js";
import { Form, LookupField } from "../parts/form.js";
import { tableColumns } from "../parts/list.js";
import { Sheet } from "../parts/sheet.js";
import { Answered, Notice } from "../parts/states.js";
import { Tabs } from "../parts/tabs.js";
import { Reported } from "../parts/text.js";
import { View } from "../parts/view.js";
import {
  AffectedBuilds,
  AffectedHosts,
  AffectedJobs,
  AffectedProcesses,
  AffectedUsers,
  BUILD_CELLS,
  questionOf,
} from "./affected.js";
import { SoftwareChart } from "./software-chart.js";

type Affected = Answer<"affected">;

const TABS = {
  jobs: { label: "Jobs", content: AffectedJobs },
  users: { label: "Users", content: AffectedUsers },
  hosts: { label: "Hosts", content: AffectedHosts },
  processes: { label: "Processes", content: AffectedProcesses },
  builds: { label: "Files", content: AffectedBuilds },
};
const KINDS: Readonly<Record<string, string>> = { buildId: "build-id", soname: "library" };
const NAMES_SHOWN = 5;

/** Finds the jobs, users, hosts and processes that used a build, a file or a library. */
export function Lookup({ place }: ViewProps) {
  const question = questionOf(place);
  const isAsked = (place.query.get("q") ?? "") !== "";
  const asked = useAnswer("affected", isAsked ? question : undefined);
  const { answer } = asked;
  useEffect(() => {
    if (answer !== undefined) announce(`${counted(answer.jobs, "job")} of ${counted(answer.users, "user")} used it.`);
  }, [answer]);
  return (
    <View title="Lookup">
      <LookupForm query={place.query} />
      {isAsked ? <Answered asked={asked}>{(found) => <Found answer={found} place={place} />}</Answered> : <Examples />}
    </View>
  );
}

const LookupForm = ({ query }: { query: URLSearchParams }) => (
  <search>
    <Form
      class="big-box"
      shows={query.get("q") ?? ""}
      onSubmit={({ q }) => {
        if (q !== "") navigate(address("/lookup", { q }));
      }}
    >
      <LookupField
        label="UUID, build-id, path, library or software"
        placeholder="UUID, build-id, path, library or software with its version; * and ? are wildcards"
        value={query.get("q")}
      />
      <button type="submit" class="primary">
        Look up
      </button>
    </Form>
  </search>
);

const Examples = () => (
  <Notice title="Who is affected?">
    <p>A library has a bug, a build is broken, or a user asks what ran. Enter one of these:</p>
    <dl class="facts">
      <dt>UUID of a stamp</dt>
      <dd class="mono">b73c604d-c2e9-4057-ae31-586aa5ee29e3</dd>
      <dt>Build-id</dt>
      <dd class="mono">9c1f3cd1d1ddb4e0e8ffc2b2f8fd8ed8ad9f6e49</dd>
      <dt>Path</dt>
      <dd class="mono">/opt/software/*/lib/libblas*</dd>
      <dt>Library name</dt>
      <dd class="mono">libblas.so.3</dd>
      <dt>Software</dt>
      <dd class="mono">simulate 1.0</dd>
    </dl>
  </Notice>
);

function Found({ answer, place }: { answer: Affected; place: Place }) {
  const { selection, objects, objectCount } = answer;
  const kind = KINDS[selection.kind] ?? selection.kind;
  if (answer.processes === 0 && objects.length === 0) {
    return (
      <>
        <Notice title={`No process used this ${kind}`}>
          <p>
            <Reported text={selection.value} /> was interpreted as a {kind}. A build-id must be complete; paths and
            names may contain <code>*</code> and <code>?</code>.
          </p>
          <Notes of={answer} />
          <AllTime place={place} />
        </Notice>
        <Completeness of={answer} />
      </>
    );
  }
  return (
    <>
      <Summary answer={answer} kind={kind} />
      {selection.kind === "software" && (
        <SoftwareChart
          title={`Versions of ${printable(nameOf(selection.value))}`}
          name="core-hours-by-version"
          question={{ name: nameOf(selection.value), ...place.range.question }}
        />
      )}
      <Sheet
        title="Files"
        note={`${objectCount > objects.length ? `${count(objects.length)} of ${count(objectCount)}, all of them under Files; ` : ""}last use first`}
        isFlush
      >
        <DataTable
          caption="Matching files"
          rows={objects}
          columns={tableColumns({ list: AFFECTED_BUILDS, rows: objects, cells: BUILD_CELLS })}
        />
      </Sheet>
      <Tabs place={place} tabs={TABS} />
    </>
  );
}

/** Software without its version, which has a digit and follows the name after a space or a slash. */
const nameOf = (software: string): string => /^(.+)[ /][^ /]*\d[^ /]*$/.exec(software)?.[1] ?? software;

function Summary({ answer, kind }: { answer: Affected; kind: string }) {
  const { selection, software, firstUse, lastUse, conflicts } = answer;
  const names = software.slice(0, NAMES_SHOWN).map((name, index) => (
    <span key={name}>
      {index > 0 && ", "}
      <Reported text={name} />
    </span>
  ));
  const selected = (
    <Copyable text={selection.value} what={kind}>
      <span class="faint">{kind} </span>
      <Reported text={selection.value} />
    </Copyable>
  );
  return (
    <Sheet
      title="Use"
      heading={names.length === 0 ? selected : names}
      note={firstUse === null ? "never used" : `first used ${time(firstUse)}, last used ${time(lastUse)}`}
      isFlush
    >
      <Figures isInside>
        <Figure name="Jobs">{count(answer.jobs)}</Figure>
        <Figure name="Users">{count(answer.users)}</Figure>
        <Figure name="Hosts">{count(answer.hosts)}</Figure>
        <Figure name="Processes">{count(answer.processes)}</Figure>
      </Figures>
      {conflicts.map(({ fileName, buildIds }) => (
        <p class="tone-bad conflict" key={fileName}>
          ✕ Conflict: {buildIds.length} builds of <Reported text={fileName} /> have this signature.
        </p>
      ))}
    </Sheet>
  );
}
