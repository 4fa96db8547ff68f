import type { Answer } from "../../client/index.js";
import { cpuOf } from "../database/expressions.js";
import { execute, jsonRow, jsonRows } from "../database/rows.js";
import { rankedUsage } from "./ignored.js";
import { jobSetsIn, jobsOf } from "./job-sets.js";
import { notesOnNames } from "./notes.js";
import type { Question } from "./question.js";
import { softwareUse } from "./software.js";
import { HOUR_NS, parseSpan } from "./span.js";
import { placed, usageIn, usageNamed } from "./usage.js";

/** Limits each of the lists of software, users and hosts. */
const MAX_TOP = 10;

type Overview = Answer<"overview">;

/** Some of the names: a join reads all texts of the store, unless it is told before which ones it needs. */
const namesOf = (ids: string) => `(FROM name WHERE id IN (${ids}))`;

/** The users with most processes, from rows like those of `daily_usage` and `usage`. */
const topUsers = (daily: string, usage: string) => `
  WITH top AS MATERIALIZED (
    SELECT user_name AS id, sum(processes) AS n FROM (${daily}) GROUP BY id ORDER BY n DESC, id LIMIT ${MAX_TOP}
  )
  SELECT n.value AS "user", t.n::BIGINT AS processes, count(DISTINCT u.job) AS jobs
  FROM top t JOIN (${usage}) u ON u.user_name IS NOT DISTINCT FROM t.id
    LEFT JOIN ${namesOf("SELECT id FROM top")} n ON n.id = t.id
  GROUP BY t.id, t.n, n.value ORDER BY t.n DESC, t.id`;

/**
 * Hosts with what ran on them, from rows like those of `usage`. These are summed up by the names that they have before hosts
 * are told apart.
 */
const hostUse = (usage: string) => `
  CREATE OR REPLACE TEMP TABLE host_use AS
  WITH pair AS (
    SELECT cluster, cluster AS reported, host, sum(CASE WHEN program IN (FROM ignored_program) THEN 0 ELSE processes END) AS ranked
    FROM (${usage}) GROUP BY cluster, host
  ),
  ${placed("pair")}
  FROM placed`;
const PLACE_USE = `
  CREATE OR REPLACE TEMP TABLE place_use AS
  SELECT place, sum(ranked) AS ranked FROM host_use WHERE host IS NOT NULL GROUP BY place`;

/** The hosts with most processes, from {@link hostUse} and rows like those of `usage`. */
const topHosts = (usage: string) => `
  WITH top AS MATERIALIZED (
    SELECT place, ranked AS n FROM place_use WHERE ranked > 0 ORDER BY n DESC, place LIMIT ${MAX_TOP}
  ),
  shown AS MATERIALIZED (SELECT p.*, t.n FROM host_use p JOIN top t USING (place))
  SELECT any_value(c.value) AS cluster, any_value(h.value) AS host, p.n::BIGINT AS processes, count(DISTINCT u.job) AS jobs
  FROM shown p JOIN (${usage}) u ON u.host IS NOT DISTINCT FROM p.host AND u.cluster IS NOT DISTINCT FROM p.reported
    LEFT JOIN ${namesOf("SELECT cluster FROM shown")} c ON c.id = p.cluster
    LEFT JOIN ${namesOf("SELECT host FROM shown")} h ON h.id = p.host
  GROUP BY p.place, p.n ORDER BY p.n DESC, p.place`;

export const overview: Question<"overview"> = async (context, input) => {
  const { connection, now } = context;
  const span = parseSpan(input);
  const usage = usageNamed(await usageIn(context, span), input);
  const daily = usageNamed(await usageIn(context, span, "daily_usage"), input);
  const { usage: allRanked, daily: allRankedDaily, ignored } = await rankedUsage(context, span);
  const ranked = usageNamed(allRanked, input);
  const rankedDaily = usageNamed(allRankedDaily, input);
  const jobSets = await jobSetsIn(context, span, input);
  const totals = await jsonRow<Pick<Overview, "processes" | "users" | "cpuSeconds" | "ended">>(
    connection,
    `WITH used AS (${daily.sql}) SELECT coalesce(sum(processes), 0)::BIGINT AS processes,
      count(DISTINCT user_name) AS users, ${cpuOf("used")} FROM used`,
    daily.values,
  );
  const jobs = jobsOf(jobSets);
  await execute(connection, hostUse(usage.sql), usage.values);
  await execute(connection, PLACE_USE);
  const { hosts } = await jsonRow<Pick<Overview, "hosts">>(connection, "SELECT count(*) AS hosts FROM place_use");
  const verdicts = await jsonRows<{ verdict: string; processes: number }>(
    connection,
    `WITH used AS (${daily.sql}) SELECT f.verdict, sum(u.processes)::BIGINT AS processes
    FROM used u JOIN finding f ON f.id = u.program GROUP BY f.verdict ORDER BY processes DESC`,
    daily.values,
  );
  const order = { by: "runs", period: "all" } as const;
  const software = await softwareUse(context, rankedDaily, jobSets, order, { limit: MAX_TOP, offset: 0 });
  const lastHour = await jsonRows<Overview["lastHour"][number]>(
    connection,
    `SELECT "minute", coalesce(sum(frames) FILTER (kind = 'received'), 0)::BIGINT AS received,
      coalesce(sum(frames) FILTER (kind = 'stored'), 0)::BIGINT AS stored,
      coalesce(sum(frames) FILTER (kind IN ('rejected', 'dropped', 'kernelDropped')), 0)::BIGINT AS lost
    FROM accounting WHERE "minute" >= make_timestamp_ns($since::BIGINT) GROUP BY "minute" ORDER BY "minute"`,
    { since: now - HOUR_NS },
  );
  return {
    covers: span,
    notes: totals.processes > 0 ? [] : await notesOnNames(context, input),
    ...totals,
    ...(await jsonRow<Pick<Overview, "jobs">>(connection, jobs.sql, jobs.values)),
    hosts,
    ignored,
    verdicts: Object.fromEntries(verdicts.map(({ verdict, processes }) => [verdict, processes])),
    software: software.map(({ rowCount: _, ...row }) => row),
    topUsers: await jsonRows(connection, topUsers(rankedDaily.sql, ranked.sql), {
      ...rankedDaily.values,
      ...ranked.values,
    }),
    topHosts: await jsonRows(connection, topHosts(ranked.sql), ranked.values),
    lastHour,
  };
};
