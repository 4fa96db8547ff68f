import type { Answer } from "../../client/index.js";
import { knownSince } from "../database/outages.js";
import { jsonRow, jsonRows, rows, type SqlFragment } from "../database/rows.js";
import { isoTime, isoTimeOrNull } from "../frames/json.js";
import { notesOnSpan } from "./notes.js";
import { outagesIn } from "./outages.js";
import type { Context } from "./question.js";
import { MINUTE_NS, SECOND_NS, type Span, within } from "./span.js";
import { usageIn } from "./usage.js";

type Coverage = Pick<Answer<"overview">, "span" | "completeness">;

/** The first fields of every answer: the span that it covers, and how complete the data of that span are. */
export async function coverageOf(context: Context, span: Span, notes: readonly string[] = []): Promise<Coverage> {
  const { connection } = context;
  const minutes = minutesIn(span);
  const frames = await jsonRows<{ kind: string; reason: string | null; frames: number; first: string }>(
    connection,
    `SELECT kind, reason, sum(frames)::BIGINT AS frames, min("minute") AS first
    FROM accounting WHERE ${minutes.sql} GROUP BY kind, reason`,
    minutes.values,
  );
  const usage = await usageIn(context, span, "daily_usage");
  const { ended, ...sums } = await jsonRow<Record<"processes" | "incomplete" | "unchecked" | "ended", number>>(
    connection,
    `WITH used AS (${usage.sql})
    SELECT coalesce(sum(processes), 0)::BIGINT AS processes, coalesce(sum(incomplete), 0)::BIGINT AS incomplete,
      coalesce(sum(CASE WHEN program IN (SELECT id FROM finding WHERE verdict = 'unchecked') THEN processes END), 0)::BIGINT AS unchecked,
      coalesce(sum(ended), 0)::BIGINT AS ended
    FROM used`,
    usage.values,
  );
  const ofKind = (kind: string) => frames.filter((row) => row.kind === kind);
  const total = (kind: string) => ofKind(kind).reduce((sum, row) => sum + row.frames, 0);
  const outcomes = ["stored", "duplicate", "rejected", "dropped"].reduce((sum, kind) => sum + total(kind), 0);
  const byReason = (kind: string) => Object.fromEntries(ofKind(kind).map((row) => [row.reason ?? "", row.frames]));
  return {
    span: await namedSpan(context, span),
    completeness: {
      // After records were removed, those of the current minute are counted as stored before they are as received.
      received: Math.max(total("received"), outcomes),
      stored: total("stored"),
      duplicate: total("duplicate"),
      rejected: byReason("rejected"),
      dropped: byReason("dropped"),
      pending: Math.max(0, total("received") - outcomes),
      kernelDropped: total("kernelDropped"),
      countedSince: ofKind("received")[0]?.first ?? null,
      ...(await outagesIn(context, span)),
      ...sums,
      withoutStart: await withoutStart(context, span),
      withoutEnd: Math.max(0, sums.processes - ended),
      rollupLag: context.rollupLag,
      notes: sums.processes > 0 ? notes : [...notes, ...(await notesOnSpan(context, span))],
    },
  };
}

/** The span as answers state it: an open one begins at the first process and ends now, or where it begins. */
async function namedSpan({ connection, now }: Context, { since, until }: Span): Promise<Coverage["span"]> {
  const [first] =
    since === undefined
      ? await rows<{ first: bigint | null }>(connection, "SELECT epoch_ns(min(first_use)) AS first FROM daily_usage")
      : [];
  const end = since !== undefined && since > now ? since : now;
  return { since: isoTimeOrNull(since ?? first?.first ?? null), until: isoTime(until ?? end) };
}

/** Frames of a process may arrive in any order within this time. */
const MAX_DISORDER_NS = 10n * SECOND_NS;
/** The start of a parent may be lost that was sent this long before an outage, in flight when the collector was killed. */
const PARENT_DISORDER = "INTERVAL 10 SECONDS";

/**
 * Number of processes of the span whose start was lost, as their ends, later parts or children show. Of those that began
 * before anything is known, it may have been removed since.
 */
async function withoutStart({ connection, now }: Context, span: Span): Promise<number> {
  const started = within("started", span);
  const { processes } = await jsonRow<{ processes: number }>(
    connection,
    `WITH gone AS (
      FROM startless WHERE ${started.sql} AND epoch_ns(started) >= $known AND epoch_ns(received) < $settled
    ),
    parent AS (FROM lost_parent WHERE pid IS NOT NULL AND ${started.sql})
    SELECT (SELECT count(*) FROM gone) + (
      SELECT count(*) FROM parent p WHERE NOT EXISTS (
        FROM startless s WHERE s.pid = p.pid AND s.started <= p.started AND s.started > p.began - ${PARENT_DISORDER}
      )
    ) AS processes`,
    { ...started.values, known: (await knownSince(connection)) ?? 0n, settled: now - MAX_DISORDER_NS },
  );
  return processes;
}

/** The condition that the minute of a row of `accounting` overlaps a span. */
export const minutesIn = ({ since, until }: Span): SqlFragment =>
  within('"minute"', { since: since === undefined ? undefined : minuteOf(since), until });

/** The beginning of the minute of a time after 1970. */
const minuteOf = (time: bigint) => time - (time % MINUTE_NS);
