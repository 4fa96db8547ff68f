import type { Answer } from "../../client/index.js";
import { jsonRow, jsonRows } from "../database/rows.js";
import type { Question } from "./question.js";
import { softwareUse } from "./software.js";
import { HOUR_NS, parseSpan } from "./span.js";
import { usageIn } from "./usage.js";

/** Limits each of the lists of software, users and hosts. */
const MAX_TOP = 10;

type Overview = Answer<"overview">;

export const overview: Question<"overview"> = async (context, input) => {
  const { connection, now } = context;
  const span = parseSpan(input);
  const usage = await usageIn(context, span);
  const { last } = await jsonRow<{ last: number }>(
    connection,
    "SELECT coalesce(max(id), 0)::INTEGER AS last FROM name",
  );
  // A bit for each id of a name: sets of millions of ids would take many times as much time and memory.
  const distinct = (column: string) => `coalesce(bit_count(bitstring_agg(${column}, 0, ${last})), 0)::BIGINT`;
  const totals = await jsonRow<Pick<Overview, "processes" | "jobs" | "users" | "hosts" | "cpuSeconds">>(
    connection,
    `WITH used AS (${usage.sql}) SELECT coalesce(sum(processes), 0)::BIGINT AS processes, ${distinct("job")} AS jobs,
      ${distinct("user_name")} AS users, ${distinct("host")} AS hosts, coalesce(sum(cpu), 0) / 1000 AS cpuSeconds FROM used`,
    usage.values,
  );
  const verdicts = await jsonRows<{ verdict: string; processes: number }>(
    connection,
    `WITH used AS (${usage.sql}) SELECT f.verdict, sum(u.processes)::BIGINT AS processes
    FROM used u JOIN finding f ON f.id = u.program GROUP BY f.verdict ORDER BY processes DESC`,
    usage.values,
  );
  /** The values of a column with most processes. */
  const top = <T extends object>(column: string, field: string) =>
    jsonRows<T>(
      connection,
      `WITH used AS (${usage.sql}),
      top AS (SELECT ${column} AS id, sum(processes) AS n FROM used GROUP BY id ORDER BY n DESC, id LIMIT ${MAX_TOP})
      SELECT v.value AS "${field}", t.n::BIGINT AS processes, count(DISTINCT u.job) AS jobs
      FROM top t JOIN used u ON u.${column} IS NOT DISTINCT FROM t.id LEFT JOIN name v ON v.id = t.id
      GROUP BY t.id, t.n, v.value ORDER BY t.n DESC, t.id`,
      usage.values,
    );
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
    ...totals,
    verdicts: Object.fromEntries(verdicts.map(({ verdict, processes }) => [verdict, processes])),
    software: await softwareUse(context, usage, { by: "runs", period: "all" }, { limit: MAX_TOP, offset: 0 }),
    topUsers: await top<Overview["topUsers"][number]>("user_name", "user"),
    topHosts: await top<Overview["topHosts"][number]>("host", "host"),
    lastHour,
  };
};
