import type { Answer } from "../../client/index.js";
import { jsonRow, jsonRows, rows, type SqlFragment } from "../database/rows.js";
import { isoTime, isoTimeOrNull } from "../frames/json.js";
import type { Context } from "./question.js";
import { MINUTE_NS, type Span, within } from "./span.js";
import { usageIn } from "./usage.js";

type Coverage = Pick<Answer<"overview">, "span" | "completeness">;

/** The first fields of every answer: the span that it covers, and how complete the data of that span are. */
export async function coverageOf(context: Context, span: Span): Promise<Coverage> {
  const { connection } = context;
  const minutes = minutesIn(span);
  const frames = await jsonRows<{ kind: string; reason: string | null; frames: number; first: string }>(
    connection,
    `SELECT kind, reason, sum(frames)::BIGINT AS frames, min("minute") AS first
    FROM accounting WHERE ${minutes.sql} GROUP BY kind, reason`,
    minutes.values,
  );
  const usage = await usageIn(context, span);
  const { ended, ...sums } = await jsonRow<Record<"processes" | "incomplete" | "unchecked" | "ended", number>>(
    connection,
    `WITH used AS (${usage.sql}),
    per AS (SELECT program, sum(processes) AS n, sum(incomplete) AS incomplete, sum(ended) AS ended FROM used GROUP BY program)
    SELECT coalesce(sum(n), 0)::BIGINT AS processes, coalesce(sum(per.incomplete), 0)::BIGINT AS incomplete,
      coalesce(sum(n) FILTER (f.verdict = 'unchecked'), 0)::BIGINT AS unchecked, coalesce(sum(per.ended), 0)::BIGINT AS ended
    FROM per JOIN finding f ON f.id = per.program`,
    usage.values,
  );
  const ofKind = (kind: string) => frames.filter((row) => row.kind === kind);
  const total = (kind: string) => ofKind(kind).reduce((sum, row) => sum + row.frames, 0);
  const byReason = (kind: string) => Object.fromEntries(ofKind(kind).map((row) => [row.reason ?? "", row.frames]));
  return {
    span: await namedSpan(context, span),
    completeness: {
      stored: total("stored"),
      duplicate: total("duplicate"),
      rejected: byReason("rejected"),
      dropped: byReason("dropped"),
      kernelDropped: total("kernelDropped"),
      unseenMinutes: await unseenMinutes(context, span),
      countedSince: ofKind("received")[0]?.first ?? null,
      ...sums,
      withoutEnd: Math.max(0, sums.processes - ended),
      rollupLag: context.rollupLag,
    },
  };
}

/** The span as answers state it: an open one begins at the first process and ends now. */
async function namedSpan({ connection, now }: Context, { since, until }: Span): Promise<Coverage["span"]> {
  const [first] =
    since === undefined
      ? await rows<{ first: bigint | null }>(connection, "SELECT epoch_ns(min(first_use)) AS first FROM usage")
      : [];
  return { since: isoTimeOrNull(since ?? first?.first ?? null), until: isoTime(until ?? now) };
}

/**
 * Number of minutes of the span for which no collector counted frames. It leaves out the time before the first count, and
 * the current minute, whose counts are not yet stored.
 */
async function unseenMinutes({ connection, now }: Context, { since, until }: Span): Promise<number> {
  const [ever] = await rows<{ first: bigint | null }>(
    connection,
    `SELECT epoch_ns(min("minute")) AS first FROM accounting`,
  );
  const first = ever?.first ?? now;
  const begin = since === undefined || since < first ? first : minuteOf(since);
  const end =
    until === undefined || until > now - MINUTE_NS ? minuteOf(now - MINUTE_NS) : minuteOf(until + MINUTE_NS - 1n);
  if (end <= begin) return 0;
  const { minutes } = await jsonRow<{ minutes: number }>(
    connection,
    `SELECT count(DISTINCT "minute") AS minutes FROM accounting
    WHERE kind = 'received' AND "minute" >= make_timestamp_ns($begin::BIGINT) AND "minute" < make_timestamp_ns($end::BIGINT)`,
    { begin, end },
  );
  return Number((end - begin) / MINUTE_NS) - minutes;
}

/** The condition that the minute of a row of `accounting` overlaps a span. */
export const minutesIn = ({ since, until }: Span): SqlFragment =>
  within('"minute"', { since: since === undefined ? undefined : minuteOf(since), until });

/** The beginning of the minute of a time after 1970. */
const minuteOf = (time: bigint) => time - (time % MINUTE_NS);
