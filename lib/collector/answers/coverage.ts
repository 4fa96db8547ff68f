import type { Answer, Input } from "../../client/index.js";
import { groupBy } from "../../shared/group-by.js";
import { jobReference } from "../../shared/job-reference.js";
import { plural } from "../../shared/plural.js";
import { sumOf } from "../../shared/sum.js";
import { loadEngine } from "../database/engine.js";
import { isOfCluster } from "../database/expressions.js";
import { jsonRow, jsonRows, type SqlFragment } from "../database/rows.js";
import { isoTimeOrNull } from "../frames/json.js";
import { minutesIn } from "./completeness.js";
import { notesOnNames } from "./notes.js";
import { outagesOf, unionSeconds } from "./outages.js";
import { type Counted, pageOf, paginate } from "./pagination.js";
import type { Question } from "./question.js";
import { DAY_NS, EVER, HOUR_NS, parseSpan, parseTime, type Span, within } from "./span.js";
import { placed, usageIn, usageNamed } from "./usage.js";

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends object ? Mutable<T[K]> : T[K] };
type Period = Mutable<Answer<"coverage">["periods"][number]>;

const UNIT_NS = { hour: HOUR_NS, day: DAY_NS } as const;

/** Frames of a period; a period of outages alone has one row without a kind. */
interface FramesRow {
  start: string;
  kind: string | null;
  reason: string | null;
  frames: number;
  minutes: number;
  outageSeconds: number;
  /** Number of periods. */
  rowCount: number;
}

export const coverage: Question<"coverage"> = async (context, input) => {
  const span = parseSpan(input);
  const page = pageOf(input);
  const unit = input.period === "hour" ? "hour" : "day";
  const minutes = minutesIn(span);
  const outages = outagesOf(context, span);
  const found = await jsonRows<FramesRow>(
    context.connection,
    `WITH counted AS (
      SELECT date_trunc('${unit}', "minute")::TIMESTAMP_NS AS start, kind, reason, sum(frames)::BIGINT AS frames, count(DISTINCT "minute") AS minutes
      FROM accounting WHERE ${minutes.sql} GROUP BY start, kind, reason
    ),
    touched AS (
      SELECT low, high, unnest(range(low - low % ${UNIT_NS[unit]}, greatest(high, low + 1), ${UNIT_NS[unit]})) AS period FROM (${outages.sql})
    ),
    clipped AS (
      SELECT make_timestamp_ns(period) AS start, greatest(low, period) AS low, least(high, period + ${UNIT_NS[unit]}) AS high
      FROM touched
    ),
    absent AS (SELECT "by" AS start, seconds FROM (${unionSeconds("clipped", "start")})),
    page AS (
      SELECT start, count(*) OVER () AS total FROM (SELECT start FROM counted UNION SELECT start FROM absent WHERE seconds > 0)
      ORDER BY start DESC LIMIT $limit OFFSET $offset
    )
    SELECT p.start, c.kind, c.reason, c.frames, c.minutes, coalesce(a.seconds, 0)::BIGINT AS outageSeconds, p.total AS rowCount
    FROM page p LEFT JOIN counted c USING (start) LEFT JOIN absent a USING (start) ORDER BY p.start DESC`,
    { ...minutes.values, ...outages.values, ...page },
  );
  const byStart = groupBy(found, ({ start }) => start);
  const counted = [...byStart.values()].map((counts) => ({ ...periodOf(counts), rowCount: counts[0].rowCount }));
  const { rows: periods, ...answer } = await paginate<Period>(counted, page, () => [
    "no frame was counted in this span",
  ]);
  return { covers: span, ...answer, periods };
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
    pending: 0,
    kernelDropped: 0,
    outageSeconds: counts[0].outageSeconds,
  };
  for (const { kind, reason, frames, minutes } of counts) {
    if (kind === "received") period.minutes = minutes;
    if (kind === "rejected" || kind === "dropped") period[kind][reason ?? ""] = frames;
    else if (kind === "received" || kind === "stored" || kind === "duplicate" || kind === "kernelDropped")
      period[kind] = frames;
  }
  const { received, stored, duplicate, rejected, dropped } = period;
  const outcomes = stored + duplicate + sumOf(rejected) + sumOf(dropped);
  return { ...period, received: Math.max(received, outcomes), pending: Math.max(0, received - outcomes) };
}

