import type { Answer, Input } from "../../lib/client/index.js";
import { count } from "../base/format.js";
import { address } from "../base/router.js";
import { Completeness } from "../parts/completeness.js";
import { List } from "../parts/list.js";
import { Names } from "../parts/names.js";
import { Identity } from "../parts/object-table.js";
import { Tabs, tabOf } from "../parts/pager.js";
import { given, SpanForm } from "../parts/span-form.js";
import { Path, Reported } from "../parts/text.js";
import { Verdict } from "../parts/verdict.js";
import { View } from "../parts/view.js";
import { When } from "../parts/when.js";
import { CoverageHosts, CoverageJobs, CoverageTime } from "./coverage.js";

const TABS = {
  objects: "Objects",
  libraries: "Unexpected libraries",
  environments: "Odd environments",
  time: "Losses",
  jobs: "Jobs unseen",
  hosts: "Hosts",
};

/** What somebody should look at, and what is not seen at all. */
export function Problems({ query }: { query: URLSearchParams }) {
  const tab = tabOf(query, TABS);
  return (
    <View title="Problems">
      <Tabs path="/problems" query={query} tabs={TABS} current={tab} />
      {tab === "objects" && <OddObjects query={query} />}
      {tab === "libraries" && <OddLibraries query={query} />}
      {tab === "environments" && <OddEnvironments query={query} />}
      {tab === "time" && <CoverageTime query={query} />}
      {tab === "jobs" && <CoverageJobs query={query} />}
      {tab === "hosts" && <CoverageHosts query={query} />}
    </View>
  );
}

type OddObject = Answer<"oddObjects">["objects"][number];
const ODD = ["mismatch", "stripped", "unreported", "changed", "malformed", "missing", "unreadable", "conflict"];

