import { isNamed } from "../database/expressions.js";
import { execute, rows, type SqlFragment, type SqlValues } from "../database/rows.js";
import type { Page } from "./pagination.js";
import type { Context } from "./question.js";
import { reachable, type Span, within } from "./span.js";
import { type UsageNames, usageIn, usageNamed } from "./usage.js";

/*
 * Numbers of distinct jobs. Most jobs ran the same programs as many others, so the rollup has sets of programs, and the set of
 * each job. The jobs that ran a program are those whose set holds it: sums over sets, of which there are few. That is exact
 * for a job that a span holds as a whole. What the other jobs ran in the span, those that began before it, went on after it or
 * ran too many programs for a set, is read from `usage` and makes a set for each of them.
 */

export interface JobSets {
  /** A query for `job`, its `period`, its `set_id` there, and a time `first` before which it used none of them last. */
  readonly jobs: string;
  /** A query for `set_id`, `program` and `objects`: each program of a set with the list of objects that it loaded. */
  readonly members: string;
  readonly values: SqlValues;
}

/** The part of an answer's time that a date or time lies in. */
export const PERIODS = {
  all: () => "NULL::DATE",
  month: (time: string) => `date_trunc('month', ${time}::DATE)::DATE`,
  day: (time: string) => `${time}::DATE`,
} as const;

/** Sets that this makes for single jobs have negative numbers: the job and the period. */
const OWN_SET = "-((job::BIGINT << 20) + coalesce(period - DATE '1600-01-01', 0))";

/** Finds the sets of the jobs of a span, or of those with processes that have the given names. */
export async function jobSetsIn(
  context: Context,
  span: Span,
  names: UsageNames,
  period: keyof typeof PERIODS = "all",
): Promise<JobSets> {
  const periodOf = PERIODS[period];
  const usage = usageNamed(await usageIn(context, span), names);
  const whole = wholeJobs(span, names, periodOf);
  await execute(
    context.connection,
    `CREATE OR REPLACE TEMP TABLE own_set AS
    SELECT ${OWN_SET} AS set_id, job, period, program, objects FROM (
      SELECT DISTINCT ${periodOf("day")} AS period, job, program, objects FROM (${usage.sql}) WHERE ${whole.others}
    )`,
    { ...usage.values, ...whole.values },
  );
  return {
    jobs: `
      SELECT job, ${periodOf("first_use")} AS period, program_set::BIGINT AS set_id, first_use AS first FROM job_usage
      WHERE ${whole.condition} UNION ALL SELECT DISTINCT job, period, set_id, NULL::TIMESTAMP_NS FROM own_set`,
    members: `
      SELECT program_set::BIGINT AS set_id, program, objects FROM program_set_member
      UNION ALL SELECT set_id, program, objects FROM own_set`,
    values: whole.values,
  };
}

/** Which jobs of `job_usage` count with their sets, and the condition on rows of usage that they are those of other jobs. */
function wholeJobs(span: Span, { cluster, user, host }: UsageNames, periodOf: (time: string) => string) {
  // Processes with a user or host may be some of a job.
  if (user !== undefined || host !== undefined) return { condition: "false", others: "job IS NOT NULL", values: {} };
  const [begins, ends] = [within("first_use", span), within("last_use", span)];
  const isOnePeriod = `${periodOf("first_use")} IS NOT DISTINCT FROM ${periodOf("last_use")}`;
  const isWhole = ["program_set IS NOT NULL", begins.sql, ends.sql, isOnePeriod].join(" AND ");
  const { since, until } = reachable(span);
  const overlaps = [
    within("last_use", { since, until: undefined }).sql,
    within("first_use", { since: undefined, until }).sql,
  ].join(" AND ");
  return {
    condition: cluster === undefined ? isWhole : `${isWhole} AND ${isNamed("cluster", "cluster")}`,
    others: `job IN (SELECT job FROM job_usage WHERE ${overlaps} AND NOT (${isWhole}))`,
    values: { ...begins.values, ...(cluster !== undefined && { cluster }) },
  };
}

/** A query for the number of distinct `jobs` of a span. */
export const jobsOf = ({ jobs, values }: JobSets): SqlFragment => ({
  sql: `SELECT count(*) AS jobs FROM (${jobs})`,
  values,
});

/**
 * A query for the number of distinct `jobs` of each period and key.
 *
 * @param key - a column.
 * @param source - a join that gives the keys of members `m`.
 */
export const jobsBy = ({ jobs, members }: JobSets, key: string, source: string): string => `
  WITH keyed AS MATERIALIZED (SELECT DISTINCT m.set_id, ${key} FROM (${members}) m ${source})
  SELECT s.period, k.${key}, sum(s.jobs)::BIGINT AS jobs
  FROM (
    SELECT period, set_id, count(*) AS jobs FROM (${jobs}) WHERE set_id IN (SELECT set_id FROM keyed) GROUP BY period, set_id
  ) s JOIN keyed k USING (set_id)
  GROUP BY s.period, k.${key}`;

export const ANY_TIME: SqlFragment = { sql: "true", values: {} };

/**
 * The condition on rows of usage that they are recent enough to decide a page of jobs, the last use first: since the time that
 * it names, as many jobs as the list has up to the end of the page were used for the first time.
 *
 * @param jobs - a query for `first` of the jobs of the list.
 */
export async function recentJobs(
  { connection }: Context,
  jobs: SqlFragment,
  { limit, offset }: Page,
): Promise<SqlFragment> {
  const [found] = await rows<{ recent: bigint }>(
    connection,
    `SELECT epoch_ns(first) AS recent FROM (${jobs.sql}) WHERE first IS NOT NULL ORDER BY first DESC LIMIT 1 OFFSET $place`,
    { ...jobs.values, place: limit + offset - 1 },
  );
  if (found === undefined) return ANY_TIME;
  return { sql: "last_use >= make_timestamp_ns($recent::BIGINT)", values: found };
}
