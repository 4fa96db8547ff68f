import type { Answer } from "../../client/index.js";
import { rows } from "../database/rows.js";
import { isoTime } from "../json.js";
import type { Context } from "./question.js";
import { namedSpan, type Span } from "./span.js";
import { usageIn } from "./usage.js";

type Completeness = Answer<"overview">["completeness"];

const MINUTE = 60_000_000_000n;

/** What every answer begins with: which time it covers, and how complete the data of that time are. */
export async function coverageOf(
  context: Context,
  span: Span,
): Promise<{ span: Answer<"overview">["span"]; completeness: Completeness }> {
  const { connection } = context;
  const counted = await rows<{ kind: string; reason: string | null; frames: bigint; minutes: bigint; first: bigint }>(
    connection,
    `SELECT kind, reason, sum(frames)::BIGINT AS frames, count(*) AS minutes, epoch_ns(min("minute")) AS first
    FROM accounting WHERE ${minuteIn(span)} GROUP BY ALL`,
    { since: span.since ?? 0n, until: span.until ?? 0n },
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
      unseenMinutes: running === undefined ? 0 : unseen(context.now, span, running.first, Number(running.minutes)),
      countedSince: running === undefined ? null : isoTime(running.first),
      processes,
      incomplete: Number(known?.incomplete ?? 0n),
      unchecked: Number(known?.unchecked ?? 0n),
      withoutEnd: Math.max(0, processes - Number(known?.ended ?? 0n)),
      undigested: context.undigested,
    },
  };
}

/** Minutes since the first counted one that have no row. The one that is going on is not counted yet. */
function unseen(now: bigint, { until }: Span, first: bigint, minutes: number): number {
  const end = until === undefined || until > now ? now - MINUTE : until;
  return Math.max(0, Number((end - first) / MINUTE) - minutes);
}

/** The condition that a row of `accounting` lies in a span. */
export const minuteIn = ({ since, until }: Span) =>
  [
    since === undefined ? "true" : `"minute" >= make_timestamp_ns($since::BIGINT)`,
    until === undefined ? "true" : `"minute" < make_timestamp_ns($until::BIGINT)`,
  ].join(" AND ");
