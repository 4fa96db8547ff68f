import type { Answer } from "../../client/index.js";
import { distinctList, fileName } from "../database/expressions.js";
import { jsonRow, jsonRows, type SqlFragment } from "../database/rows.js";
import { softwareOf } from "../frames/json.js";
import { selectUse, writeLaterUse } from "./matches.js";
import { type Page, pageOf, paginate } from "./pagination.js";
import type { Context, Question } from "./question.js";
import { MAX_LISTED_NAMES } from "./usage.js";

/** Limits the builds, and the conflicts, in one answer. */
const MAX_LISTED_BUILDS = 100;

const TOTALS = `
  SELECT coalesce(sum(processes), 0)::BIGINT AS processes, count(DISTINCT job) AS jobs, count(DISTINCT user_name) AS users,
    count(DISTINCT host) AS hosts, min(first_use) AS firstUse, max(last_use) AS lastUse FROM used`;

type Totals = Pick<Answer<"affected">, "processes" | "jobs" | "users" | "hosts" | "firstUse" | "lastUse">;

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
    count(*) OVER () AS objectCount
  FROM matched_finding m JOIN finding f ON f.id = m.id JOIN object o ON o.id = f.object LEFT JOIN uses u ON u.finding = f.id
  GROUP BY o.id, o.path, o.soname, o.signatures, o.build_id
  ORDER BY lastUse DESC NULLS LAST, o.path, o.build_id LIMIT ${MAX_LISTED_BUILDS}`;

type Build = Omit<Answer<"affected">["objects"][number], "software"> & { objectCount: number };

/** File names that were verified on disk with several builds. */
const CONFLICTS = `
  SELECT ${fileName("o.path")} AS fileName, list(DISTINCT f.disk_build_id ORDER BY f.disk_build_id) AS buildIds
  FROM matched_finding m JOIN finding f ON f.id = m.id JOIN object o ON o.id = f.object
  WHERE f.verdict = 'verified' AND f.disk_build_id IS NOT NULL
  GROUP BY fileName HAVING len(buildIds) > 1 ORDER BY fileName LIMIT ${MAX_LISTED_BUILDS}`;

export const affected: Question<"affected"> = async (context, input) => {
  const { connection, naming } = context;
  const { selection, span, usage } = await selectUse(context, input);
  await writeLaterUse(context, span);
  const used = `WITH used AS (${usage.sql})`;
  const totals = await jsonRow<Totals>(connection, `${used} ${TOTALS}`, usage.values);
  const builds = await jsonRows<Build>(connection, `${used}, ${BUILDS}`, usage.values);
  const isSignature = selection.kind === "signature";
  const objects = builds.map(({ objectCount, ...build }) => ({
    ...build,
    software: softwareOf(build.signatures, naming),
  }));
  const software = isSignature ? naming.names(selection.value) : objects.flatMap((object) => object.software);
  return {
    covers: span,
    selection,
    software: [...new Set(software)],
    ...totals,
    objects,
    objectCount: builds[0]?.objectCount ?? 0,
    // Other selections may contain several builds without a conflict.
    conflicts: isSignature ? await jsonRows(connection, CONFLICTS) : [],
  };
};

/**
 * Sums up `used` by one of its columns, the last use first. Details are read for the rows of the page only.
 *
 * @param field - the name of the column in the answer.
 * @param details - further fields, from the rows `m` of `used`.
 */
const usesBy = (column: string, field: string, details: string, joins = "") => `
  page AS (
    SELECT ${column} AS id, max(last_use) AS last FROM used GROUP BY ${column} ORDER BY last DESC, id LIMIT $limit OFFSET $offset
  )
  SELECT n.value AS "${field}", ${details}, sum(m.processes)::BIGINT AS processes, min(m.first_use) AS firstUse, page.last AS lastUse
  FROM page JOIN used m ON m.${column} IS NOT DISTINCT FROM page.id LEFT JOIN name n ON n.id = page.id ${joins}
  GROUP BY page.id, n.value, page.last ORDER BY page.last DESC, page.id`;

const JOBS = usesBy(
  "job",
  "job",
  `${distinctList("u.value", MAX_LISTED_NAMES)} AS users, ${distinctList("h.value", MAX_LISTED_NAMES)} AS hosts,
  count(DISTINCT m.user_name) AS userCount, count(DISTINCT m.host) AS hostCount`,
  "LEFT JOIN name u ON u.id = m.user_name LEFT JOIN name h ON h.id = m.host",
);
const USERS = usesBy("user_name", "user", "count(DISTINCT m.job) AS jobs, count(DISTINCT m.host) AS hosts");
const HOSTS = usesBy("host", "host", "count(DISTINCT m.job) AS jobs, count(DISTINCT m.user_name) AS users");

async function findUses<R extends object>({ connection }: Context, uses: string, usage: SqlFragment, page: Page) {
  const sql = `WITH used AS (${usage.sql}), ${uses}`;
  return paginate(await jsonRows<R>(connection, sql, { ...usage.values, ...page }), page);
}

export const affectedJobs: Question<"affectedJobs"> = async (context, input) => {
  const page = pageOf(input);
  const { span, usage } = await selectUse(context, input);
  const { rows: jobs, next } = await findUses<Answer<"affectedJobs">["jobs"][number]>(context, JOBS, usage, page);
  return { covers: span, jobs, next };
};

type UserUse = Omit<Answer<"affectedUsers">["users"][number], "address">;

export const affectedUsers: Question<"affectedUsers"> = async (context, input) => {
  const page = pageOf(input);
  const { span, usage } = await selectUse(context, input);
  const { rows: found, next } = await findUses<UserUse>(context, USERS, usage, page);
  const users = found.map((row) => ({ ...row, address: addressOf(row.user, input.domain) }));
  return { covers: span, users, next };
};

/** A mail address. A claimed name may be any text: only one that can be a local part (RFC 5322, dot-atom) makes an address. */
function addressOf(user: string | null, domain: string | undefined): string | null {
  if (user === null || domain === undefined || !/^[\w+-]+(?:\.[\w+-]+)*$/.test(user)) return null;
  return `${user}@${domain}`;
}

export const affectedHosts: Question<"affectedHosts"> = async (context, input) => {
  const page = pageOf(input);
  const { span, usage } = await selectUse(context, input);
  const { rows: hosts, next } = await findUses<Answer<"affectedHosts">["hosts"][number]>(context, HOSTS, usage, page);
  return { covers: span, hosts, next };
};
