import type { Answer } from "../../lib/client/index.js";
import { count, duration } from "../base/format.js";
import { address, navigate } from "../base/router.js";
import { Completeness } from "../parts/completeness.js";
import { Form } from "../parts/form.js";
import { List } from "../parts/list.js";
import { Names } from "../parts/names.js";
import { given, SpanForm } from "../parts/span-form.js";
import { Reported } from "../parts/text.js";
import { View } from "../parts/view.js";
import { When } from "../parts/when.js";

type Job = Answer<"jobs">["jobs"][number];

/** Jobs, and the way to one whose id is known. */
export function Jobs({ query }: { query: URLSearchParams }) {
  return (
    <View title="Jobs">
      <Form
        class="filters"
        onSubmit={({ id }) => {
          if (id !== "") navigate(address("/job", { id }));
        }}
      >
        <label>
          Job id
          <input name="id" required maxLength={1024} autocomplete="off" spellcheck={false} />
        </label>
        <div class="actions">
          <button type="submit">Open</button>
        </div>
      </Form>
      <SpanForm path="/jobs" query={query} fields={{ user: "User", host: "Host" }} />
      <List
        operation="jobs"
        question={given(query, "user", "host", "since", "until")}
        rowsOf={({ jobs }) => jobs}
        title="Jobs, last use first"
        nothing="No process of such a job was received"
        file="jobs"
        path="/jobs"
        query={query}
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
            name: "Users",
            cell: ({ users, userCount }) => <Names names={users} count={userCount} />,
            csv: ({ users }) => users.join(" "),
          },
          {
            name: "Hosts",
            cell: ({ hosts, hostCount }) => <Names names={hosts} count={hostCount} />,
            csv: ({ hosts }) => hosts.join(" "),
            isExtra: true,
          },
          {
            name: "Processes",
            cell: ({ processes }) => count(processes),
            csv: ({ processes }) => processes,
            isNumber: true,
          },
          {
            name: "Programs",
            cell: ({ programs }) => count(programs),
            csv: ({ programs }) => programs,
            isNumber: true,
            isExtra: true,
          },
          {
            name: "CPU time",
            cell: ({ cpuSeconds }) => duration(cpuSeconds * 1000),
            csv: ({ cpuSeconds }) => cpuSeconds,
            isNumber: true,
            isExtra: true,
          },
          {
            name: "First",
            cell: ({ firstUse }) => <When iso={firstUse} />,
            csv: ({ firstUse }) => firstUse,
            isNumber: true,
            isExtra: true,
          },
          {
            name: "Last",
            cell: ({ lastUse }) => <When iso={lastUse} />,
            csv: ({ lastUse }) => lastUse,
            isNumber: true,
          },
        ]}
      />
    </View>
  );
}
