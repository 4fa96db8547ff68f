import type { Answer } from "../../client/index.js";
import { rows } from "../database/rows.js";
import { isoTime } from "../frames/json.js";
import type { Context } from "./question.js";
import { namedSpan, type Span } from "./span.js";
import { type Piece, usageIn, within } from "./usage.js";

type Completeness = Answer<"overview">["completeness"];

const MINUTE = 60_000_000_000n;

/** What every answer begins with: which time it covers, and how complete the data of that time are. */
export async function coverageOf(
  context: Context,
  span: Span,
): Promise<{ span: Answer<"overview">["span"]; completeness: Completeness }> {
  const { connection } = context;
  const minutes = minutesIn(span);
  const counted = await rows<{ kind: string; reason: string | null; frames: bigint; first: bigint }>(
    connection,
    `SELECT kind, reason, sum(frames)::BIGINT AS frames, epoch_ns(min("minute")) AS first
    FROM accounting WHERE ${minutes.sql} GROUP BY kind, reason`,
    minutes.values,
  );
  const running = counted.find(({ kind }) => kind === "received");
  const usage = await usageIn(context, span);
  const [known] = await rows<Record<"processes" | "incomplete" | "unchecked" | "ended", bigint | null>>(
    connection,
    `WITH used AS (${usage.sql}),
    per AS (SELECT program, sum(processes) AS n, sum(incomplete) AS incomplete, sum(ended) AS ended FROM used GROUP BY program)
    SELECT sum(n)::BIGINT AS processes, sum(per.incomplete)::BIGINT AS incomplete, sum(per.ended)::BIGINT AS ended,
      (sum(n) FILTER (f.verdict = 'unchecked'))::BIGINT AS unchecked
    FROM per JOIN finding f ON f.id = per.program`,
    usage.values,
  );
  const total = (kind: string) => counted.reduce((sum, row) => sum + (row.kind === kind ? Number(row.frames) : 0), 0);
  const byReason = (kind: string) =>
    Object.fromEntries(
      counted.filter((row) => row.kind === kind).map(({ reason, frames }) => [reason ?? "", Number(frames)]),
    );
  const processes = Number(known?.processes ?? 0n);
  return {
    span: await namedSpan(context, span),
    completeness: {
      stored: total("stored"),
      duplicate: total("duplicate"),
      rejected: byReason("rejected"),
      dropped: byReason("dropped"),
      kernelDropped: total("kernelDropped"),
      unseenMinutes: await unseenMinutes(context, span),
      countedSince: running === undefined ? null : isoTime(running.first),
      processes,
      incomplete: Number(known?.incomplete ?? 0n),
      unchecked: Number(known?.unchecked ?? 0n),
      withoutEnd: Math.max(0, processes - Number(known?.ended ?? 0n)),
      rollupLag: context.rollupLag,
    },
  };
}

/** Minutes of the span, since the first that was ever counted, that have no row. The one that is going on has none yet. */
async function unseenMinutes({ connection, now }: Context, { since, until }: Span): Promise<number> {
  const [ever] = await rows<{ first: bigint | null }>(
    connection,
    `SELECT epoch_ns(min("minute")) AS first FROM accounting`,
    {},
  );
  const first = ever?.first ?? now;
  const begin = since === undefined || since < first ? first : minuteOf(since);
  const end = until === undefined || until > now - MINUTE ? minuteOf(now - MINUTE) : minuteOf(until + MINUTE - 1n);
  if (end <= begin) return 0;
  const [seen] = await rows<{ minutes: bigint }>(
    connection,
    `SELECT count(DISTINCT "minute") AS minutes FROM accounting
    WHERE kind = 'received' AND "minute" >= make_timestamp_ns($begin::BIGINT) AND "minute" < make_timestamp_ns($end::BIGINT)`,
    { begin, end },
  );
  return Number((end - begin) / MINUTE) - Number(seen?.minutes ?? 0n);
}

/** The condition that a row of `accounting` is of a minute that the span has a part of. */
export const minutesIn = ({ since, until }: Span): Piece =>
  within('"minute"', { since: since === undefined ? undefined : minuteOf(since), until });

/** The beginning of a time's minute; before 1970 that of the next one, when nothing was counted. */
const minuteOf = (time: bigint) => time - (time % MINUTE);
