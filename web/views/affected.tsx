import type { Answer, Input } from "../../lib/client/index.js";
import { count } from "../base/format.js";
import { address, navigate } from "../base/router.js";
import { CopyBox } from "../parts/copy-button.js";
import { Form } from "../parts/form.js";
import { List } from "../parts/list.js";
import { Names } from "../parts/names.js";
import { given } from "../parts/span-form.js";
import { Path, Reported } from "../parts/text.js";
import { Verdict } from "../parts/verdict.js";
import { When } from "../parts/when.js";

interface Props {
  readonly question: Pick<Input<"affected">, "text" | "since" | "until">;
  readonly query: URLSearchParams;
}

type JobRow = Answer<"affectedJobs">["jobs"][number];
type UserRow = Answer<"affectedUsers">["users"][number];
type HostRow = Answer<"affectedHosts">["hosts"][number];
type ProcessRow = Answer<"affectedProcesses">["processes"][number];

interface Used {
  readonly processes: number;
  readonly firstUse: string;
  readonly lastUse: string;
}

const processes = {
  name: "Processes",
  cell: (row: Used) => count(row.processes),
  csv: (row: Used) => row.processes,
  isNumber: true,
};
const uses = [
  {
    name: "First used",
    cell: (row: Used) => <When iso={row.firstUse} />,
    csv: (row: Used) => row.firstUse,
    isNumber: true,
    isExtra: true,
  },
  {
    name: "Last used",
    cell: (row: Used) => <When iso={row.lastUse} />,
    csv: (row: Used) => row.lastUse,
    isNumber: true,
  },
];
const none = <span class="faint">none</span>;

export function AffectedJobs({ question, query }: Props) {
  return (
    <List
      operation="affectedJobs"
      question={question}
      rowsOf={({ jobs }) => jobs}
      title="Jobs that used it, last use first"
      nothing="No job used it in this span"
      file="jobs"
      path="/lookup"
      query={query}
      columns={[
        {
          name: "Job",
          cell: ({ job }: JobRow) =>
            job === null ? (
              none
            ) : (
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
        processes,
        ...uses,
      ]}
    />
  );
}

/** With a mail domain, also whom to write to. */
export function AffectedUsers({ question, query }: Props) {
  const domain = given(query, "domain");
  return (
    <>
      <Form
        class="filters"
        shows={domain.domain ?? ""}
        onSubmit={(fields) => navigate(address("/lookup", { ...Object.fromEntries(query), ...fields }))}
      >
        <label>
          Mail domain of the users
          <input
            name="domain"
            defaultValue={domain.domain ?? ""}
            placeholder="example.org"
            maxLength={253}
            autocomplete="off"
            spellcheck={false}
          />
        </label>
        <div class="actions">
          <button type="submit">List addresses</button>
        </div>
      </Form>
      <List
        operation="affectedUsers"
        question={{ ...question, ...domain }}
        rowsOf={({ users }) => users}
        title="Users who used it, last use first"
        nothing="No user used it in this span"
        file="users"
        path="/lookup"
        query={query}
        footer={({ users, next }) => <Addresses users={users} isPart={next !== null || query.has("cursor")} />}
        columns={[
          {
            name: "User",
            cell: ({ user }: UserRow) =>
              user === null ? (
                none
              ) : (
                <a href={address("/jobs", { user })}>
                  <Reported text={user} />
                </a>
              ),
            csv: ({ user }) => user,
            isHead: true,
          },
          {
            name: "Address",
            cell: ({ address }) => <Reported text={address} />,
            csv: ({ address }) => address,
            isExtra: true,
          },
          { name: "Jobs", cell: ({ jobs }) => count(jobs), csv: ({ jobs }) => jobs, isNumber: true },
          {
            name: "Hosts",
            cell: ({ hosts }) => count(hosts),
            csv: ({ hosts }) => hosts,
            isNumber: true,
            isExtra: true,
          },
          processes,
          ...uses,
        ]}
      />
    </>
  );
}

function Addresses({ users, isPart }: { users: readonly UserRow[]; isPart: boolean }) {
  const addresses = users.flatMap(({ address }) => (address === null ? [] : [address]));
  if (addresses.length === 0) return null;
  return (
    <section class="sheet" aria-labelledby="addresses">
      <header>
        <h2 id="addresses">Addresses to write to</h2>
        <span>
          {count(addresses.length)}
          {isPart && " on this page; the CSV file has all"}
        </span>
      </header>
      <div class="body">
        <CopyBox label="Addresses to write to" text={addresses.join(", ")} />
      </div>
    </section>
  );
}

export function AffectedHosts({ question, query }: Props) {
  return (
    <List
      operation="affectedHosts"
      question={question}
      rowsOf={({ hosts }) => hosts}
      title="Hosts on which it was used, last use first"
      nothing="It was used on no host in this span"
      file="hosts"
      path="/lookup"
      query={query}
      columns={[
        {
          name: "Host",
          cell: ({ host }: HostRow) => (host === null ? none : <Reported text={host} />),
          csv: ({ host }) => host,
          isHead: true,
        },
        { name: "Jobs", cell: ({ jobs }) => count(jobs), csv: ({ jobs }) => jobs, isNumber: true },
        { name: "Users", cell: ({ users }) => count(users), csv: ({ users }) => users, isNumber: true },
        processes,
        ...uses,
      ]}
    />
  );
}

export function AffectedProcesses({ question, query }: Props) {
  return (
    <List
      operation="affectedProcesses"
      question={question}
      rowsOf={(answer) => answer.processes}
      title="Processes that used it, last received first"
      nothing="No process used it in this span"
      file="processes"
      path="/lookup"
      query={query}
      columns={[
        {
          name: "Program",
          cell: ({ uuid, program }: ProcessRow) => (
            <a href={address("/process", { uuid })}>
              <Path path={program.path} />
            </a>
          ),
          csv: ({ program }) => program.path,
          isHead: true,
        },
        { name: "Verdict", cell: ({ program }) => <Verdict {...program} />, csv: ({ program }) => program.verdict },
        {
          name: "Job",
          cell: ({ job }) =>
            job === null ? (
              none
            ) : (
              <a href={address("/job", { id: job })}>
                <Reported text={job} />
              </a>
            ),
          csv: ({ job }) => job,
        },
        {
          name: "User",
          cell: ({ claimed }) => <Reported text={claimed.user} />,
          csv: ({ claimed }) => claimed.user,
          isExtra: true,
        },
        {
          name: "Host",
          cell: ({ claimed }) => <Reported text={claimed.host} />,
          csv: ({ claimed }) => claimed.host,
          isExtra: true,
        },
        {
          name: "UUID",
          cell: ({ uuid }) => <span class="mono small">{uuid.slice(0, 8)}</span>,
          csv: ({ uuid }) => uuid,
          isExtra: true,
        },
        {
          name: "Started",
          cell: ({ started }) => <When iso={started} />,
          csv: ({ started }) => started,
          isNumber: true,
        },
      ]}
    />
  );
}
