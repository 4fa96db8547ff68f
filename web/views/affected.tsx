import type { Answer, Input } from "../../lib/client/index.js";
import {
  AFFECTED_BUILDS,
  AFFECTED_HOSTS,
  AFFECTED_JOBS,
  AFFECTED_PROCESSES,
  AFFECTED_USERS,
} from "../../lib/lists/affected.js";
import { count } from "../base/format.js";
import { changed, given, navigate, type Place, type ViewProps } from "../base/router.js";
import { ProcessLink } from "../parts/cell.js";
import { CopyBox } from "../parts/copy.js";
import { Field, Form } from "../parts/form.js";
import { List } from "../parts/list.js";
import { Identity } from "../parts/object-table.js";
import { Sheet } from "../parts/sheet.js";
import { Path } from "../parts/text.js";
import { Verdict } from "../parts/verdict.js";

/** How an address may say that its text is read; by its form, without any. */
const READINGS = ["signature", "buildId", "path", "soname", "software"] as const;

/** The question that the address of a lookup asks. */
export const questionOf = ({ query, range }: Place): Input<"affected"> => {
  const as = READINGS.find((reading) => reading === query.get("as")) ?? "text";
  return { [as]: query.get("q") ?? "", ...range.question };
};

export const AffectedJobs = ({ place }: ViewProps) => (
  <List
    list={AFFECTED_JOBS}
    question={questionOf(place)}
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
        question={{ ...questionOf(place), ...domain }}
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
    question={questionOf(place)}
    place={place}
    title="Hosts on which it was used, last use first"
    nothing="No host used it in this span"
  />
);

type Build = Answer<"affectedBuilds">["builds"][number];

/** Cells that look different in lists of builds. */
export const BUILD_CELLS = {
  path: ({ path }: Build) => <Path path={path} />,
  software: (build: Build) => <Identity {...build} />,
  buildId: null,
  verdicts: ({ verdicts }: Build) =>
    verdicts.map((verdict) => (
      <div key={verdict}>
        <Verdict verdict={verdict} />
      </div>
    )),
};

export const AffectedBuilds = ({ place }: ViewProps) => (
  <List
    list={AFFECTED_BUILDS}
    question={questionOf(place)}
    place={place}
    title="Matching files, last use first"
    nothing="No file matches"
    cells={BUILD_CELLS}
  />
);

export const AffectedProcesses = ({ place }: ViewProps) => (
  <List
    list={AFFECTED_PROCESSES}
    question={questionOf(place)}
    place={place}
    title="Processes that used it, last received first"
    nothing="No process used it in this span"
    head="program"
    cells={{
      program: (row) => <ProcessLink {...row} />,
      verdict: ({ program }) => <Verdict verdict={program.verdict} reason={program.reason} />,
    }}
  />
);
