import { CPU } from "../store/digest.js";
import type { EngineValue } from "../store/engine.js";
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

/** Columns of the table `usage` for processes `p`, one row each. */
export const usageOfProcesses = (from: string) => `
  SELECT p.started::DATE AS day, p.program, p.objects, p.modules, ${TEXTS.map((column) => `${column}_name.id AS ${column}`).join(", ")},
    1 AS processes, CASE WHEN e.uuid IS NULL THEN 0 ELSE 1 END AS ended, coalesce(${CPU}, 0) AS cpu,
    CASE WHEN p.omitted_objects IS NULL THEN 0 ELSE 1 END AS incomplete, p.started AS first_use, p.started AS last_use
  FROM ${from} p LEFT JOIN (
    SELECT uuid, user_time, system_time FROM process_end WHERE part = 0 AND uuid IN (SELECT uuid FROM ${from})
  ) e ON e.uuid = p.uuid
  ${TEXTS.map((column) => `LEFT JOIN name ${column}_name ON ${column}_name.value = p.${column}`).join(" ")}`;

/**
 * Rows of the table `usage` for the processes that started in a span, as a query. Whole days come from the digest; of days
 * that the span cuts, the processes themselves are read.
 */
export function usageIn(span: Span): Piece {
  const { since, until } = held(span);
  const firstDay = since === undefined ? undefined : (since + DAY - 1n) / DAY;
  const lastDay = until === undefined ? undefined : until / DAY;
  const values: Record<string, EngineValue> = {};
  const condition = (parts: (string | false)[]) => parts.filter((part) => part !== false).join(" AND ") || "true";
  const pieces: string[] = [];
  const addCut = (name: string, from: bigint, to: bigint) => {
    if (from >= to) return;
    values[`${name}From`] = from;
    values[`${name}To`] = to;
    const cut = `(FROM process WHERE started >= make_timestamp_ns($${name}From::BIGINT) AND started < make_timestamp_ns($${name}To::BIGINT))`;
    pieces.push(usageOfProcesses(cut));
  };
  const hasWholeDays = firstDay === undefined || lastDay === undefined || firstDay < lastDay;
  if (!hasWholeDays) {
    addCut("only", since ?? 0n, until ?? 0n);
  } else {
    if (since !== undefined && firstDay !== undefined) addCut("first", since, firstDay * DAY);
    if (until !== undefined && lastDay !== undefined) addCut("last", lastDay * DAY, until);
    if (firstDay !== undefined) values["firstDay"] = Number(firstDay);
    if (lastDay !== undefined) values["lastDay"] = Number(lastDay);
    pieces.push(
      `FROM usage WHERE ${condition([
        firstDay !== undefined && "day >= DATE '1970-01-01' + $firstDay::INTEGER",
        lastDay !== undefined && "day < DATE '1970-01-01' + $lastDay::INTEGER",
      ])}`,
    );
  }
  if (pieces.length === 0) pieces.push("FROM usage WHERE false");
  return { sql: pieces.map((piece) => `(${piece})`).join(" UNION ALL "), values };
}

/** The condition that a process `p` started in a span. */
export function startedIn(span: Span): Piece {
  const { since, until } = held(span);
  const parts: string[] = [];
  const values: Record<string, EngineValue> = {};
  if (since !== undefined) {
    parts.push("p.started >= make_timestamp_ns($since::BIGINT)");
    values["since"] = since;
  }
  if (until !== undefined) {
    parts.push("p.started < make_timestamp_ns($until::BIGINT)");
    values["until"] = until;
  }
  return { sql: parts.join(" AND ") || "true", values };
}
