import type { EngineValue } from "../database/engine.js";
import { CPU } from "../database/rollup.js";
import { namedIn } from "../database/rows.js";
import type { Context } from "./question.js";
import type { Span } from "./span.js";

/** A piece of SQL, and the values that it names. */
export interface Piece {
  readonly sql: string;
  readonly values: Record<string, EngineValue>;
}

const DAY = 86_400_000_000_000n;
const TEXTS = ["job", "user_name", "host", "library_path", "preload"] as const;

/** The last time that a process can have; what DuckDB would have after it stands for infinity. */
const LAST_TIME = 2n ** 63n - 2n;

/** A span that ends after the last time has no end. */
const held = ({ since, until }: Span): Span => ({
  since,
  until: until === undefined || until > LAST_TIME ? undefined : until,
});

/**
 * Rows as in the table `usage` for some processes, as a new temporary table: one row each.
 */
export async function writeUsage({ connection }: Context, table: string, { sql, values }: Piece): Promise<void> {
  const run = (statement: string) => connection.run(statement, namedIn(statement, values));
  await run(`CREATE OR REPLACE TEMP TABLE cut_process AS ${sql}`);
  await run(`CREATE OR REPLACE TEMP TABLE cut_name AS FROM name
    WHERE value IN (${TEXTS.map((column) => `SELECT ${column} FROM cut_process`).join(" UNION ")})`);
  const joins = TEXTS.map((column) => `LEFT JOIN cut_name ${column}_name ON ${column}_name.value = p.${column}`);
  await run(`CREATE OR REPLACE TEMP TABLE ${table} AS
    SELECT p.started::DATE AS day, p.program, p.objects, p.modules, ${TEXTS.map((column) => `${column}_name.id AS ${column}`).join(", ")},
      1 AS processes, CASE WHEN e.uuid IS NULL THEN 0 ELSE 1 END AS ended, coalesce(${CPU}, 0) AS cpu,
      CASE WHEN p.omitted_objects IS NULL THEN 0 ELSE 1 END AS incomplete, p.started AS first_use, p.started AS last_use
    FROM cut_process p LEFT JOIN (
      SELECT uuid, user_time, system_time FROM process_end WHERE part = 0 AND uuid IN (SELECT uuid FROM cut_process)
    ) e ON e.uuid = p.uuid ${joins.join(" ")}`);
}

/** The span whose cut days a question has written. */
const written = new WeakMap<Context, string>();

/**
 * Rows of the table `usage` for the processes that started in a span, as a query. Whole days come from the digest; of days
 * that the span cuts, the processes themselves are read, once for a question.
 */
export async function usageIn(context: Context, span: Span): Promise<Piece> {
  const { since, until } = held(span);
  const firstDay = since === undefined ? undefined : (since + DAY - 1n) / DAY;
  const lastDay = until === undefined ? undefined : until / DAY;
  const hasWholeDays = firstDay === undefined || lastDay === undefined || firstDay < lastDay;
  const cuts: Span[] = hasWholeDays
    ? [
        { since, until: firstDay === undefined ? undefined : firstDay * DAY },
        { since: lastDay === undefined ? undefined : lastDay * DAY, until },
      ].filter((cut) => cut.since !== undefined && cut.until !== undefined && cut.since < cut.until)
    : [{ since, until }];
  const days = [
    firstDay === undefined ? "true" : "day >= DATE '1970-01-01' + $firstDay::INTEGER",
    lastDay === undefined ? "true" : "day < DATE '1970-01-01' + $lastDay::INTEGER",
  ];
  const whole = hasWholeDays ? [`(FROM usage WHERE ${days.join(" AND ")})`] : [];
  const values = { firstDay: Number(firstDay ?? 0n), lastDay: Number(lastDay ?? 0n) };
  if (cuts.length === 0) return { sql: whole.join(), values };
  const key = `${since} ${until}`;
  if (written.get(context) !== key) {
    await writeUsage(context, "cut_usage", processesIn(cuts));
    written.set(context, key);
  }
  return { sql: [...whole, "(FROM cut_usage)"].join(" UNION ALL "), values };
}

function processesIn(spans: readonly Span[]): Piece {
  const values: Record<string, EngineValue> = {};
  const parts = spans.map(({ since, until }, index) => {
    values[`from${index}`] = since ?? 0n;
    values[`to${index}`] = until ?? 0n;
    return `started >= make_timestamp_ns($from${index}::BIGINT) AND started < make_timestamp_ns($to${index}::BIGINT)`;
  });
  return { sql: parts.map((part) => `(FROM process WHERE ${part})`).join(" UNION ALL "), values };
}

/** The condition that a process `p` started in a span. */
export const startedIn = (span: Span) => within("p.started", span);

/** The condition that a time lies in a span. */
export function within(time: string, span: Span): Piece {
  const { since, until } = held(span);
  const parts: string[] = [];
  const values: Record<string, EngineValue> = {};
  if (since !== undefined) {
    parts.push(`${time} >= make_timestamp_ns($since::BIGINT)`);
    values["since"] = since;
  }
  if (until !== undefined) {
    parts.push(`${time} < make_timestamp_ns($until::BIGINT)`);
    values["until"] = until;
  }
  return { sql: parts.join(" AND ") || "true", values };
}
