import { OgrtError } from "../../errors.js";
import type { SqlFragment } from "../database/rows.js";

export const SECOND_NS = 1_000_000_000n;
export const MINUTE_NS = 60n * SECOND_NS;
export const HOUR_NS = 60n * MINUTE_NS;
export const DAY_NS = 24n * HOUR_NS;

/** A span of time, in nanoseconds since the epoch; undefined where it is open. */
export interface Span {
  readonly since: bigint | undefined;
  /** End of the span, exclusive. */
  readonly until: bigint | undefined;
}

const TIME_FORMAT = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?$/;
/** Years that TIMESTAMP_NS can hold. */
const FIRST_YEAR = 1700;
const LAST_YEAR = 2250;
/** The last time that a process can have. DuckDB reads 2^63 - 1 as infinity. */
const LAST_TIME = 2n ** 63n - 2n;

/** All times. */
export const EVER: Span = { since: undefined, until: undefined };

/** The span that a request asks for. @throws {@link OgrtError} INVALID_PARAMETER, with the parameter's name as value. */
export function parseSpan({ since, until }: { since?: string | undefined; until?: string | undefined }): Span {
  const span = { since: parseTime("since", since), until: parseTime("until", until) };
  if (span.since !== undefined && span.until !== undefined && span.until <= span.since) {
    throw new OgrtError("INVALID_PARAMETER", "until must be later than since", { value: "until" });
  }
  return span;
}

/** Parses a date (UTC), or a date and time with `Z` or an offset. */
export function parseTime(name: string, text: string | undefined): bigint | undefined {
  if (text === undefined) return undefined;
  const time = TIME_FORMAT.test(text) ? new Date(text) : undefined;
  const year = time?.getUTCFullYear() ?? Number.NaN;
  const isDay =
    time !== undefined && new Date(`${text.slice(0, 10)}T00:00:00Z`).getUTCDate() === Number(text.slice(8, 10));
  if (time === undefined || !isDay || !(year >= FIRST_YEAR && year <= LAST_YEAR)) {
    const sentence = `${name} must be a date such as 2026-11-22 or a time such as 2026-11-22T08:00:00Z, not "${text.slice(0, 40)}"`;
    throw new OgrtError("INVALID_PARAMETER", sentence, { value: name });
  }
  // Date holds milliseconds only; answers have nanoseconds.
  const [, fraction = ""] = /\.(\d+)/.exec(text) ?? [];
  return BigInt(Math.floor(time.getTime() / 1000)) * SECOND_NS + BigInt(fraction.padEnd(9, "0"));
}

/** Opens a span whose end lies after the last time. */
export const reachable = ({ since, until }: Span): Span => ({
  since,
  until: until === undefined || until > LAST_TIME ? undefined : until,
});

/** The condition that a process `p` started in a span. */
export const startedIn = (span: Span): SqlFragment => within("p.started", span);

/** The condition that a time lies in a span. */
export function within(time: string, span: Span): SqlFragment {
  const { since, until } = reachable(span);
  const conditions = [
    ...(since === undefined ? [] : [`${time} >= make_timestamp_ns($since::BIGINT)`]),
    ...(until === undefined ? [] : [`${time} < make_timestamp_ns($until::BIGINT)`]),
  ];
  return { sql: conditions.join(" AND ") || "true", values: { since: since ?? 0n, until: until ?? 0n } };
}

/** The smallest span that holds two of {@link spanOfStarts}, of which one or both may be of no processes. */
export function unionOf(one: Span, other: Span): Span {
  if (one.since === undefined || one.until === undefined) return other;
  if (other.since === undefined || other.until === undefined) return one;
  return {
    since: one.since < other.since ? one.since : other.since,
    until: one.until > other.until ? one.until : other.until,
  };
}

/** The span from the first to the last start of some processes. */
export const spanOfStarts = (found: { first: bigint | null; last: bigint | null } | undefined): Span =>
  found?.first == null || found.last === null ? EVER : { since: found.first, until: found.last + 1n };
