import { distinctList, fileName } from "../database/expressions.js";
import { count, items, rows, type SqlFragment, type StoredList } from "../database/rows.js";
import { isoTimeOrNull, softwareOf } from "../frames/json.js";
import { selectUse, writeLaterUse } from "./matches.js";
import { type Page, pageOf, paginate } from "./pagination.js";
import type { Context, Question } from "./question.js";
import { MAX_LISTED_NAMES, timesOf } from "./usage.js";

/** Builds, and conflicts, in one answer. */
const MAX_LISTED_BUILDS = 100;

interface Totals {
  processes: bigint | null;
  jobs: bigint;
  users: bigint;
  hosts: bigint;
  first: bigint | null;
  last: bigint | null;
}

interface BuildRow {
  path: string;
  soname: string | null;
  signatures: StoredList;
  build_id: string | null;
  verdicts: StoredList;
  processes: bigint | null;
  first: bigint | null;
  last: bigint | null;
  all_objects: bigint;
}

/** The selected builds with their use: as program, in lists of `used`, and loaded later. */
const BUILDS = `
  uses AS (
    SELECT program AS finding, sum(processes) AS n, min(first_use) AS first, max(last_use) AS last FROM used
    WHERE program IN (SELECT id FROM matched_finding) GROUP BY program
    UNION ALL
    SELECT l.finding, sum(u.n), min(u.first), max(u.last)
    FROM (SELECT objects, sum(processes) AS n, min(first_use) AS first, max(last_use) AS last FROM used GROUP BY objects) u
      JOIN (SELECT DISTINCT list, finding FROM object_list WHERE finding IN (SELECT id FROM matched_finding)) l ON l.list = u.objects
    GROUP BY l.finding
    UNION ALL
    SELECT finding, count(*), min(started), max(started) FROM later_use GROUP BY finding
  )
  SELECT o.path, o.soname, o.signatures, o.build_id, list(DISTINCT f.verdict ORDER BY f.verdict) AS verdicts,
    sum(u.n)::BIGINT AS processes, epoch_ns(min(u.first)) AS first, epoch_ns(max(u.last)) AS last,
    count(*) OVER () AS all_objects
  FROM matched_finding m JOIN finding f ON f.id = m.id JOIN object o ON o.id = f.object LEFT JOIN uses u ON u.finding = f.id
  GROUP BY o.id, o.path, o.soname, o.signatures, o.build_id
  ORDER BY last DESC NULLS LAST, o.path, o.build_id LIMIT ${MAX_LISTED_BUILDS}`;

/** File names that were verified on disk with several builds. */
const CONFLICTS = `
  SELECT ${fileName("o.path")} AS file_name, list(DISTINCT f.disk_build_id ORDER BY f.disk_build_id) AS build_ids
  FROM matched_finding m JOIN finding f ON f.id = m.id JOIN object o ON o.id = f.object
  WHERE f.verdict = 'verified' AND f.disk_build_id IS NOT NULL
  GROUP BY file_name HAVING len(build_ids) > 1 ORDER BY file_name LIMIT ${MAX_LISTED_BUILDS}`;

export const affected: Question<"affected"> = async (context, input) => {
  const { connection, naming } = context;
  const { selection, span, usage } = await selectUse(context, input);
  await writeLaterUse(context, span);
  const used = `WITH used AS (${usage.sql})`;
  const [totals] = await rows<Totals>(
    connection,
    `${used} SELECT sum(processes)::BIGINT AS processes, count(DISTINCT job) AS jobs, count(DISTINCT user_name) AS users,
      count(DISTINCT host) AS hosts, epoch_ns(min(first_use)) AS first, epoch_ns(max(last_use)) AS last FROM used`,
    usage.values,
  );
  const builds = await rows<BuildRow>(connection, `${used}, ${BUILDS}`, usage.values);
  // Other selections may contain several builds without a conflict.
  const conflicts =
    selection.kind === "signature"
      ? await rows<{ file_name: string; build_ids: StoredList }>(connection, CONFLICTS)
      : [];
  const objects = builds.map((row) => ({
    path: row.path,
    soname: row.soname,
    signatures: items(row.signatures),
    buildId: row.build_id,
    verdicts: items(row.verdicts),
    software: [...softwareOf(items(row.signatures), naming)],
    processes: count(row.processes),
    firstUse: isoTimeOrNull(row.first),
    lastUse: isoTimeOrNull(row.last),
  }));
  const software =
    selection.kind === "signature" ? naming.names(selection.value) : objects.flatMap((object) => object.software);
  return {
    covers: span,
    selection,
    software: [...new Set(software)],
    processes: count(totals?.processes),
    jobs: count(totals?.jobs),
    users: count(totals?.users),
    hosts: count(totals?.hosts),
    firstUse: isoTimeOrNull(totals?.first ?? null),
    lastUse: isoTimeOrNull(totals?.last ?? null),
    objects,
    objectCount: count(builds[0]?.all_objects),
    conflicts: conflicts.map(({ file_name, build_ids }) => ({ fileName: file_name, buildIds: items(build_ids) })),
  };
};

