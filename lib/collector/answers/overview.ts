import { count, rows } from "../database/rows.js";
import { isoTime } from "../frames/json.js";
import type { Question } from "./question.js";
import { softwareUse } from "./software.js";
import { HOUR_NS, parseSpan } from "./span.js";
import { usageIn } from "./usage.js";

/** Limits each of the lists of software, users and hosts. */
const MAX_TOP = 10;

interface MinuteRow {
  minute: bigint;
  received: bigint | null;
  stored: bigint | null;
  lost: bigint | null;
}

export const overview: Question<"overview"> = async (context, input) => {
  const { connection, now } = context;
  const span = parseSpan(input);
  const usage = await usageIn(context, span);
  const [totals] = await rows<Record<"processes" | "jobs" | "users" | "hosts", bigint | null> & { cpu: number | null }>(
    connection,
    `WITH used AS (${usage.sql}) SELECT sum(processes)::BIGINT AS processes, count(DISTINCT job) AS jobs,
      count(DISTINCT user_name) AS users, count(DISTINCT host) AS hosts, sum(cpu) AS cpu FROM used`,
    usage.values,
  );
  const verdicts = await rows<{ verdict: string; processes: bigint }>(
    connection,
    `WITH used AS (${usage.sql}), per AS (SELECT program, sum(processes) AS n FROM used GROUP BY program)
    SELECT f.verdict, sum(n)::BIGINT AS processes FROM per JOIN finding f ON f.id = per.program GROUP BY f.verdict ORDER BY processes DESC`,
    usage.values,
  );
  /** The values of a column with most processes. */
  const top = (column: string) =>
    rows<{ value: string | null; processes: bigint; jobs: bigint }>(
      connection,
      `WITH used AS (${usage.sql}),
      top AS (SELECT ${column} AS id, sum(processes) AS n FROM used GROUP BY id ORDER BY n DESC, id LIMIT ${MAX_TOP})
      SELECT v.value, t.n::BIGINT AS processes, count(DISTINCT u.job) AS jobs
      FROM top t JOIN used u ON u.${column} IS NOT DISTINCT FROM t.id LEFT JOIN name v ON v.id = t.id
      GROUP BY t.id, t.n, v.value ORDER BY t.n DESC, t.id`,
      usage.values,
    );
  const minutes = await rows<MinuteRow>(
    connection,
    `SELECT epoch_ns("minute") AS minute, (sum(frames) FILTER (kind = 'received'))::BIGINT AS received,
      (sum(frames) FILTER (kind = 'stored'))::BIGINT AS stored,
      (sum(frames) FILTER (kind IN ('rejected', 'dropped', 'kernelDropped')))::BIGINT AS lost
    FROM accounting WHERE "minute" >= make_timestamp_ns($since::BIGINT) GROUP BY "minute" ORDER BY "minute"`,
    { since: now - HOUR_NS },
  );
  const numbers = ({ processes, jobs }: { processes: bigint; jobs: bigint }) => ({
    processes: Number(processes),
    jobs: Number(jobs),
  });
  return {
    covers: span,
    processes: count(totals?.processes),
    jobs: count(totals?.jobs),
    users: count(totals?.users),
    hosts: count(totals?.hosts),
    cpuSeconds: (totals?.cpu ?? 0) / 1000,
    verdicts: Object.fromEntries(verdicts.map(({ verdict, processes }) => [verdict, Number(processes)])),
    software: await softwareUse(context, usage, { by: "runs", period: "all" }, { limit: MAX_TOP, offset: 0 }),
    topUsers: (await top("user_name")).map((row) => ({ user: row.value, ...numbers(row) })),
    topHosts: (await top("host")).map((row) => ({ host: row.value, ...numbers(row) })),
    lastHour: minutes.map(({ minute, received, stored, lost }) => ({
      minute: isoTime(minute),
      received: count(received),
      stored: count(stored),
      lost: count(lost),
    })),
  };
};
