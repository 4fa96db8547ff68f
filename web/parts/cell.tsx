import type { ComponentChildren, FunctionComponent } from "preact";
import { type Column, partOf } from "../../lib/lists/column.js";
import { shortBytes } from "../../lib/shared/bytes.js";
import { coreTime, count, duration } from "../base/format.js";
import { address } from "../base/router.js";
import { Copyable } from "./copy.js";
import { Names, Path, Reported, When } from "./text.js";
import { Verdict } from "./verdict.js";

export const JobLink = ({ job, reference }: { job: string; reference: string }) => (
  <a href={address("/job", { id: reference })}>
    <Reported text={job} />
  </a>
);

/** A path that links to the processes that used the file. */
export const FileLink = ({ path }: { path: string }) => (
  <a href={address("/lookup", { q: path })}>
    <Path path={path} />
  </a>
);

export const UserLink = ({ name }: { name: string }) => (
  <a href={address("/user", { name })}>
    <Reported text={name} />
  </a>
);

export const HostLink = ({ name, cluster }: { name: string; cluster?: string | null }) => (
  <a href={address("/host", { name, cluster: cluster ?? undefined })}>
    <Reported text={name} />
  </a>
);

interface RunProgram {
  readonly uuid: string;
  readonly program: { readonly path: string };
}

export const ProcessLink = ({ uuid, program }: RunProgram) => (
  <Copyable text={program.path} what="path">
    <a href={address("/process", { uuid })}>
      <Path path={program.path} />
    </a>
  </Copyable>
);

/** A name of software, or the path of a program that has none, with a link to its use. */
export const SoftwareName = ({ software, source }: { software: string; source: string }) =>
  source === "path" ? (
    <FileLink path={software} />
  ) : (
    <a href={address("/lookup", { q: software, as: "software" })}>
      <Reported text={software} />
    </a>
  );

/** Numbers that are no counts, by the kind of their column. */
const NUMBERS: Readonly<Record<string, (value: number) => string>> = {
  bytes: shortBytes,
  duration: (seconds) => duration(1000 * seconds),
};

/** Columns with these names look the same in every list. */
const CELLS: Readonly<Record<string, (value: string) => ComponentChildren>> = {
  path: (path) => (
    <Copyable text={path} what="path">
      <FileLink path={path} />
    </Copyable>
  ),
  user: (user) => <UserLink name={user} />,
  buildId: (buildId) => (
    <Copyable text={buildId} what="build-id">
      <a class="mono small" href={address("/lookup", { q: buildId })} title={buildId}>
        {buildId.slice(0, 12)}
      </a>
    </Copyable>
  ),
  uuid: (uuid) => (
    <Copyable text={uuid} what="UUID">
      <span class="mono small">{uuid.slice(0, 8)}</span>
    </Copyable>
  ),
  verdict: (verdict) => <Verdict verdict={verdict} />,
};

/** CPU time, and of how many of how many processes it is known. */
const CoreTime = ({ seconds, part }: { seconds: number; part: ReturnType<typeof partOf> }) => (
  <>
    {coreTime(seconds)}
    {part !== undefined && (
      <div class="small faint">
        {count(part.known)} of {count(part.all)}
      </div>
    )}
  </>
);

/** Links of lists of names, by column. */
const LISTED: Readonly<Record<string, FunctionComponent<{ name: string }>>> = { users: UserLink, hosts: HostLink };

/** A value in a list as its column describes it. */
export function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const { name, kind, countedBy } = column;
  const value = column.value(row);
  if (value === null) return <span class="faint">–</span>;
  if (name === "cpuSeconds" && typeof value === "number")
    return <CoreTime seconds={value} part={partOf(column, row)} />;
  if (typeof value === "number") return <>{NUMBERS[kind]?.(value) ?? count(value)}</>;
  if (typeof value === "object") {
    const count = countedBy === undefined ? value.length : (row[countedBy] as number);
    return <Names names={value} count={count} link={LISTED[name]} />;
  }
  const reference = column.jobReference?.(row);
  if (reference != null)
    return (
      <Copyable text={value} what="job id">
        <JobLink job={value} reference={reference} />
      </Copyable>
    );
  if (name === "host") return <HostLink name={value} cluster={(row as { cluster?: string | null }).cluster ?? null} />;
  const named = CELLS[name];
  if (named !== undefined) return <>{named(value)}</>;
  if (kind === "time") return <When iso={value} />;
  return kind === "path" ? <Path path={value} /> : <Reported text={value} />;
}