interface UseRow {
  value: string | null;
  processes: bigint;
  first: bigint;
  last: bigint;
}

/**
 * Sums up `used` by one of its columns, the last use first. Details are read for the rows of the page only.
 *
 * @param details - further columns of the result, from the rows `m` of `used`.
 */
const usesBy = (column: string, details: string, joins = "") => `
  page AS (
    SELECT ${column} AS id, max(last_use) AS last FROM used GROUP BY ${column} ORDER BY last DESC, id LIMIT $limit OFFSET $offset
  )
  SELECT n.value, sum(m.processes)::BIGINT AS processes, epoch_ns(min(m.first_use)) AS first, epoch_ns(page.last) AS last, ${details}
  FROM page JOIN used m ON m.${column} IS NOT DISTINCT FROM page.id LEFT JOIN name n ON n.id = page.id ${joins}
  GROUP BY page.id, n.value, page.last ORDER BY page.last DESC, page.id`;

const JOBS = usesBy(
  "job",
  `${distinctList("u.value", MAX_LISTED_NAMES)} AS users, ${distinctList("h.value", MAX_LISTED_NAMES)} AS hosts,
  count(DISTINCT m.user_name) AS user_count, count(DISTINCT m.host) AS host_count`,
  "LEFT JOIN name u ON u.id = m.user_name LEFT JOIN name h ON h.id = m.host",
);
const USERS = usesBy("user_name", "count(DISTINCT m.job) AS jobs, count(DISTINCT m.host) AS hosts");
const HOSTS = usesBy("host", "count(DISTINCT m.job) AS jobs, count(DISTINCT m.user_name) AS users");

const findUses = <R extends UseRow>({ connection }: Context, uses: string, usage: SqlFragment, page: Page) =>
  rows<R>(connection, `WITH used AS (${usage.sql}), ${uses}`, { ...usage.values, ...page });

type JobRow = UseRow & {
  users: StoredList<string | null>;
  hosts: StoredList<string | null>;
  user_count: bigint;
  host_count: bigint;
};

export const affectedJobs: Question<"affectedJobs"> = async (context, input) => {
  const page = pageOf(input);
  const { span, usage } = await selectUse(context, input);
  const { rows: jobs, next } = paginate(await findUses<JobRow>(context, JOBS, usage, page), page, (row) => ({
    job: row.value,
    users: items(row.users),
    hosts: items(row.hosts),
    userCount: Number(row.user_count),
    hostCount: Number(row.host_count),
    processes: Number(row.processes),
    ...timesOf(row),
  }));
  return { covers: span, jobs, next };
};

type UserRow = UseRow & { jobs: bigint; hosts: bigint };

export const affectedUsers: Question<"affectedUsers"> = async (context, input) => {
  const page = pageOf(input);
  const { span, usage } = await selectUse(context, input);
  const { rows: users, next } = paginate(await findUses<UserRow>(context, USERS, usage, page), page, (row) => ({
    user: row.value,
    address: addressOf(row.value, input.domain),
    jobs: Number(row.jobs),
    hosts: Number(row.hosts),
    processes: Number(row.processes),
    ...timesOf(row),
  }));
  return { covers: span, users, next };
};

/** A mail address. A claimed name may be any text: only one that can be a local part (RFC 5322, dot-atom) makes an address. */
function addressOf(user: string | null, domain: string | undefined): string | null {
  if (user === null || domain === undefined || !/^[\w+-]+(?:\.[\w+-]+)*$/.test(user)) return null;
  return `${user}@${domain}`;
}

type HostRow = UseRow & { jobs: bigint; users: bigint };

export const affectedHosts: Question<"affectedHosts"> = async (context, input) => {
  const page = pageOf(input);
  const { span, usage } = await selectUse(context, input);
  const { rows: hosts, next } = paginate(await findUses<HostRow>(context, HOSTS, usage, page), page, (row) => ({
    host: row.value,
    jobs: Number(row.jobs),
    users: Number(row.users),
    processes: Number(row.processes),
    ...timesOf(row),
  }));
  return { covers: span, hosts, next };
};
