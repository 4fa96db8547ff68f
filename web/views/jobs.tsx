import { Completeness } from "../parts/completeness.js";
import { DataTable } from "../parts/data-table.js";
import { count, duration } from "../parts/format.js";
import { Names } from "../parts/names.js";
import { Pager } from "../parts/pager.js";
import { given, SpanForm } from "../parts/span-form.js";
import { Answered, Notice } from "../parts/states.js";
import { Reported } from "../parts/text.js";
import { When } from "../parts/when.js";
import { useAnswer } from "../shell/answers.js";
import { address, navigate } from "../shell/router.js";
import { View } from "../shell/view.js";

/** Jobs, and the way to one whose id is known. */
export function Jobs({ query }: { query: URLSearchParams }) {
  const input = given(query, "user", "host", "since", "until", "cursor");
  const jobs = useAnswer("jobs", input);
  return (
    <View title="Jobs">
      <form
        class="filters"
        onSubmit={(event) => {
          event.preventDefault();
          const id = `${new FormData(event.currentTarget).get("id")}`.trim();
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
      </form>
      <SpanForm path="/jobs" query={query} fields={{ user: "User", host: "Host" }} />
      <Answered asked={jobs}>
        {(answer) => (
          <>
            {answer.jobs.length === 0 ? (
              <Notice title="No job">
                <p>No process of a job was received that fits.</p>
              </Notice>
            ) : (
              <section class="sheet" aria-label="Jobs, last use first">
                <DataTable
                  caption="Jobs, last use first"
                  rows={answer.jobs}
                  columns={[
                    {
                      name: "Job",
                      cell: ({ job }) => (
                        <a href={address("/job", { id: job })}>
                          <Reported text={job} />
                        </a>
                      ),
                      isHead: true,
                    },
                    { name: "Users", cell: ({ users, userCount }) => <Names names={users} count={userCount} /> },
                    {
                      name: "Hosts",
                      cell: ({ hosts, hostCount }) => <Names names={hosts} count={hostCount} />,
                      isExtra: true,
                    },
                    { name: "Processes", cell: ({ processes }) => count(processes), isNumber: true },
                    { name: "Programs", cell: ({ programs }) => count(programs), isNumber: true, isExtra: true },
                    {
                      name: "CPU time",
                      cell: ({ cpuSeconds }) => duration(cpuSeconds * 1000),
                      isNumber: true,
                      isExtra: true,
                    },
                    { name: "First", cell: ({ firstUse }) => <When iso={firstUse} />, isNumber: true, isExtra: true },
                    { name: "Last", cell: ({ lastUse }) => <When iso={lastUse} />, isNumber: true },
                  ]}
                />
              </section>
            )}
            <Pager path="/jobs" query={query} next={answer.next} />
            <Completeness of={answer} />
          </>
        )}
      </Answered>
    </View>
  );
}
