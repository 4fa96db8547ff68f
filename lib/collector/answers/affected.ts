import type { Answer, Input } from "../../client/index.js";
import { distinctList, fileName } from "../database/expressions.js";
import { jsonRow, jsonRows, type SqlFragment } from "../database/rows.js";
import { softwareOf } from "../frames/json.js";
import { ANY_TIME, recentJobs } from "./job-sets.js";
import { type SelectedUse, selectUse, writeLaterUse } from "./matches.js";
import { type Counted, type Page, pageOf, paginate } from "./pagination.js";
import type { Context, Question } from "./question.js";
import { hostsOf, MAX_LISTED_NAMES, placed } from "./usage.js";

/** Limits the builds in the summary, of which there is a list as well, and the conflicts. */
const MAX_LISTED_BUILDS = 100;

type Totals = Pick<Answer<"affected">, "processes" | "jobs" | "users" | "hosts" | "firstUse" | "lastUse">;

async function totalsOf({ connection }: Context, { usage, daily, jobs: findJobs }: SelectedUse): Promise<Totals> {
  const jobs = await findJobs();
  const totals = await jsonRow<Totals>(
    connection,
    `SELECT coalesce(sum(processes), 0)::BIGINT AS processes, count(DISTINCT user_name) AS users,
      min(first_use) AS firstUse, max(last_use) AS lastUse FROM (${daily.sql})`,
    daily.values,
  );
  const counts = await jsonRow<Totals>(
    connection,
    `WITH pair AS (SELECT DISTINCT cluster, host FROM (${usage.sql})), ${placed("pair")}
    SELECT (SELECT count(*) FROM (${jobs.sql})) AS jobs, (SELECT ${hostsOf("placed")} FROM placed) AS hosts`,
    { ...usage.values, ...jobs.values },
  );
  return { ...totals, ...counts };
}

