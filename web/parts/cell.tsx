import type { ComponentChildren } from "preact";
import type { Column } from "../../lib/lists/column.js";
import { count, duration } from "../base/format.js";
import { address } from "../base/router.js";
import { Names, Path, Reported, When } from "./text.js";
import { Verdict } from "./verdict.js";

export const JobLink = ({ job }: { job: string }) => (
  <a href={address("/job", { id: job })}>
    <Reported text={job} />
  </a>
);

/** A path that links to the processes that used the file. */
export const FileLink = ({ path }: { path: string }) => (
  <a href={address("/lookup", { q: path })}>
    <Path path={path} />
  </a>
);

/** Columns with these names look the same in every list. */
const CELLS: Readonly<Record<string, (value: string) => ComponentChildren>> = {
  job: (job) => <JobLink job={job} />,
  lastJob: (job) => <JobLink job={job} />,
  path: (path) => <FileLink path={path} />,
  user: (user) => (
    <a href={address("/jobs", { user })}>
      <Reported text={user} />
    </a>
  ),
  buildId: (buildId) => (
    <a class="mono small" href={address("/lookup", { q: buildId })} title={buildId}>
      {buildId.slice(0, 12)}
    </a>
  ),
  uuid: (uuid) => <span class="mono small">{uuid.slice(0, 8)}</span>,
  verdict: (verdict) => <Verdict verdict={verdict} />,
};

/** A value in a list as its column describes it. */
export function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const { name, kind, countedBy } = column;
  const value = column.value(row);
  if (value === null) return <span class="faint">–</span>;
  if (typeof value === "number") return <>{kind === "duration" ? duration(value * 1000) : count(value)}</>;
  if (typeof value === "object") {
    return <Names names={value} count={countedBy === undefined ? value.length : (row[countedBy] as number)} />;
  }
  const named = CELLS[name];
  if (named !== undefined) return <>{named(value)}</>;
  if (kind === "time") return <When iso={value} />;
  return kind === "path" ? <Path path={value} /> : <Reported text={value} />;
}