function OddObjects({ query }: { query: URLSearchParams }) {
  const question = given(query, "verdict", "since", "until") as Input<"oddObjects">;
  return (
    <>
      <SpanForm path="/problems" query={query} keep={["show"]}>
        <label>
          Verdict
          <select name="verdict">
            <option value="">any</option>
            {ODD.map((name) => (
              <option key={name} selected={name === question.verdict}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </SpanForm>
      <List
        operation="oddObjects"
        question={question}
        rowsOf={({ objects }) => objects}
        title="Objects that are not what they should be"
        nothing="Every object is what it should be"
        file="odd-objects"
        path="/problems"
        query={query}
        footer={(answer) => <Completeness of={answer} />}
        columns={[
          {
            name: "Object",
            cell: ({ path }: OddObject) => (
              <a href={address("/lookup", { q: path })}>
                <Path path={path} />
              </a>
            ),
            csv: ({ path }) => path,
            isHead: true,
          },
          {
            name: "Verdict",
            cell: ({ verdict, reason, buildIds }) => (
              <>
                {verdict === "conflict" ? (
                  <span class="verdict tone-bad">
                    <span aria-hidden="true">✕</span> conflict
                  </span>
                ) : (
                  <Verdict verdict={verdict} reason={reason} />
                )}
                {reason !== null && <span class="small faint"> {reason}</span>}
                {buildIds.length > 1 && <div class="small faint">{buildIds.length} builds</div>}
              </>
            ),
            csv: ({ verdict }) => verdict,
          },
          {
            name: "Identity",
            cell: (object) => <Identity {...object} />,
            csv: ({ buildId }) => buildId,
            isExtra: true,
          },
          {
            name: "Processes",
            cell: ({ processes }) => count(processes),
            csv: ({ processes }) => processes,
            isNumber: true,
          },
          { name: "Jobs", cell: ({ jobs }) => count(jobs), csv: ({ jobs }) => jobs, isNumber: true, isExtra: true },
          {
            name: "Users",
            cell: ({ userCount }) => count(userCount),
            csv: ({ userCount }) => userCount,
            isNumber: true,
            isExtra: true,
          },
          {
            name: "Last seen",
            cell: ({ lastUse }) => <When iso={lastUse} />,
            csv: ({ lastUse }) => lastUse,
            isNumber: true,
            isExtra: true,
          },
        ]}
      />
    </>
  );
}

type OddLibrary = Answer<"oddLibraries">["libraries"][number];

function OddLibraries({ query }: { query: URLSearchParams }) {
  return (
    <>
      <SpanForm path="/problems" query={query} fields={{ soname: "Library", user: "User" }} keep={["show"]} />
      <List
        operation="oddLibraries"
        question={given(query, "soname", "user", "since", "until")}
        rowsOf={({ libraries }) => libraries}
        title="Libraries from unusual places"
        nothing="Every library came from its usual place"
        file="odd-libraries"
        path="/problems"
        query={query}
        footer={(answer) => <Completeness of={answer} />}
        columns={[
          {
            name: "Library",
            cell: ({ soname, path }: OddLibrary) => (
              <>
                <a href={address("/lookup", { q: path })}>
                  <Reported text={soname} />
                </a>
                <div class="small">
                  <Path path={path} />
                </div>
              </>
            ),
            csv: ({ path }) => path,
            isHead: true,
          },
          {
            name: "Why",
            cell: ({ reasons }) =>
              reasons.map((reason) => (
                <div key={reason}>
                  <span class="mark tone-warn">{reason}</span>
                </div>
              )),
            csv: ({ reasons }) => reasons.join("; "),
          },
          {
            name: "Usually from",
            cell: ({ usual }) =>
              usual.slice(0, 3).map((path) => (
                <div key={path} class="small">
                  <Path path={path} />
                </div>
              )),
            csv: ({ usual }) => usual.join(" "),
            isExtra: true,
          },
          {
            name: "Users",
            cell: ({ users, userCount }) => <Names names={users} count={userCount} />,
            csv: ({ users }) => users.join(" "),
            isExtra: true,
          },
          {
            name: "Processes",
            cell: ({ processes }) => count(processes),
            csv: ({ processes }) => processes,
            isNumber: true,
          },
          {
            name: "Last seen",
            cell: ({ lastUse }) => <When iso={lastUse} />,
            csv: ({ lastUse }) => lastUse,
            isNumber: true,
            isExtra: true,
          },
        ]}
      />
    </>
  );
}

type OddEnvironment = Answer<"oddEnvironments">["environments"][number];

function OddEnvironments({ query }: { query: URLSearchParams }) {
  return (
    <>
      <SpanForm path="/problems" query={query} fields={{ user: "User" }} keep={["show"]} />
      <List
        operation="oddEnvironments"
        question={given(query, "rule", "user", "since", "until")}
        rowsOf={({ environments }) => environments}
        title="Environments that break a rule"
        nothing="No environment breaks a rule"
        file="odd-environments"
        path="/problems"
        query={query}
        footer={(answer) => <Completeness of={answer} />}
        columns={[
          {
            name: "Rule",
            cell: ({ rule, description, example }: OddEnvironment) => (
              <>
                <strong>{rule}</strong>
                <div class="small faint">{description}</div>
                {example !== null && (
                  <div class="small">
                    <Reported text={example} />
                  </div>
                )}
              </>
            ),
            csv: ({ rule }) => rule,
            isHead: true,
          },
          {
            name: "Users",
            cell: ({ users, userCount }) => <Names names={users} count={userCount} />,
            csv: ({ users }) => users.join(" "),
          },
          {
            name: "Processes",
            cell: ({ processes }) => count(processes),
            csv: ({ processes }) => processes,
            isNumber: true,
          },
          { name: "Jobs", cell: ({ jobs }) => count(jobs), csv: ({ jobs }) => jobs, isNumber: true, isExtra: true },
          {
            name: "Last job",
            cell: ({ lastJob }) =>
              lastJob === null ? (
                "–"
              ) : (
                <a href={address("/job", { id: lastJob })}>
                  <Reported text={lastJob} />
                </a>
              ),
            csv: ({ lastJob }) => lastJob,
            isExtra: true,
          },
          {
            name: "Last seen",
            cell: ({ lastUse }) => <When iso={lastUse} />,
            csv: ({ lastUse }) => lastUse,
            isNumber: true,
            isExtra: true,
          },
        ]}
      />
    </>
  );
}