/** The verdicts on a build that counts some process; all of them for a build that counts none. */
const verdictsIf = (isUsed: string): string => {
  const verdicts = "list(DISTINCT f.verdict ORDER BY f.verdict)";
  return `coalesce(${verdicts} FILTER (${isUsed}), ${verdicts})`;
};

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
  SELECT o.path, o.soname, o.signatures, o.build_id AS buildId, ${verdictsIf("u.n > 0")} AS verdicts,
    coalesce(sum(u.n), 0)::BIGINT AS processes, min(u.first) AS firstUse, max(u.last) AS lastUse,
    list(DISTINCT f.disk_package ORDER BY f.disk_package) FILTER (f.disk_package IS NOT NULL) AS packages,
    count(*) OVER () AS rowCount
  FROM matched_finding m JOIN finding f ON f.id = m.id JOIN object o ON o.id = f.object LEFT JOIN uses u ON u.finding = f.id
  GROUP BY o.id, o.path, o.soname, o.signatures, o.build_id
  ORDER BY lastUse DESC NULLS LAST, o.path, o.build_id, o.id LIMIT $limit OFFSET $offset`;

type Build = Answer<"affected">["objects"][number];

/** File names that were verified on disk with several builds. */
const CONFLICTS = `
  SELECT ${fileName("o.path")} AS fileName, list(DISTINCT f.disk_build_id ORDER BY f.disk_build_id) AS buildIds
  FROM matched_finding m JOIN finding f ON f.id = m.id JOIN object o ON o.id = f.object
  WHERE f.verdict = 'verified' AND f.disk_build_id IS NOT NULL
  GROUP BY fileName HAVING len(buildIds) > 1 ORDER BY fileName LIMIT ${MAX_LISTED_BUILDS}`;

export const affected: Question<"affected"> = async (context, input) => {
  const { connection, naming } = context;
  const use = await selectUse(context, input);
  const { selection, span, daily, notesIfUnused } = use;
  await writeLaterUse(context, span);
  const totals = await totalsOf(context, use);
  const builds = await findBuilds(context, daily, { limit: MAX_LISTED_BUILDS, offset: 0 });
  const isSignature = selection.kind === "signature";
  const software = isSignature ? naming.names(selection.value) : builds.flatMap((build) => build.software);
  return {
    covers: span,
    notes: totals.processes > 0 ? [] : await notesIfUnused(),
    selection,
    software: [...new Set(software)],
    ...totals,
    objects: builds.map(({ rowCount: _, ...build }) => build),
    objectCount: builds[0]?.rowCount ?? 0,
    // Other selections may contain several builds without a conflict.
    conflicts: isSignature ? await jsonRows(connection, CONFLICTS) : [],
  };
};

/** The builds of a page, after {@link writeLaterUse}. */
async function findBuilds(
  { connection, naming }: Context,
  usage: SqlFragment,
  page: Page,
): Promise<readonly Counted<Build>[]> {
  const sql = `WITH used AS (${usage.sql}), ${BUILDS}`;
  type Row = Counted<Omit<Build, "software"> & { readonly packages: readonly string[] | null }>;
  const found = await jsonRows<Row>(connection, sql, { ...usage.values, ...page });
  return found.map(({ packages, ...build }) => {
    const names = softwareOf(build.signatures, naming);
    return { ...build, software: names.length > 0 ? names : (packages ?? []) };
  });
}

export const affectedBuilds: Question<"affectedBuilds"> = async (context, input) => {
  const page = pageOf(input);
  const { span, daily, notesIfUnused } = await selectUse(context, input);
  await writeLaterUse(context, span);
  const found = await findBuilds(context, daily, page);
  const { rows: builds, ...answer } = await paginate<Build>(found, page, notesIfUnused);
  return { covers: span, ...answer, builds };
};

/**
 * Sums up rows of usage by one of their columns, the last use first. The rows of the page are found in `recent`, which holds
 * those that the page can depend on, and details are read for these rows only.
 *
 * @param fields - of the answer, from the rows `m` and what `joins` joins with them.
 */
const usesBy = (rows: "used" | "placed", column: string, fields: string, joins: string, total = "count(*) OVER ()") => `
  ${rows === "placed" ? `${placed("used")},` : ""}
  page AS (
    SELECT ${column} AS id, max(last_use) AS last, ${total} AS total
    FROM ${rows === "placed" ? rows : "recent"} GROUP BY ${column} ORDER BY last DESC, id LIMIT $limit OFFSET $offset
  ),
  of_page AS (
    FROM ${rows} WHERE ${column} IN (SELECT id FROM page)
    UNION ALL FROM ${rows} WHERE ${column} IS NULL AND (SELECT bool_or(id IS NULL) FROM page)
  )
  SELECT ${fields}, sum(m.processes)::BIGINT AS processes, min(m.first_use) AS firstUse, page.last AS lastUse,
    any_value(page.total) AS rowCount
  FROM page JOIN of_page m ON m.${column} IS NOT DISTINCT FROM page.id ${joins}
  GROUP BY page.id, page.last ORDER BY page.last DESC, page.id`;

const JOBS = usesBy(
  "used",
  "job",
  `any_value(j.cluster) AS cluster, any_value(j.name) AS job,
  ${distinctList("u.value", MAX_LISTED_NAMES)} AS users, ${distinctList("h.value", MAX_LISTED_NAMES)} AS hosts,
  count(DISTINCT m.user_name) AS userCount, count(DISTINCT m.host) AS hostCount`,
  `LEFT JOIN job_identity j ON j.id = m.job LEFT JOIN name u ON u.id = m.user_name
  LEFT JOIN name h ON h.id = m.host`,
  "(SELECT count(*) FROM jobs) + (SELECT count(*) FROM (SELECT 1 FROM used WHERE job IS NULL LIMIT 1))",
);
const USERS = usesBy(
  "placed",
  "user_name",
  `any_value(u.value) AS "user", count(DISTINCT m.job) AS jobs, ${hostsOf("m")} AS hosts`,
  "LEFT JOIN name u ON u.id = m.user_name",
);
const HOSTS = usesBy(
  "placed",
  "place",
  `any_value(c.value) AS cluster, any_value(h.value) AS host, count(DISTINCT m.job) AS jobs,
  count(DISTINCT m.user_name) AS users`,
  "LEFT JOIN name c ON c.id = m.cluster LEFT JOIN name h ON h.id = m.host",
);

/** A page of such a list. */
async function findUses<R>(context: Context, input: UseInput, uses: string) {
  const page = pageOf(input);
  const use = await selectUse(context, input);
  const { span, usage, notesIfUnused } = use;
  const jobs = uses === JOBS ? await use.jobs() : undefined;
  const recent = jobs === undefined ? ANY_TIME : await recentJobs(context, jobs, page);
  const ofJobs = jobs === undefined ? "" : `jobs AS (${jobs.sql}),`;
  const sql = `WITH used AS (${usage.sql}), recent AS (FROM used WHERE ${recent.sql}), ${ofJobs} ${uses}`;
  const values = { ...usage.values, ...jobs?.values, ...recent.values, ...page };
  const found = await jsonRows<Counted<R>>(context.connection, sql, values);
  return { covers: span, ...(await paginate(found, page, notesIfUnused)) };
}

type UseInput = Input<"affectedJobs">;

export const affectedJobs: Question<"affectedJobs"> = async (context, input) => {
  const { rows: jobs, ...answer } = await findUses<Answer<"affectedJobs">["jobs"][number]>(context, input, JOBS);
  return { ...answer, jobs };
};

type UserUse = Omit<Answer<"affectedUsers">["users"][number], "address">;

export const affectedUsers: Question<"affectedUsers"> = async (context, { domain, ...input }) => {
  const { rows: found, ...answer } = await findUses<UserUse>(context, input, USERS);
  return { ...answer, users: found.map((row) => ({ ...row, address: addressOf(row.user, domain) })) };
};

/** A mail address. A claimed name may be any text: only one that can be a local part (RFC 5322, dot-atom) makes an address. */
function addressOf(user: string | null, domain: string | undefined): string | null {
  if (user === null || domain === undefined || !/^[\w+-]+(?:\.[\w+-]+)*$/.test(user)) return null;
  return `${user}@${domain}`;
}

export const affectedHosts: Question<"affectedHosts"> = async (context, input) => {
  const { rows: hosts, ...answer } = await findUses<Answer<"affectedHosts">["hosts"][number]>(context, input, HOSTS);
  return { ...answer, hosts };
};
