import type { Answer, Input } from "../../client/index.js";
import { loadEngine } from "../database/engine.js";
import { rows } from "../database/rows.js";
import { isoTime } from "../frames/json.js";
import { coverageOf, minutesIn } from "./completeness.js";
import { cut, pageOf } from "./page.js";
import type { Question } from "./question.js";
import { parseSpan, parseTime } from "./span.js";
import { usageIn, within } from "./usage.js";

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends object ? Mutable<T[K]> : T[K] };
type Period = Mutable<Answer<"coverage">["periods"][number]>;

export const coverage: Question<"coverage"> = async (context, input) => {
  const span = parseSpan(input);
  const page = pageOf(input);
  const unit = input.period === "hour" ? "hour" : "day";
  const minutes = minutesIn(span);
  const found = await rows<{ start: bigint; kind: string; reason: string | null; frames: bigint; minutes: bigint }>(
    context.connection,
    `WITH counted AS (
      SELECT date_trunc('${unit}', "minute") AS start, kind, reason, sum(frames)::BIGINT AS frames, count(DISTINCT "minute") AS minutes
      FROM accounting WHERE ${minutes.sql} GROUP BY start, kind, reason
    ),
    page AS (SELECT DISTINCT start FROM counted ORDER BY start DESC LIMIT $limit OFFSET $offset)
    SELECT epoch_ns(c.start) AS start, c.kind, c.reason, c.frames, c.minutes FROM counted c JOIN page USING (start) ORDER BY c.start DESC`,
    { ...minutes.values, ...page },
  );
  const byStart = new Map<bigint, Period>();
  for (const { start, kind, reason, frames, minutes } of found) {
    let period = byStart.get(start);
    if (period === undefined) {
      period = {
        start: isoTime(start),
        minutes: 0,
        received: 0,
        stored: 0,
        duplicate: 0,
        rejected: {},
        dropped: {},
        kernelDropped: 0,
      };
      byStart.set(start, period);
    }
    if (kind === "received") period.minutes = Number(minutes);
    if (kind === "rejected" || kind === "dropped") period[kind][reason ?? ""] = Number(frames);
    else if (kind === "received" || kind === "stored" || kind === "duplicate" || kind === "kernelDropped")
      period[kind] = Number(frames);
  }
  const { rows: periods, next } = cut([...byStart.values()], page);
  return { ...(await coverageOf(context, span)), periods, next };
};

export const coverageHosts: Question<"coverageHosts"> = async (context, input) => {
  const span = parseSpan(input);
  const page = pageOf(input);
  const usage = await usageIn(context, span);
  const found = await rows<{
    host: string | null;
    day: string;
    processes: bigint;
    jobs: bigint;
    users: bigint;
    ended: bigint;
    usual: number;
  }>(
    context.connection,
    `WITH used AS (FROM (${usage.sql}) ${input.host === undefined ? "" : "WHERE host = (SELECT id FROM name WHERE value = $host)"}),
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
  const { rows: shown, next } = cut(found, page);
  const hosts = shown.map(({ host, day, processes, jobs, users, ended, usual }) => ({
    host,
    day,
    processes: Number(processes),
    jobs: Number(jobs),
    users: Number(users),
    ended: Number(ended),
    usual,
  }));
  return { ...(await coverageOf(context, span)), hosts, next };
};

/** Processes of jobs, whenever they started: a span is about the jobs. */
const PER_JOB = `
  per AS (SELECT job, sum(processes)::BIGINT AS processes, min(user_name) AS user_name FROM usage WHERE job IS NOT NULL GROUP BY job)`;

export const coverageJobs: Question<"coverageJobs"> = async (context, input) => {
  const span = parseSpan(input);
  const page = pageOf(input);
  const inSpan = within("happened", span);
  const found = await rows<{
    job: string;
    processes: bigint;
    user: string | null;
    started: bigint;
    ended: bigint | null;
  }>(
    context.connection,
    `WITH ${PER_JOB},
    announced AS (SELECT job, min(happened) AS started FROM job_event WHERE kind = 'start' AND ${inSpan.sql} GROUP BY job),
    few AS (
      SELECT a.job, coalesce(per.processes, 0) AS processes, per.user_name, a.started
      FROM announced a LEFT JOIN name n ON n.value = a.job LEFT JOIN per ON per.job = n.id
      WHERE coalesce(per.processes, 0) < $fewer ORDER BY a.started DESC, a.job LIMIT $limit OFFSET $offset
    )
    SELECT few.job, few.processes, u.value AS user, epoch_ns(few.started) AS started, epoch_ns(e.ended) AS ended
    FROM few LEFT JOIN name u ON u.id = few.user_name
      LEFT JOIN (SELECT job, max(happened) AS ended FROM job_event WHERE kind = 'end' AND job IN (SELECT job FROM few) GROUP BY job) e
        ON e.job = few.job
    ORDER BY few.started DESC, few.job`,
    { ...inSpan.values, ...page, fewer: input.fewer ?? 1 },
  );
  const [all] = await rows<{ known: bigint }>(
    context.connection,
    `SELECT count(DISTINCT job) AS known FROM job_event WHERE kind = 'start' AND ${inSpan.sql}`,
    inSpan.values,
  );
  const { rows: shown, next } = cut(found, page);
  const jobs = shown.map(({ job, processes, user, started, ended }) => ({
    job,
    processes: Number(processes),
    user,
    started: isoTime(started),
    ended: ended === null ? null : isoTime(ended),
    source: "event",
  }));
  return { ...(await coverageOf(context, span)), known: Number(all?.known ?? 0n), jobs, next };
};

/** Of a list, which is the scheduler's and no claim of ours: all that have few processes, in its order. */
export const coverageOfJobs: Question<"coverageOfJobs"> = async (context, input: Input<"coverageOfJobs">) => {
  const { jobs: asked, fewer = 1 } = input;
  const times = asked.map(({ started, ended }) => ({
    started: timeOf("started", started),
    ended: timeOf("ended", ended),
  }));
  const { listValue, LIST, VARCHAR } = await loadEngine();
  const names = [...new Set(asked.map(({ job }) => job))];
  const reader = await context.connection.runAndReadAll(
    `WITH ${PER_JOB} SELECT n.value AS job, per.processes FROM name n JOIN per ON per.job = n.id WHERE n.value IN (SELECT unnest($names))`,
    { names: listValue(names) },
    { names: LIST(VARCHAR) },
  );
  const found = reader.getRowObjects() as unknown as { job: string; processes: bigint }[];
  const processes = new Map(found.map((row) => [row.job, Number(row.processes)]));
  const jobs = asked.flatMap(({ job, user }, index) => {
    const count = processes.get(job) ?? 0;
    if (count >= fewer) return [];
    return [
      {
        job,
        processes: count,
        user: user ?? null,
        started: times[index]?.started ?? null,
        ended: times[index]?.ended ?? null,
        source: "list",
      },
    ];
  });
  return { ...(await coverageOf(context, parseSpan({}))), known: names.length, jobs, next: null };
};

function timeOf(name: string, text: string | undefined): string | null {
  const time = parseTime(name, text);
  return time === undefined ? null : isoTime(time);
}
