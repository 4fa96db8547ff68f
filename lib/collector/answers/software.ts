import type { Answer } from "../../client/index.js";
import { rows } from "../database/rows.js";
import { isoTime } from "../frames/json.js";
import { coverageOf } from "./completeness.js";
import { cut, type Page, pageOf } from "./page.js";
import { NAMED_PROGRAMS, PROGRAMS_OF_USED } from "./programs.js";
import type { Context, Question } from "./question.js";
import { parseSpan } from "./span.js";
import { type Piece, usageIn } from "./usage.js";

type Use = Answer<"software">["software"][number];

interface UseRow {
  period: string | null;
  software: string;
  source: string;
  runs: bigint;
  users: bigint;
  jobs: bigint;
  cpu: number;
  first: bigint;
  last: bigint;
}

const ORDERS = { runs: "runs", users: "users", jobs: "jobs", cpu: "cpu" } as const;
const PERIODS = {
  all: "NULL::VARCHAR",
  month: "strftime(u.day, '%Y-%m')",
  day: "strftime(u.day, '%Y-%m-%d')",
} as const;

/** Software by use, most first; with periods the newest first. */
export async function softwareUse(
  { connection }: Context,
  used: Piece,
  { by, period }: { readonly by: keyof typeof ORDERS; readonly period: keyof typeof PERIODS },
  page: Page,
): Promise<Use[]> {
  const found = await rows<UseRow>(
    connection,
    `WITH used AS (${used.sql}), ${PROGRAMS_OF_USED}, ${NAMED_PROGRAMS}
    SELECT ${PERIODS[period]} AS period, min(n.software) AS software, min(n.source) AS source, sum(u.processes)::BIGINT AS runs,
      count(DISTINCT u.user_name) AS users, count(DISTINCT u.job) AS jobs, sum(u.cpu) AS cpu,
      epoch_ns(min(u.first_use)) AS first, epoch_ns(max(u.last_use)) AS last
    FROM used u JOIN named n USING (program) GROUP BY period, n.number
    ORDER BY period DESC NULLS LAST, ${ORDERS[by]} DESC, software LIMIT $limit OFFSET $offset`,
    { ...used.values, ...page },
  );
  return found.map(({ cpu, first, last, ...row }) => ({
    ...row,
    runs: Number(row.runs),
    users: Number(row.users),
    jobs: Number(row.jobs),
    cpuSeconds: cpu / 1000,
    firstUse: isoTime(first),
    lastUse: isoTime(last),
  }));
}

export const software: Question<"software"> = async (context, input) => {
  const span = parseSpan(input);
  const page = pageOf(input);
  const usage = await usageIn(context, span);
  const used: Piece =
    input.user === undefined
      ? usage
      : {
          sql: `FROM (${usage.sql}) WHERE user_name = (SELECT id FROM name WHERE value = $user)`,
          values: { ...usage.values, user: input.user },
        };
  const found = await softwareUse(context, used, { by: input.by ?? "runs", period: input.period ?? "all" }, page);
  const [sums] = await rows<{
    runs: bigint | null;
    cpu: number | null;
    unnamed_runs: bigint | null;
    unnamed_cpu: number | null;
  }>(
    context.connection,
    `WITH used AS (${used.sql}), ${PROGRAMS_OF_USED}, ${NAMED_PROGRAMS},
    per AS (SELECT program, sum(processes) AS runs, sum(cpu) AS cpu FROM used GROUP BY program)
    SELECT sum(runs)::BIGINT AS runs, sum(cpu) AS cpu, (sum(runs) FILTER (source = 'path'))::BIGINT AS unnamed_runs,
      sum(cpu) FILTER (source = 'path') AS unnamed_cpu
    FROM per JOIN named USING (program)`,
    used.values,
  );
  const seconds = (milliseconds: number | null | undefined) => (milliseconds ?? 0) / 1000;
  const { rows: shown, next } = cut(found, page);
  return {
    ...(await coverageOf(context, span)),
    total: { runs: Number(sums?.runs ?? 0n), cpuSeconds: seconds(sums?.cpu) },
    unnamed: { runs: Number(sums?.unnamed_runs ?? 0n), cpuSeconds: seconds(sums?.unnamed_cpu) },
    software: shown,
    next,
  };
};