export const coverageHosts: Question<"coverageHosts"> = async (context, input) => {
  const span = parseSpan(input);
  const page = pageOf(input);
  const usage = usageNamed(await usageIn(context, span), input);
  const found = await jsonRows<Counted<Answer<"coverageHosts">["hosts"][number]>>(
    context.connection,
    `WITH used AS (${usage.sql}), ${placed("used")},
    days AS (
      SELECT place, cluster, host, day, sum(processes) AS n, sum(ended) AS ended FROM placed GROUP BY place, cluster, host, day
    ),
    hosts AS (SELECT place, avg(n) AS usual FROM days GROUP BY place),
    page AS (SELECT *, count(*) OVER () AS total FROM days ORDER BY day DESC, n, place LIMIT $limit OFFSET $offset),
    detail AS (
      SELECT u.place, u.day, count(DISTINCT u.job) AS jobs, count(DISTINCT u.user_name) AS users
      FROM page p JOIN placed u ON u.day = p.day AND u.place = p.place GROUP BY u.place, u.day
    )
    SELECT c.value AS cluster, n.value AS host, strftime(p.day, '%Y-%m-%d') AS day, p.n::BIGINT AS processes, d.jobs, d.users,
      p.ended::BIGINT AS ended, h.usual, a.lastSeen AS agentLastSeen, p.total AS rowCount
    FROM page p JOIN detail d ON d.day = p.day AND d.place = p.place JOIN hosts h ON h.place = p.place
      LEFT JOIN name n ON n.id = p.host LEFT JOIN name c ON c.id = p.cluster
      LEFT JOIN (SELECT node, max(last_seen) AS lastSeen FROM agent_run GROUP BY node) a ON a.node = n.value
    ORDER BY p.day DESC, p.n, p.place`,
    { ...usage.values, ...page },
  );
  const { rows: hosts, ...answer } = await paginate(found, page, () => notesOnNames(context, input));
  return { covers: span, ...answer, hosts };
};

/**
 * The processes of jobs, whenever they started: a span selects jobs, not processes.
 *
 * @param names - a query for the names of the jobs, in any of the forms that people use.
 */
const perJob = (names: string) => `
  identity AS MATERIALIZED (
    FROM job_identity WHERE job IN (${names}) OR name IN (${names}) OR array_job IN (${names})
  ),
  per AS (
    SELECT j.*, u.processes, u.user_name FROM identity j JOIN job_usage u ON u.job = j.id
  )`;

/** A query for the jobs with a start frame in a span: `cluster`, `job`, when they `started` in the span, and `processes`. */
function announcedIn(span: Span): SqlFragment {
  const { sql: isIn, values } = within("e.happened", span);
  const isWhole = `${within("first_start", span).sql} AND ${within("last_start", span).sql}`;
  return {
    sql: `
      SELECT cluster, job, first_start AS started, processes FROM announced_job WHERE ${isWhole}
      UNION ALL
      SELECT a.cluster, a.job, min(e.happened), any_value(a.processes)
      FROM (FROM announced_job WHERE first_start < last_start AND NOT (${isWhole})) a
        JOIN job_event e ON e.job = a.job AND e.cluster IS NOT DISTINCT FROM a.cluster AND e.kind = 'start' AND ${isIn}
      GROUP BY a.cluster, a.job`,
    values,
  };
}

const NO_START = "no start of a job was reported in this span, as ogrt-run --job-start does";

/** Why no job has fewer processes than asked. @param known - the number of jobs. @param none - why that is 0. */
const notesOnCovered = (known: number, none: string, fewer = 1): string[] => [
  known === 0 ? none : `none of ${known} ${plural(known, "job")} has fewer than ${fewer} ${plural(fewer, "process")}`,
];

