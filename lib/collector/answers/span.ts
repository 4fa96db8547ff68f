import type { Answer } from "../../client/index.js";
import { OgrtError } from "../../errors.js";
import { rows } from "../database/rows.js";
import { isoTime } from "../frames/json.js";
import type { Context } from "./question.js";

/** A span of time, in nanoseconds since the epoch; open where it has no end. */
export interface Span {
  readonly since: bigint | undefined;
  /** Exclusive. */
  readonly until: bigint | undefined;
}

const SHAPE = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?$/;
/** What TIMESTAMP_NS can hold, roughly. */
const FIRST_YEAR = 1700;
const LAST_YEAR = 2250;

/** @throws {@link OgrtError} INVALID_PARAMETER, with the parameter's name as value. */
export function parseSpan({ since, until }: { since?: string | undefined; until?: string | undefined }): Span {
  const span = { since: parseTime("since", since), until: parseTime("until", until) };
  if (span.since !== undefined && span.until !== undefined && span.until <= span.since) {
    throw new OgrtError("INVALID_PARAMETER", "until must be later than since", { value: "until" });
  }
  return span;
}

/** A date (UTC), or date and time with `Z` or an offset. */
export function parseTime(name: string, text: string | undefined): bigint | undefined {
  if (text === undefined) return undefined;
  const time = SHAPE.test(text) ? new Date(text) : undefined;
  const year = time?.getUTCFullYear() ?? Number.NaN;
  const isDay =
    time !== undefined && new Date(`${text.slice(0, 10)}T00:00:00Z`).getUTCDate() === Number(text.slice(8, 10));
  if (time === undefined || !isDay || !(year >= FIRST_YEAR && year <= LAST_YEAR)) {
    const sentence = `${name} must be a date or a time as 2026-11-22T08:00:00Z, not "${text.slice(0, 40)}"`;
    throw new OgrtError("INVALID_PARAMETER", sentence, { value: name });
  }
  // Date keeps milliseconds only, and answers have nanoseconds.
  const [, fraction = ""] = /\.(\d+)/.exec(text) ?? [];
  return BigInt(Math.floor(time.getTime() / 1000)) * 1_000_000_000n + BigInt(fraction.padEnd(9, "0"));
}

/** The span as answers name it: open ends are the first process and now. */
export async function namedSpan(
  { connection, now }: Context,
  { since, until }: Span,
): Promise<Answer<"overview">["span"]> {
  const [first] =
    since === undefined
      ? await rows<{ first: bigint | null }>(connection, "SELECT epoch_ns(min(first_use)) AS first FROM usage", {})
      : [];
  const from = since ?? first?.first ?? undefined;
  return { since: from === undefined ? null : isoTime(from), until: isoTime(until ?? now) };
}
