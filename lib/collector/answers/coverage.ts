import type { Answer, Input } from "../../client/index.js";
import { groupBy } from "../../shared/group-by.js";
import { loadEngine } from "../database/engine.js";
import { isNamed } from "../database/expressions.js";
import { jsonRow, jsonRows } from "../database/rows.js";
import { isoTimeOrNull } from "../frames/json.js";
import { minutesIn } from "./completeness.js";
import { pageOf, paginate } from "./pagination.js";
import type { Question } from "./question.js";
import { EVER, parseSpan, parseTime, within } from "./span.js";
import { usageIn } from "./usage.js";

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends object ? Mutable<T[K]> : T[K] };
type Period = Mutable<Answer<"coverage">["periods"][number]>;

interface FramesRow {
  start: string;
  kind: string;
  reason: string | null;
  frames: number;
  minutes: number;
}

export const coverage: Question<"coverage"> = async (context, input) => {
  const span = parseSpan(input);
  const page = pageOf(input);
  const unit = input.period === "hour" ? "hour" : "day";
  const minutes = minutesIn(span);
  const found = await jsonRows<FramesRow>(
    context.connection,
    `WITH counted AS (
      SELECT date_trunc('${unit}', "minute")::TIMESTAMP_NS AS start, kind, reason, sum(frames)::BIGINT AS frames, count(DISTINCT "minute") AS minutes
      FROM accounting WHERE ${minutes.sql} GROUP BY start, kind, reason
    ),
    page AS (SELECT DISTINCT start FROM counted ORDER BY start DESC LIMIT $limit OFFSET $offset)
    SELECT c.start, c.kind, c.reason, c.frames, c.minutes FROM counted c JOIN page USING (start) ORDER BY c.start DESC`,
    { ...minutes.values, ...page },
  );
  const byStart = groupBy(found, ({ start }) => start);
  const { rows: periods, next } = paginate([...byStart.values()].map(periodOf), page);
  return { covers: span, periods, next };
};

/** Puts the counts of one hour or day together. */
function periodOf(counts: readonly [FramesRow, ...FramesRow[]]): Period {
  const period: Period = {
    start: counts[0].start,
    minutes: 0,
    received: 0,
    stored: 0,
    duplicate: 0,
    rejected: {},
    dropped: {},
    kernelDropped: 0,
  };
  for (const { kind, reason, frames, minutes } of counts) {
    if (kind === "received") period.minutes = minutes;
    if (kind === "rejected" || kind === "dropped") period[kind][reason ?? ""] = frames;
    else if (kind === "received" || kind === "stored" || kind === "duplicate" || kind === "kernelDropped")
      period[kind] = frames;
  }
  return period;
}

export const coverageHosts: Question<"coverageHosts"> = async (context, input) => {
  const span = parseSpan(input);
  const page = pageOf(input);
  const usage = await usageIn(context, span);
  const found = await jsonRows<Answer<"coverageHosts">["hosts"][number]>(
    context.connection,
    `WITH used AS (FROM (${usage.sql}) ${input.host === undefined ? "" : `WHERE ${isNamed("host", "host")}`}),
    days AS (SELECT host, day, sum(processes) AS n, sum(ended) AS ended FROM used GROUP BY host, day),
    hosts AS (SELECT host, avg(n) AS usual FROM days GROUP BY host),
    page AS (FROM days ORDER BY day DESC, n, host LIMIT $limit OFFSET $offset),
    detail AS (
      SELECT u.host, u.day, count(DISTINCT u.job) AS jobs, count(DISTINCT u.user_name) AS users
      FROM page p JOIN used u ON u.day = p.day AND u.host IS NOT DISTINCT FROM p.host GROUP BY u.host, u.day
    )
    SELECT n.value AS host, strftime(p.day, '%Y-%m-%d') AS day, p.n::BIGINT AS processes, d.jobs, d.users, p.ended::BIGINT AS ended, h.usual
    FROM page p JOIN detail d ON d.day = p.day AND d.host IS NOT DISTINCT FROM p.host
      JOIN hosts h ON h.host IS NOT DISTINCT FROM p.host LEFT JOIN name n ON n.id = p.host
    ORDER BY p.day DESC, p.n, p.host`,
    { ...usage.values, ...page, host: input.host ?? "" },
  );
  const { rows: hosts, next } = paginate(found, page);
  return { covers: span, hosts, next };
};

