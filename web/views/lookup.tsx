import { useEffect } from "preact/hooks";
import type { Answer } from "../../lib/client/index.js";
import { announce } from "../base/announce.js";
import { useAnswer } from "../base/answers.js";
import { count, counted, time } from "../base/format.js";
import { address, navigate } from "../base/router.js";
import { Completeness } from "../parts/completeness.js";
import { DataTable } from "../parts/data-table.js";
import { Form } from "../parts/form.js";
import { Identity } from "../parts/object-table.js";
import { Tabs, tabOf } from "../parts/pager.js";
import { given, SpanForm } from "../parts/span-form.js";
import { Answered, Notice } from "../parts/states.js";
import { Path, Reported } from "../parts/text.js";
import { Verdict } from "../parts/verdict.js";
import { View } from "../parts/view.js";
import { When } from "../parts/when.js";
import { AffectedHosts, AffectedJobs, AffectedProcesses, AffectedUsers } from "./affected.js";

type Affected = Answer<"affected">;

const TABS = { jobs: "Jobs", users: "Users", hosts: "Hosts", processes: "Processes" };
const KINDS: Record<string, string> = {
  signature: "signature",
  buildId: "build-id",
  path: "path",
  soname: "library",
};

/** One box: a UUID, a build-id, a path or a library's name; then who used it. */
export function Lookup({ query }: { query: URLSearchParams }) {
  const text = query.get("q") ?? "";
  const span = given(query, "since", "until");
  const asked = useAnswer("affected", text === "" ? undefined : { text, ...span });
  const { answer } = asked;
  useEffect(() => {
    if (answer !== undefined) announce(`${counted(answer.jobs, "job")} of ${counted(answer.users, "user")} used it.`);
  }, [answer]);
  return (
    <View title="Lookup">
      <search>
        <Form
          class="big-box"
          shows={text}
          onSubmit={({ q }) => {
            if (q !== "") navigate(address("/lookup", { q, ...span }));
          }}
        >
          <input
            type="search"
            name="q"
            aria-label="UUID, build-id, path or library"
            placeholder="UUID, build-id, path or library name; * and ? as in a shell"
            defaultValue={text}
            maxLength={1024}
            autocomplete="off"
            spellcheck={false}
          />
          <button type="submit" class="primary">
            Look up
          </button>
        </Form>
      </search>
      {text === "" ? (
        <Notice title="Who is affected?">
          <p>A library had a bug, a build was bad, a user asks what ran: paste what you know of it.</p>
          <dl class="facts">
            <dt>A stamp's UUID</dt>
            <dd class="mono">b73c604d-c2e9-4057-ae31-586aa5ee29e3</dd>
            <dt>A build-id</dt>
            <dd class="mono">9c1f3cd1d1ddb4e0e8ffc2b2f8fd8ed8ad9f6e49</dd>
            <dt>A path</dt>
            <dd class="mono">/opt/software/*/lib/libblas*</dd>
            <dt>A library's name</dt>
            <dd class="mono">libblas.so.3</dd>
          </dl>
        </Notice>
      ) : (
        <>
          <SpanForm path="/lookup" query={query} keep={["q", "show"]} />
          <Answered asked={asked}>{(found) => <Found answer={found} query={query} text={text} />}</Answered>
        </>
      )}
    </View>
  );
}

function Found({ answer, query, text }: { answer: Affected; query: URLSearchParams; text: string }) {
  const { selection, software, processes, jobs, users, hosts, firstUse, lastUse, objects, conflicts } = answer;
  const kind = KINDS[selection.kind] ?? selection.kind;
  if (processes === 0 && objects.length === 0) {
    return (
      <>
        <Notice title={`No process used this ${kind}`}>
          <p>
            <Reported text={selection.value} /> was looked for as {kind}. A build-id has to be whole; paths and names
            may hold <code>*</code> and <code>?</code>.
          </p>
        </Notice>
        <Completeness of={answer} />
      </>
    );
  }
  const tab = tabOf(query, TABS);
  const question = { text, ...given(query, "since", "until") };
  return (
    <>
      <section class="sheet" aria-labelledby="what">
        <header>
          <h2 id="what">
            {software.length === 0 ? (
              <>
                <span class="faint">{kind} </span>
                <Reported text={selection.value} />
              </>
            ) : (
              software.slice(0, 5).map((name, index) => (
                <span key={name}>
                  {index > 0 && ", "}
                  <Reported text={name} />
                </span>
              ))
            )}
          </h2>
          <span>{firstUse === null ? "never used" : `first used ${time(firstUse)}, last used ${time(lastUse)}`}</span>
        </header>
        <dl class="figures inside">
          {(
            [
              ["Jobs", jobs],
              ["Users", users],
              ["Hosts", hosts],
              ["Processes", processes],
            ] as const
          ).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{count(value)}</dd>
            </div>
          ))}
        </dl>
        {conflicts.map(({ fileName, buildIds }) => (
          <p class="tone-bad conflict" key={fileName}>
            ✕ Conflict: <Reported text={fileName} /> carries this signature on {buildIds.length} builds.
          </p>
        ))}
      </section>
      <Objects objects={objects} total={answer.objectCount} />
      <Tabs path="/lookup" query={query} tabs={TABS} current={tab} />
      {tab === "jobs" && <AffectedJobs question={question} query={query} />}
      {tab === "users" && <AffectedUsers question={question} query={query} />}
      {tab === "hosts" && <AffectedHosts question={question} query={query} />}
      {tab === "processes" && <AffectedProcesses question={question} query={query} />}
      <Completeness of={answer} />
    </>
  );
}

function Objects({ objects, total }: { objects: Affected["objects"]; total: number }) {
  return (
    <section class="sheet" aria-labelledby="found">
      <header>
        <h2 id="found">Files</h2>
        <span>
          {total > objects.length ? `${count(objects.length)} of ${count(total)}, last used first` : "last used first"}
        </span>
      </header>
      <DataTable
        caption="Files that were found"
        rows={objects}
        columns={[
          { name: "File", cell: ({ path }) => <Path path={path} />, isHead: true },
          {
            name: "Verdicts",
            cell: ({ verdicts }) =>
              verdicts.map((verdict) => (
                <div key={verdict}>
                  <Verdict verdict={verdict} />
                </div>
              )),
          },
          { name: "Identity", cell: (object) => <Identity {...object} />, isExtra: true },
          { name: "Processes", cell: ({ processes }) => count(processes), isNumber: true },
          { name: "Last used", cell: ({ lastUse }) => <When iso={lastUse} />, isNumber: true, isExtra: true },
        ]}
      />
    </section>
  );
}
