import { joinAmendments, LAST_OBJECTS, LAST_PROGRAM } from "../database/amendments.js";
import { CPU_MS, distinctTexts, joinNames, NAME_IDS } from "../database/expressions.js";
import { execute, type SqlFragment, type SqlValues } from "../database/rows.js";
import type { Context } from "./question.js";
import { DAY_NS, reachable, type Span } from "./span.js";

/** Limits the users, hosts or jobs that one row of an answer lists. */
export const MAX_LISTED_NAMES = 100;

/**
 * Writes a new temporary table with rows like those of `usage`, one for each process that a query selects. The processes
 * and their names are first copied into temporary tables, which keeps the joins small.
 */
export async function writeUsage({ connection }: Context, table: string, { sql, values }: SqlFragment): Promise<void> {
  await execute(connection, `CREATE OR REPLACE TEMP TABLE single_process AS ${sql}`, values);
  await execute(
    connection,
    `CREATE OR REPLACE TEMP TABLE single_name AS FROM name WHERE value IN (${distinctTexts("single_process")})`,
  );
  await execute(
    connection,
    `CREATE OR REPLACE TEMP TABLE ${table} AS
    SELECT p.started::DATE AS day, ${LAST_PROGRAM} AS program, ${LAST_OBJECTS} AS objects, p.modules, ${NAME_IDS},
      1 AS processes, CASE WHEN e.uuid IS NULL THEN 0 ELSE 1 END AS ended, coalesce(${CPU_MS}, 0) AS cpu,
      CASE WHEN p.omitted_objects IS NULL THEN 0 ELSE 1 END AS incomplete, p.started AS first_use, p.started AS last_use
    FROM single_process p LEFT JOIN (
      SELECT uuid, user_time, system_time FROM process_end WHERE part = 0 AND uuid IN (SELECT uuid FROM single_process)
    ) e ON e.uuid = p.uuid ${joinAmendments("uuid IN (SELECT uuid FROM single_process)")} ${joinNames("single_name", "p")}`,
  );
}

/** The span whose partial days `partial_usage` holds. A question reads the usage of one span several times. */
const written = new WeakMap<Context, string>();

/**
 * A query for rows like those of `usage`, about the processes that started in a span. Whole days come from the rollup; for
 * days that the span covers in part, the single processes are read.
 */
export async function usageIn(context: Context, span: Span): Promise<SqlFragment> {
  const { since, until } = reachable(span);
  const firstDay = since === undefined ? undefined : (since + DAY_NS - 1n) / DAY_NS;
  const lastDay = until === undefined ? undefined : until / DAY_NS;
  const hasWholeDays = firstDay === undefined || lastDay === undefined || firstDay < lastDay;
  const partialDays: Span[] = hasWholeDays
    ? [
        { since, until: firstDay === undefined ? undefined : firstDay * DAY_NS },
        { since: lastDay === undefined ? undefined : lastDay * DAY_NS, until },
      ].filter((part) => part.since !== undefined && part.until !== undefined && part.since < part.until)
    : [{ since, until }];
  const days = [
    firstDay === undefined ? "true" : "day >= DATE '1970-01-01' + $firstDay::INTEGER",
    lastDay === undefined ? "true" : "day < DATE '1970-01-01' + $lastDay::INTEGER",
  ];
  const whole = hasWholeDays ? [`(FROM usage WHERE ${days.join(" AND ")})`] : [];
  const values = { firstDay: Number(firstDay ?? 0n), lastDay: Number(lastDay ?? 0n) };
  if (partialDays.length === 0) return { sql: whole.join(), values };
  const key = `${since} ${until}`;
  if (written.get(context) !== key) {
    await writeUsage(context, "partial_usage", processesIn(partialDays));
    written.set(context, key);
  }
  return { sql: [...whole, "(FROM partial_usage)"].join(" UNION ALL "), values };
}

function processesIn(spans: readonly Span[]): SqlFragment {
  const values: SqlValues = {};
  const queries = spans.map(({ since, until }, index) => {
    values[`from${index}`] = since ?? 0n;
    values[`to${index}`] = until ?? 0n;
    return `(FROM process WHERE started >= make_timestamp_ns($from${index}::BIGINT) AND started < make_timestamp_ns($to${index}::BIGINT))`;
  });
  return { sql: queries.join(" UNION ALL "), values };
}
