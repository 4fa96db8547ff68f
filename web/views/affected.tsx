import type { Answer, Input } from "../../lib/client/index.js";
import { AFFECTED_HOSTS, AFFECTED_JOBS, AFFECTED_PROCESSES, AFFECTED_USERS } from "../../lib/lists/affected.js";
import { count } from "../base/format.js";
import { address, changed, given, navigate, type ViewProps } from "../base/router.js";
import { CopyBox } from "../parts/copy-button.js";
import { Field, Form } from "../parts/form.js";
import { List } from "../parts/list.js";
import { Sheet } from "../parts/sheet.js";
import { Path, Reported } from "../parts/text.js";
import { Verdict } from "../parts/verdict.js";

/** The question that the address of a lookup asks. */
export const questionOf = (query: URLSearchParams): Pick<Input<"affected">, "text" | "since" | "until"> => ({
  text: query.get("q") ?? "",
  ...given(query, "since", "until"),
});

export const AffectedJobs = ({ place }: ViewProps) => (
  <List
    list={AFFECTED_JOBS}
    question={questionOf(place.query)}
    place={place}
    title="Jobs that used it, last use first"
    nothing="No job used it in this span"
  />
);

/** Users, with a mail domain also their addresses. */
export function AffectedUsers({ place }: ViewProps) {
  const { query } = place;
  const domain = given(query, "domain");
  return (
    <>
      <Form
        class="filters"
        shows={domain.domain ?? ""}
        onSubmit={(fields) => navigate(changed(place, { ...fields, cursor: undefined }))}
      >
        <Field
          name="domain"
          label="Mail domain of the users"
          value={domain.domain}
          placeholder="example.org"
          maxLength={253}
        />
        <div class="actions">
          <button type="submit">List addresses</button>
        </div>
      </Form>
      <List
        list={AFFECTED_USERS}
        question={{ ...questionOf(query), ...domain }}
        place={place}
        title="Users who used it, last use first"
        nothing="No user used it in this span"
        footer={({ users, next }) => <Addresses users={users} isPart={next !== null || query.has("cursor")} />}
      />
    </>
  );
}

type User = Answer<"affectedUsers">["users"][number];

function Addresses({ users, isPart }: { users: readonly User[]; isPart: boolean }) {
  const addresses = users.flatMap(({ address }) => (address === null ? [] : [address]));
  if (addresses.length === 0) return null;
  return (
    <Sheet
      title="Mail addresses"
      note={`${count(addresses.length)}${isPart ? " on this page; the CSV file has all of them" : ""}`}
    >
      <CopyBox label="Mail addresses" text={addresses.join(", ")} />
    </Sheet>
  );
}

export const AffectedHosts = ({ place }: ViewProps) => (
  <List
    list={AFFECTED_HOSTS}
    question={questionOf(place.query)}
    place={place}
    title="Hosts on which it was used, last use first"
    nothing="No host used it in this span"
  />
);

export const AffectedProcesses = ({ place }: ViewProps) => (
  <List
    list={AFFECTED_PROCESSES}
    question={questionOf(place.query)}
    place={place}
    title="Processes that used it, last received first"
    nothing="No process used it in this span"
    head="program"
    cells={{
      program: ({ uuid, program }) => (
        <a href={address("/process", { uuid })}>
          <Path path={program.path} />
        </a>
      ),
      verdict: ({ program }) => <Verdict verdict={program.verdict} reason={program.reason} />,
      user: ({ claimed }) => <Reported text={claimed.user} />,
    }}
  />
);