/** Jobs with a start frame in the span and fewer processes than asked. */
export const coverageJobs: Question<"coverageJobs"> = async (context, input) => {
  const span = parseSpan(input);
  const page = pageOf(input);
  const announced = announcedIn(span);
  const found = await jsonRows<Counted<Answer<"coverageJobs">["jobs"][number]>>(
    context.connection,
    `WITH few AS (
      SELECT *, count(*) OVER () AS total FROM (${announced.sql}) WHERE processes < $fewer
      ORDER BY started DESC, job, cluster LIMIT $limit OFFSET $offset
    ),
    owner AS (
      SELECT few.cluster, few.job, min(u.user_name) AS user_name
      FROM few JOIN job_identity j ON j.job = few.job AND ${isOfCluster("j", "few")} JOIN job_usage u ON u.job = j.id
      GROUP BY few.cluster, few.job
    ),
    finished AS (
      SELECT cluster, job, max(happened) AS ended FROM job_event
      WHERE kind = 'end' AND job IN (SELECT job FROM few) GROUP BY cluster, job
    )
    SELECT few.cluster, few.job, few.processes, u.value AS user, few.started, e.ended, 'event' AS source, few.total AS rowCount
    FROM few LEFT JOIN owner o ON o.job = few.job AND o.cluster IS NOT DISTINCT FROM few.cluster
      LEFT JOIN name u ON u.id = o.user_name
      LEFT JOIN finished e ON e.job = few.job AND e.cluster IS NOT DISTINCT FROM few.cluster
    ORDER BY few.started DESC, few.job, few.cluster`,
    { ...announced.values, ...page, fewer: input.fewer ?? 1 },
  );
  const { known } = await jsonRow<{ known: number }>(
    context.connection,
    `SELECT count(*) AS known FROM (${announced.sql})`,
    announced.values,
  );
  const { rows: jobs, ...answer } = await paginate(found, page, () => notesOnCovered(known, NO_START, input.fewer));
  return { covers: span, ...answer, known, jobs };
};

/** Jobs of a list, in its order, with fewer processes than asked. Array jobs and their tasks are known by all their names. */
export const coverageOfJobs: Question<"coverageOfJobs"> = async (context, input: Input<"coverageOfJobs">) => {
  const { fewer = 1 } = input;
  const listed = input.jobs.map(({ cluster, job, user, started, ended }) => ({
    cluster: cluster ?? null,
    job,
    user: user ?? null,
    started: isoTimeOrNull(parseTime("started", started) ?? null),
    ended: isoTimeOrNull(parseTime("ended", ended) ?? null),
    source: "list",
  }));
  const { listValue, LIST, VARCHAR } = await loadEngine();
  const matching = (name: string) =>
    `SELECT a.place, per.id, per.processes FROM asked a JOIN per ON per.${name} = a.job AND ${isOfCluster("a", "per")}`;
  const reader = await context.connection.runAndReadAll(
    `WITH asked AS (
      SELECT generate_subscripts($jobs, 1) AS place, unnest($jobs) AS job, nullif(unnest($clusters), '') AS cluster
    ),
    ${perJob("SELECT job FROM asked")},
    matched AS (${["job", "name", "array_job"].map(matching).join(" UNION ")})
    SELECT place, sum(processes)::BIGINT AS processes FROM matched GROUP BY place`,
    {
      jobs: listValue(listed.map(({ job }) => job)),
      clusters: listValue(listed.map(({ cluster }) => cluster ?? "")),
    },
    { jobs: LIST(VARCHAR), clusters: LIST(VARCHAR) },
  );
  const found = reader.getRowObjects() as unknown as { place: bigint; processes: bigint }[];
  const processesOf = new Map(found.map(({ place, processes }) => [Number(place) - 1, Number(processes)]));
  const jobs = listed
    .map((row, place) => ({ ...row, processes: processesOf.get(place) ?? 0 }))
    .filter(({ processes }) => processes < fewer);
  const distinct = new Set(listed.map(({ cluster, job }) => jobReference(cluster, job)));
  const notes = jobs.length > 0 ? [] : notesOnCovered(distinct.size, "the list names no job", fewer);
  return { covers: EVER, notes, known: distinct.size, jobs, rowCount: jobs.length, next: null };
};
