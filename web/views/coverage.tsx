import type { Answer, Input } from "../../lib/client/index.js";
import { count, counted } from "../base/format.js";
import { address } from "../base/router.js";
import { Completeness, lostIn } from "../parts/completeness.js";
import { List } from "../parts/list.js";
import { given, SpanForm } from "../parts/span-form.js";
import { Reported } from "../parts/text.js";
import { When } from "../parts/when.js";

type Period = Answer<"coverage">["periods"][number];

const MINUTES = { hour: 60, day: 1440 };

/** What was received and what was not, over time. */
export function CoverageTime({ query }: { query: URLSearchParams }) {
  const period = query.get("period") === "hour" ? "hour" : "day";
  const question: Input<"coverage"> = { ...given(query, "since", "until"), period };
  return (
    <>
      <SpanForm path="/problems" query={query} keep={["show"]}>
        <label>
          By
          <select name="period">
            {["day", "hour"].map((name) => (
              <option key={name} selected={name === period}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </SpanForm>
      <List
        operation="coverage"
        question={question}
        rowsOf={({ periods }) => periods}
        title={`Frames by ${period}`}
        nothing="Nothing was counted in this span"
        file="coverage"
        path="/problems"
        query={query}
        footer={(answer) => <Completeness of={answer} />}
        columns={[
          {
            name: period === "day" ? "Day (UTC)" : "From",
            cell: ({ start }: Period) => (period === "day" ? start.slice(0, 10) : <When iso={start} />),
            csv: ({ start }) => start,
            isHead: true,
          },
          {
            name: "Minutes counted",
            cell: ({ minutes }) => (
              <span class={minutes < MINUTES[period] ? "tone-warn" : undefined}>{count(minutes)}</span>
            ),
            csv: ({ minutes }) => minutes,
            isNumber: true,
          },
          {
            name: "Received",
            cell: ({ received }) => count(received),
            csv: ({ received }) => received,
            isNumber: true,
          },
          {
            name: "Stored",
            cell: ({ stored }) => count(stored),
            csv: ({ stored }) => stored,
            isNumber: true,
            isExtra: true,
          },
          {
            name: "Repeats",
            cell: ({ duplicate }) => count(duplicate),
            csv: ({ duplicate }) => duplicate,
            isNumber: true,
            isExtra: true,
          },
          {
            name: "Lost",
            cell: (row) => <span class={lostIn(row) > 0 ? "tone-bad" : undefined}>{count(lostIn(row))}</span>,
            csv: lostIn,
            isNumber: true,
          },
          {
            name: "Why",
            cell: ({ rejected, dropped, kernelDropped }) =>
              [...Object.keys(rejected), ...Object.keys(dropped), ...(kernelDropped > 0 ? ["kernel"] : [])].join(", "),
            isExtra: true,
          },
        ]}
      />
    </>
  );
}

type Job = Answer<"coverageJobs">["jobs"][number];

/** Jobs that were announced, and of which nothing or little came. */
export function CoverageJobs({ query }: { query: URLSearchParams }) {
  return (
    <>
      <SpanForm path="/problems" query={query} keep={["show"]} />
      <List
        operation="coverageJobs"
        question={given(query, "since", "until")}
        rowsOf={({ jobs }) => jobs}
        title="Announced jobs without processes"
        nothing="Every announced job has processes"
        file="unseen-jobs"
        path="/problems"
        query={query}
        note={({ known }) => <p class="faint">{counted(known, "job")} announced by a start frame.</p>}
        footer={(answer) => <Completeness of={answer} />}
        columns={[
          {
            name: "Job",
            cell: ({ job }: Job) => (
              <a href={address("/job", { id: job })}>
                <Reported text={job} />
              </a>
            ),
            csv: ({ job }) => job,
            isHead: true,
          },
          {
            name: "Processes",
            cell: ({ processes }) => count(processes),
            csv: ({ processes }) => processes,
            isNumber: true,
          },
          { name: "User", cell: ({ user }) => <Reported text={user} />, csv: ({ user }) => user },
          {
            name: "Started",
            cell: ({ started }) => <When iso={started} />,
            csv: ({ started }) => started,
            isNumber: true,
          },
          {
            name: "Ended",
            cell: ({ ended }) => <When iso={ended} />,
            csv: ({ ended }) => ended,
            isNumber: true,
            isExtra: true,
          },
        ]}
      />
    </>
  );
}

type Host = Answer<"coverageHosts">["hosts"][number];

/** A host that sends far less than on its other days has lost its preload library. */
export function CoverageHosts({ query }: { query: URLSearchParams }) {
  return (
    <>
      <SpanForm path="/problems" query={query} fields={{ host: "Host" }} keep={["show"]} />
      <List
        operation="coverageHosts"
        question={given(query, "host", "since", "until")}
        rowsOf={({ hosts }) => hosts}
        title="Processes by host and day"
        nothing="No host sent anything in this span"
        file="hosts"
        path="/problems"
        query={query}
        footer={(answer) => <Completeness of={answer} />}
        columns={[
          { name: "Host", cell: ({ host }: Host) => <Reported text={host} />, csv: ({ host }) => host, isHead: true },
          { name: "Day (UTC)", cell: ({ day }) => day, csv: ({ day }) => day },
          {
            name: "Processes",
            cell: ({ processes, usual }) => (
              <span class={processes < usual / 4 ? "tone-warn" : undefined}>{count(processes)}</span>
            ),
            csv: ({ processes }) => processes,
            isNumber: true,
          },
          { name: "Usually", cell: ({ usual }) => count(usual), csv: ({ usual }) => usual, isNumber: true },
          { name: "Jobs", cell: ({ jobs }) => count(jobs), csv: ({ jobs }) => jobs, isNumber: true, isExtra: true },
          {
            name: "Users",
            cell: ({ users }) => count(users),
            csv: ({ users }) => users,
            isNumber: true,
            isExtra: true,
          },
        ]}
      />
    </>
  );
}
