import type { Answer } from "../../client/index.js";
import { isNamed } from "../database/expressions.js";
import { jsonRow, jsonRows, type SqlFragment } from "../database/rows.js";
import { type Page, pageOf, paginate } from "./pagination.js";
import { NAMED_PROGRAMS, PROGRAMS_OF_USED } from "./programs.js";
import type { Context, Question } from "./question.js";
import { parseSpan } from "./span.js";
import { usageIn } from "./usage.js";

type Use = Answer<"software">["software"][number];

/** What is known of each program, or of each with each user or job; and the rank of software made from that. */
const ORDERS = {
  runs: { amount: "sum(u.processes)", rank: "sum(amount)" },
  users: { amount: "u.user_name", rank: "count(DISTINCT amount)" },
  jobs: { amount: "u.job", rank: "count(DISTINCT amount)" },
  cpu: { amount: "sum(u.cpu)", rank: "sum(amount)" },
} as const;
const PERIODS = {
  all: "NULL::VARCHAR",
  month: "strftime(u.day, '%Y-%m')",
  day: "strftime(u.day, '%Y-%m-%d')",
} as const;

/**
 * Software by use, the most used first; with periods, the newest period first. Usage is summed up by program before it is
 * by name: grouping by texts is slow. Users and jobs are counted for the rows of the page alone: sets of them for a
 * million pieces of software would take a gigabyte.
 */
export function softwareUse(
  { connection }: Context,
  used: SqlFragment,
  { by, period }: { readonly by: keyof typeof ORDERS; readonly period: keyof typeof PERIODS },
  page: Page,
): Promise<Use[]> {
  return jsonRows<Use>(
    connection,
    `WITH used AS (${used.sql}),
    per AS MATERIALIZED (
      SELECT ${PERIODS[period]} AS period, u.program, ${ORDERS[by].amount} AS amount FROM used u GROUP BY ALL
    ),
    ${PROGRAMS_OF_USED}, ${NAMED_PROGRAMS},
    ranked AS (
      SELECT p.period, n.software, ${ORDERS[by].rank} AS rank
      FROM per p JOIN named n USING (program) GROUP BY p.period, n.software
      ORDER BY period DESC NULLS LAST, rank DESC, software LIMIT $limit OFFSET $offset
    )
    SELECT r.period, r.software, min(n.source) AS source, sum(u.processes)::BIGINT AS runs,
      count(DISTINCT u.user_name) AS users, count(DISTINCT u.job) AS jobs, sum(u.cpu) / 1000 AS cpuSeconds,
      min(u.first_use) AS firstUse, max(u.last_use) AS lastUse
    FROM used u JOIN named n USING (program)
      JOIN ranked r ON r.software = n.software AND r.period IS NOT DISTINCT FROM ${PERIODS[period]}
    GROUP BY r.period, r.software, r.rank ORDER BY r.period DESC NULLS LAST, r.rank DESC, r.software`,
    { ...used.values, ...page },
  );
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
  const sums = await jsonRow<Record<"runs" | "seconds" | "unnamedRuns" | "unnamedSeconds", number>>(
    context.connection,
    `WITH used AS (${used.sql}),
    per AS MATERIALIZED (SELECT program, sum(processes) AS runs, sum(cpu) AS cpu FROM used GROUP BY program),
    ${PROGRAMS_OF_USED}, ${NAMED_PROGRAMS}
    SELECT coalesce(sum(runs), 0)::BIGINT AS runs, coalesce(sum(cpu), 0) / 1000 AS seconds,
      coalesce(sum(runs) FILTER (source = 'path'), 0)::BIGINT AS unnamedRuns,
      coalesce(sum(cpu) FILTER (source = 'path'), 0) / 1000 AS unnamedSeconds
    FROM per JOIN named USING (program)`,
    used.values,
  );
  const { rows: list, next } = paginate(found, page);
  return {
    covers: span,
    total: { runs: sums.runs, cpuSeconds: sums.seconds },
    unnamed: { runs: sums.unnamedRuns, cpuSeconds: sums.unnamedSeconds },
    software: list,
    next,
  };
};
