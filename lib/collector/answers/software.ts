import type { Answer } from "../../client/index.js";
import { isNamed } from "../database/expressions.js";
import { count, rows, type SqlFragment } from "../database/rows.js";
import { type Page, pageOf, paginate } from "./pagination.js";
import { NAMED_PROGRAMS, PROGRAMS_OF_USED } from "./programs.js";
import type { Context, Question } from "./question.js";
import { parseSpan } from "./span.js";
import { timesOf, usageIn } from "./usage.js";

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

/** Software by use, the most used first; with periods, the newest period first. */
export async function softwareUse(
  { connection }: Context,
  used: SqlFragment,
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
    ...timesOf({ first, last }),
  }));
}

/** All software, and what has no name but its path. */
interface Sums {
  runs: bigint | null;
  cpu: number | null;
  unnamed_runs: bigint | null;
  unnamed_cpu: number | null;
}

export const software: Question<"software"> = async (context, input) => {
  const span = parseSpan(input);
  const page = pageOf(input);
  const usage = await usageIn(context, span);
  const used: SqlFragment =
    input.user === undefined
      ? usage
      : {
          sql: `FROM (${usage.sql}) WHERE ${isNamed("user_name", "user")}`,
          values: { ...usage.values, user: input.user },
        };
  const found = await softwareUse(context, used, { by: input.by ?? "runs", period: input.period ?? "all" }, page);
  const [sums] = await rows<Sums>(
    context.connection,
    `WITH used AS (${used.sql}), ${PROGRAMS_OF_USED}, ${NAMED_PROGRAMS},
    per AS (SELECT program, sum(processes) AS runs, sum(cpu) AS cpu FROM used GROUP BY program)
    SELECT sum(runs)::BIGINT AS runs, sum(cpu) AS cpu, (sum(runs) FILTER (source = 'path'))::BIGINT AS unnamed_runs,
      sum(cpu) FILTER (source = 'path') AS unnamed_cpu
    FROM per JOIN named USING (program)`,
    used.values,
  );
  const { rows: list, next } = paginate(found, page, (row) => row);
  return {
    covers: span,
    total: { runs: count(sums?.runs), cpuSeconds: (sums?.cpu ?? 0) / 1000 },
    unnamed: { runs: count(sums?.unnamed_runs), cpuSeconds: (sums?.unnamed_cpu ?? 0) / 1000 },
    software: list,
    next,
  };
};
