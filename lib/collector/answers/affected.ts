import { items, rows, type StoredList } from "../database/rows.js";
import { isoTime, softwareOf } from "../frames/json.js";
import { coverageOf } from "./completeness.js";
import { cut, type Page, pageOf } from "./page.js";
import type { Context, Question } from "./question.js";
import { selectUse, writeLaterUse } from "./selection.js";
import type { Piece } from "./usage.js";

const LISTED = 100;

interface Totals {
  processes: bigint | null;
  jobs: bigint;
  users: bigint;
  hosts: bigint;
  first: bigint | null;
  last: bigint | null;
}

interface FoundRow {
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

/** Each build that was selected, with its use. */
const FOUND = `
  uses AS (
    SELECT program AS finding, sum(processes) AS n, min(first_use) AS first, max(last_use) AS last FROM matched
    WHERE program IN (SELECT id FROM hit) GROUP BY program
    UNION ALL
    SELECT l.finding, sum(u.n), min(u.first), max(u.last)
    FROM (SELECT objects, sum(processes) AS n, min(first_use) AS first, max(last_use) AS last FROM matched GROUP BY objects) u
      JOIN (SELECT DISTINCT list, finding FROM object_list WHERE finding IN (SELECT id FROM hit)) l ON l.list = u.objects
    GROUP BY l.finding
    UNION ALL
    SELECT finding, count(*), min(started), max(started) FROM later_use GROUP BY finding
  )
  SELECT o.path, o.soname, o.signatures, o.build_id, list(DISTINCT f.verdict ORDER BY f.verdict) AS verdicts,
    sum(u.n)::BIGINT AS processes, epoch_ns(min(u.first)) AS first, epoch_ns(max(u.last)) AS last,
    count(*) OVER () AS all_objects
  FROM hit JOIN finding f ON f.id = hit.id JOIN object o ON o.id = f.object LEFT JOIN uses u ON u.finding = f.id
  GROUP BY o.id, o.path, o.soname, o.signatures, o.build_id ORDER BY last DESC NULLS LAST, o.path, o.build_id LIMIT ${LISTED}`;

const CONFLICTS = `
  SELECT regexp_extract(o.path, '[^/]*$') AS file_name, list(DISTINCT f.disk_build_id ORDER BY f.disk_build_id) AS build_ids
  FROM hit JOIN finding f ON f.id = hit.id JOIN object o ON o.id = f.object
  WHERE f.verdict = 'verified' AND f.disk_build_id IS NOT NULL
  GROUP BY file_name HAVING len(build_ids) > 1 ORDER BY file_name LIMIT ${LISTED}`;

export const affected: Question<"affected"> = async (context, input) => {
  const { connection, naming } = context;
  const { selection, span, matched } = await selectUse(context, input);
  await writeLaterUse(context, span);
  const use = `WITH matched AS (${matched.sql})`;
  const [totals] = await rows<Totals>(
    connection,
    `${use} SELECT sum(processes)::BIGINT AS processes, count(DISTINCT job) AS jobs, count(DISTINCT user_name) AS users,
      count(DISTINCT host) AS hosts, epoch_ns(min(first_use)) AS first, epoch_ns(max(last_use)) AS last FROM matched`,
    matched.values,
  );
  const found = await rows<FoundRow>(connection, `${use}, ${FOUND}`, matched.values);
  // One signature under one name on several builds; other selections take in several builds anyway.
  const conflicts =
    selection.kind === "signature"
      ? await rows<{ file_name: string; build_ids: StoredList }>(connection, CONFLICTS, {})
      : [];
  const objects = found.map((row) => ({
    path: row.path,
    soname: row.soname,
    signatures: items(row.signatures),
    buildId: row.build_id,
    verdicts: items(row.verdicts),
    software: [...softwareOf(items(row.signatures), naming)],
    processes: Number(row.processes ?? 0n),
    firstUse: timeOrNull(row.first),
    lastUse: timeOrNull(row.last),
  }));
  const named =
    selection.kind === "signature" ? naming.names(selection.value) : objects.flatMap(({ software }) => software);
  return {
    ...(await coverageOf(context, span)),
    selection,
    software: [...new Set(named)],
    processes: Number(totals?.processes ?? 0n),
    jobs: Number(totals?.jobs ?? 0n),
    users: Number(totals?.users ?? 0n),
    hosts: Number(totals?.hosts ?? 0n),
    firstUse: timeOrNull(totals?.first ?? null),
    lastUse: timeOrNull(totals?.last ?? null),
    objects,
    objectCount: Number(found[0]?.all_objects ?? 0n),
    conflicts: conflicts.map(({ file_name, build_ids }) => ({ fileName: file_name, buildIds: items(build_ids) })),
  };
};

const timeOrNull = (time: bigint | null) => (time === null ? null : isoTime(time));

interface UseRow {
  value: string | null;
  processes: bigint;
  first: bigint;
  last: bigint;
}

/** Rows of the table expression `matched` by one of its columns, last use first: a page, then what is asked for of its rows. */
const usesBy = (column: string, more: string, joins = "") => `
  page AS (
    SELECT ${column} AS id, max(last_use) AS last FROM matched GROUP BY ${column} ORDER BY last DESC, id LIMIT $limit OFFSET $offset
  )
  SELECT n.value, sum(m.processes)::BIGINT AS processes, epoch_ns(min(m.first_use)) AS first, epoch_ns(page.last) AS last, ${more}
  FROM page JOIN matched m ON m.${column} IS NOT DISTINCT FROM page.id LEFT JOIN name n ON n.id = page.id ${joins}
  GROUP BY page.id, n.value, page.last ORDER BY page.last DESC, page.id`;

const JOBS = usesBy(
  "job",
  `list(DISTINCT u.value ORDER BY u.value)[1:${LISTED}] AS users, list(DISTINCT h.value ORDER BY h.value)[1:${LISTED}] AS hosts,
  count(DISTINCT m.user_name) AS user_count, count(DISTINCT m.host) AS host_count`,
  "LEFT JOIN name u ON u.id = m.user_name LEFT JOIN name h ON h.id = m.host",
);
const USERS = usesBy("user_name", "count(DISTINCT m.job) AS jobs, count(DISTINCT m.host) AS hosts");
const HOSTS = usesBy("host", "count(DISTINCT m.job) AS jobs, count(DISTINCT m.user_name) AS users");

const usesIn = <R extends UseRow>({ connection }: Context, uses: string, matched: Piece, page: Page) =>
  rows<R>(connection, `WITH matched AS (${matched.sql}), ${uses}`, { ...matched.values, ...page });

const useOf = ({ processes, first, last }: UseRow) => ({
  processes: Number(processes),
  firstUse: isoTime(first),
  lastUse: isoTime(last),
});

export const affectedJobs: Question<"affectedJobs"> = async (context, input) => {
  const page = pageOf(input);
  const { span, matched } = await selectUse(context, input);
  type Row = UseRow & {
    users: StoredList<string | null>;
    hosts: StoredList<string | null>;
    user_count: bigint;
    host_count: bigint;
  };
  const { rows: found, next } = cut(await usesIn<Row>(context, JOBS, matched, page), page);
  const jobs = found.map((row) => ({
    job: row.value,
    users: items(row.users),
    hosts: items(row.hosts),
    userCount: Number(row.user_count),
    hostCount: Number(row.host_count),
    ...useOf(row),
  }));
  return { ...(await coverageOf(context, span)), jobs, next };
};

export const affectedUsers: Question<"affectedUsers"> = async (context, input) => {
  const page = pageOf(input);
  const { span, matched } = await selectUse(context, input);
  const found = await usesIn<UseRow & { jobs: bigint; hosts: bigint }>(context, USERS, matched, page);
  const { rows: shown, next } = cut(found, page);
  const users = shown.map((row) => ({
    user: row.value,
    address: addressOf(row.value, input.domain),
    jobs: Number(row.jobs),
    hosts: Number(row.hosts),
    ...useOf(row),
  }));
  return { ...(await coverageOf(context, span)), users, next };
};

/** A claimed name may be anything; only what looks like a local part (RFC 5322's dot-atom) becomes an address. */
function addressOf(user: string | null, domain: string | undefined): string | null {
  if (user === null || domain === undefined || !/^[\w+-]+(?:\.[\w+-]+)*$/.test(user)) return null;
  return `${user}@${domain}`;
}

export const affectedHosts: Question<"affectedHosts"> = async (context, input) => {
  const page = pageOf(input);
  const { span, matched } = await selectUse(context, input);
  const found = await usesIn<UseRow & { jobs: bigint; users: bigint }>(context, HOSTS, matched, page);
  const { rows: shown, next } = cut(found, page);
  const hosts = shown.map((row) => ({
    host: row.value,
    jobs: Number(row.jobs),
    users: Number(row.users),
    ...useOf(row),
  }));
  return { ...(await coverageOf(context, span)), hosts, next };
};