/** The processes of each job, whenever they started: a span selects jobs, not processes. */
const PER_JOB = `
  per AS (SELECT job, sum(processes)::BIGINT AS processes, min(user_name) AS user_name FROM usage WHERE job IS NOT NULL GROUP BY job)`;

/** Jobs with a start frame in the span and fewer processes than asked. */
export const coverageJobs: Question<"coverageJobs"> = async (context, input) => {
  const span = parseSpan(input);
  const page = pageOf(input);
  const inSpan = within("happened", span);
  const found = await jsonRows<Answer<"coverageJobs">["jobs"][number]>(
    context.connection,
    `WITH ${PER_JOB},
    announced AS (SELECT job, min(happened) AS started FROM job_event WHERE kind = 'start' AND ${inSpan.sql} GROUP BY job),
    few AS (
      SELECT a.job, coalesce(per.processes, 0) AS processes, per.user_name, a.started
      FROM announced a LEFT JOIN name n ON n.value = a.job LEFT JOIN per ON per.job = n.id
      WHERE coalesce(per.processes, 0) < $fewer ORDER BY a.started DESC, a.job LIMIT $limit OFFSET $offset
    )
    SELECT few.job, few.processes, u.value AS user, few.started, e.ended, 'event' AS source
    FROM few LEFT JOIN name u ON u.id = few.user_name
      LEFT JOIN (SELECT job, max(happened) AS ended FROM job_event WHERE kind = 'end' AND job IN (SELECT job FROM few) GROUP BY job) e
        ON e.job = few.job
    ORDER BY few.started DESC, few.job`,
    { ...inSpan.values, ...page, fewer: input.fewer ?? 1 },
  );
  const { known } = await jsonRow<{ known: number }>(
    context.connection,
    `SELECT count(DISTINCT job) AS known FROM job_event WHERE kind = 'start' AND ${inSpan.sql}`,
    inSpan.values,
  );
  const { rows: jobs, next } = paginate(found, page);
  return { covers: span, known, jobs, next };
};

/** Jobs of a list, in its order, with fewer processes than asked. */
export const coverageOfJobs: Question<"coverageOfJobs"> = async (context, input: Input<"coverageOfJobs">) => {
  const { fewer = 1 } = input;
  const listed = input.jobs.map(({ job, user, started, ended }) => ({
    job,
    user: user ?? null,
    started: isoTimeOrNull(parseTime("started", started) ?? null),
    ended: isoTimeOrNull(parseTime("ended", ended) ?? null),
    source: "list",
  }));
  const { listValue, LIST, VARCHAR } = await loadEngine();
  const names = [...new Set(listed.map(({ job }) => job))];
  const reader = await context.connection.runAndReadAll(
    `WITH ${PER_JOB} SELECT n.value AS job, per.processes FROM name n JOIN per ON per.job = n.id WHERE n.value IN (SELECT unnest($names))`,
    { names: listValue(names) },
    { names: LIST(VARCHAR) },
  );
  const found = reader.getRowObjects() as unknown as { job: string; processes: bigint }[];
  const processesOf = new Map(found.map(({ job, processes }) => [job, Number(processes)]));
  const jobs = listed
    .map((row) => ({ ...row, processes: processesOf.get(row.job) ?? 0 }))
    .filter(({ processes }) => processes < fewer);
  return { covers: EVER, known: names.length, jobs, next: null };
};
