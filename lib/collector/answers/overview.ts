import type { Answer } from "../../client/index.js";
import { cpuOf } from "../database/expressions.js";
import { execute, jsonRow, jsonRows } from "../database/rows.js";
import { rankedUsage } from "./ignored.js";
import { jobSetsIn, jobsOf } from "./job-sets.js";
import { notesOnNames } from "./notes.js";
import type { Question } from "./question.js";
import { softwareUse } from "./software.js";
import { HOUR_NS, parseSpan } from "./span.js";
import { hostsOf, placed, usageIn, usageNamed } from "./usage.js";

/** Limits each of the lists of software, users and hosts. */
const MAX_TOP = 10;

type Overview = Answer<"overview">;

/** The users with most processes, from rows like those of `daily_usage` and `usage`. */
const topUsers = (daily: string, usage: string) => `
  WITH top AS (SELECT user_name AS id, sum(processes) AS n FROM (${daily}) GROUP BY id ORDER BY n DESC, id LIMIT ${MAX_TOP})
  SELECT n.value AS "user", t.n::BIGINT AS processes, count(DISTINCT u.job) AS jobs
  FROM top t JOIN (${usage}) u ON u.user_name IS NOT DISTINCT FROM t.id LEFT JOIN name n ON n.id = t.id
  GROUP BY t.id, t.n, n.value ORDER BY t.n DESC, t.id`;

/** A query for all hosts with their processes. Rows are summed up by the names that they have before hosts are told apart. */
const hostUse = (usage: string) => `
  WITH pair AS (
    SELECT cluster, cluster AS reported, host, sum(CASE WHEN program IN (FROM ignored_program) THEN 0 ELSE processes END) AS ranked
    FROM (${usage}) GROUP BY cluster, host
  ),
  ${placed("pair")}
  FROM placed`;

/** The hosts with most processes, from a table of {@link hostUse} and rows like those of `usage`. */
const topHosts = (hosts: string, usage: string) => `
  WITH top AS (
    SELECT place, sum(ranked) AS n FROM ${hosts} WHERE ranked > 0 GROUP BY place ORDER BY n DESC, place LIMIT ${MAX_TOP}
  )
  SELECT any_value(c.value) AS cluster, any_value(h.value) AS host, t.n::BIGINT AS processes, count(DISTINCT u.job) AS jobs
  FROM top t JOIN ${hosts} p USING (place)
    JOIN (${usage}) u ON u.host IS NOT DISTINCT FROM p.host AND u.cluster IS NOT DISTINCT FROM p.reported
    LEFT JOIN name c ON c.id = p.cluster LEFT JOIN name h ON h.id = p.host
  GROUP BY t.place, t.n ORDER BY t.n DESC, t.place`;

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
  await execute(connection, `CREATE OR REPLACE TEMP TABLE host_use AS ${hostUse(usage.sql)}`, usage.values);
  const { hosts } = await jsonRow<Pick<Overview, "hosts">>(
    connection,
    `SELECT ${hostsOf("host_use")} AS hosts FROM host_use`,
  );
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
    topHosts: await jsonRows(connection, topHosts("host_use", ranked.sql), ranked.values),
    lastHour,
  };
};
