import { joinAmendments, LAST_OBJECTS, LAST_PROGRAM } from "../database/amendments.js";
import {
  CPU_MS,
  distinctJobs,
  distinctTexts,
  isNamed,
  isSameJob,
  joinIds,
  PROCESS_COLUMNS,
  TEXT_IDS,
} from "../database/expressions.js";
import { execute, type SqlFragment, type SqlValues } from "../database/rows.js";
import type { Context } from "./question.js";
import { DAY_NS, reachable, type Span } from "./span.js";

/** Limits the users, hosts or jobs that one row of an answer lists. */
export const MAX_LISTED_NAMES = 100;

/**
 * Writes a new temporary table with rows like those of `usage`, one for each process that a query selects. The processes,
 * their names and their jobs are first copied into temporary tables, which keeps the joins small.
 */
export async function writeUsage({ connection }: Context, table: string, { sql, values }: SqlFragment): Promise<void> {
  await execute(
    connection,
    `CREATE OR REPLACE TEMP TABLE single_process AS SELECT ${PROCESS_COLUMNS} FROM (${sql})`,
    values,
  );
  await execute(
    connection,
    `CREATE OR REPLACE TEMP TABLE single_name AS FROM name WHERE value IN (${distinctTexts("single_process")})`,
  );
  await execute(
    connection,
    `CREATE OR REPLACE TEMP TABLE single_job AS
    SELECT j.* FROM job_identity j SEMI JOIN (${distinctJobs("single_process")}) p ON ${isSameJob("p", "j")}`,
  );
  await execute(
    connection,
    `CREATE OR REPLACE TEMP TABLE ${table} AS
    SELECT p.started::DATE AS day, ${LAST_PROGRAM} AS program, ${LAST_OBJECTS} AS objects, p.modules, ${TEXT_IDS},
      1 AS processes, CASE WHEN e.uuid IS NULL THEN 0 ELSE 1 END AS ended, coalesce(${CPU_MS}, 0) AS cpu,
      CASE WHEN p.omitted_objects IS NULL THEN 0 ELSE 1 END AS incomplete, p.started AS first_use, p.started AS last_use
    FROM single_process p LEFT JOIN (
      SELECT uuid, user_time, system_time FROM process_end WHERE part = 0 AND uuid IN (SELECT uuid FROM single_process)
    ) e ON e.uuid = p.uuid ${joinAmendments("uuid IN (SELECT uuid FROM single_process)")} ${joinIds("single_name", "single_job", "p")}`,
  );
}

/** The span whose partial days `partial_usage` holds. A question reads the usage of one span several times. */
const written = new WeakMap<Context, string>();

/** What rows of both tables tell. `daily_usage` has far fewer rows, but does not tell jobs, hosts and variables of the loader. */
const DAILY_COLUMNS = `
  day, program, objects, modules, cluster, user_name, processes, ended, cpu, incomplete, first_use, last_use`;
export const USAGE_COLUMNS = { usage: "*", daily_usage: DAILY_COLUMNS } as const;

/**
 * A query for rows like those of a table of the rollup, about the processes that started in a span. Whole days come from the
 * rollup; for days that the span covers in part, the single processes are read.
 */
export async function usageIn(
  context: Context,
  span: Span,
  table: keyof typeof USAGE_COLUMNS = "usage",
): Promise<SqlFragment> {
  const { since, until } = reachable(span);
  const firstDay = since === undefined ? undefined : (since + DAY_NS - 1n) / DAY_NS;
  const lastDay = until === undefined ? undefined : until / DAY_NS;
  const hasWholeDays = firstDay === undefined || lastDay === undefined || firstDay < lastDay;
  const partialDays: Span[] = hasWholeDays
    ? [
        { since, until: firstDay === undefined ? undefined : firstDay * DAY_NS },
        { since: lastDay === undefined ? undefined : lastDay * DAY_NS, until },
      ].filter((part) => part.since !== undefined && part.until !== undefined && part.since < part.until)
    : [{ since, until }];
  const days = [
    firstDay === undefined ? "true" : "day >= DATE '1970-01-01' + $firstDay::INTEGER",
    lastDay === undefined ? "true" : "day < DATE '1970-01-01' + $lastDay::INTEGER",
  ];
  const columns = USAGE_COLUMNS[table];
  const whole = hasWholeDays ? [`(SELECT ${columns} FROM ${table} WHERE ${days.join(" AND ")})`] : [];
  const values = { firstDay: Number(firstDay ?? 0n), lastDay: Number(lastDay ?? 0n) };
  if (partialDays.length === 0) return { sql: whole.join(), values };
  const key = `${since} ${until}`;
  if (written.get(context) !== key) {
    await writeUsage(context, "partial_usage", processesIn(partialDays));
    written.set(context, key);
  }
  return { sql: [...whole, `(SELECT ${columns} FROM partial_usage)`].join(" UNION ALL "), values };
}

/** Names that select rows of usage. */
export interface UsageNames {
  readonly cluster?: string | undefined;
  readonly user?: string | undefined;
  readonly host?: string | undefined;
  /** A module that the processes had loaded. */
  readonly module?: string | undefined;
}

const HAS_MODULE = "modules IN (SELECT list FROM text_list WHERE value = $module)";

/** The rows of a query like {@link usageIn} that have the given names. */
export function usageNamed(usage: SqlFragment, { cluster, user, host, module }: UsageNames): SqlFragment {
  const names = Object.entries({ cluster, user_name: user, host, module });
  const given = names.filter((entry): entry is [string, string] => entry[1] !== undefined);
  if (given.length === 0) return usage;
  const conditions = given
    .map(([column]) => (column === "module" ? HAS_MODULE : isNamed(column, column)))
    .join(" AND ");
  return {
    sql: `FROM (${usage.sql}) WHERE ${conditions}`,
    values: { ...usage.values, ...Object.fromEntries(given) },
  };
}

/**
 * The table expression `placed`: rows of usage with `place`, a number for each host of each cluster, as names of hosts repeat
 * between clusters. A row that names no cluster has that of its host, if others name a single one for it.
 */
export const placed = (rows: string): string => `
  cluster_of_host AS (
    SELECT host, min(cluster) AS cluster FROM ${rows}
    WHERE cluster IS NOT NULL AND host IN (SELECT host FROM ${rows} WHERE cluster IS NULL)
    GROUP BY host HAVING min(cluster) = max(cluster)
  ),
  placed AS (
    SELECT u.* REPLACE (coalesce(u.cluster, c.cluster) AS cluster),
      coalesce(u.host, 0)::BIGINT * 4294967296 + coalesce(u.cluster, c.cluster, 0) AS place
    FROM ${rows} u LEFT JOIN cluster_of_host c ON c.host = u.host
  )`;

/** The number of places in `placed`, or in rows of it. */
export const hostsOf = (rows: string): string => `count(DISTINCT ${rows}.place) FILTER (${rows}.host IS NOT NULL)`;

function processesIn(spans: readonly Span[]): SqlFragment {
  const values: SqlValues = {};
  const queries = spans.map(({ since, until }, index) => {
    values[`from${index}`] = since ?? 0n;
    values[`to${index}`] = until ?? 0n;
    return `(FROM process WHERE started >= make_timestamp_ns($from${index}::BIGINT) AND started < make_timestamp_ns($to${index}::BIGINT))`;
  });
  return { sql: queries.join(" UNION ALL "), values };
}
