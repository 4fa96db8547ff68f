import { OF_PROCESS } from "../amendments.js";
import type { Connection } from "../engine.js";
import { PROCESS_COLUMNS } from "../expressions.js";
import { execute, jsonRow, rows } from "../rows.js";
import { MAX_DISORDER_SEQUENCES } from "../schema.js";

/** The condition on facts that a step rolls them up: the sequence numbers after `$since` up to `$upTo`. */
export const IN_STEP = "sequence > $since AND sequence <= $upTo";
/** The condition on facts that those of this step may belong to their processes. */
export const IS_RECENT = `sequence > $since - ${MAX_DISORDER_SEQUENCES}`;

const SUBJECT_COLUMNS = `sequence, ${PROCESS_COLUMNS}`;

/**
 * `subject`: the processes of which an end, a later part or an amendment came in this step. They are looked for among the
 * newest, and those that started when the ends of this step say: reading the uuid of each process would take seconds.
 */
const SUBJECT = `
  CREATE OR REPLACE TEMP TABLE subject AS
  WITH wanted AS (
    SELECT uuid FROM process_end WHERE ${IN_STEP} UNION SELECT uuid FROM process_part WHERE ${IN_STEP}
    UNION SELECT uuid FROM amendment WHERE ${OF_PROCESS} AND ${IN_STEP}
  )
  SELECT ${SUBJECT_COLUMNS} FROM process WHERE ${IS_RECENT} AND sequence <= $upTo AND uuid IN (FROM wanted)
  UNION ALL SELECT ${SUBJECT_COLUMNS} FROM process
  WHERE NOT (${IS_RECENT}) AND started >= make_timestamp_ns($first::BIGINT) AND started <= make_timestamp_ns($last::BIGINT)
    AND uuid IN (FROM wanted)`;

/** Processes that are there and not in `subject`: amended ones, and those of ends that do not say when they started. */
const MISSED = `
  CREATE OR REPLACE TEMP TABLE missed AS
  FROM (
    SELECT uuid FROM amendment WHERE ${OF_PROCESS} AND ${IN_STEP}
    UNION SELECT uuid FROM process_end WHERE ${IN_STEP} AND started IS NULL
  ) WHERE uuid NOT IN (SELECT uuid FROM subject)`;
const MISSED_SUBJECT = `
  INSERT INTO subject SELECT ${SUBJECT_COLUMNS} FROM process WHERE NOT (${IS_RECENT}) AND uuid IN (FROM missed)`;

/** When the ends of this step say that their processes started. */
const STARTS = `
  SELECT epoch_ns(min(started)) AS first, epoch_ns(max(started)) AS last FROM process_end WHERE ${IN_STEP}`;
/** An end may state a start by another clock than the start itself. */
const MAX_CLOCK_DIFFERENCE_NS = 86_400_000_000_000n;
const LAST_TIME_NS = 2n ** 63n - 2n - MAX_CLOCK_DIFFERENCE_NS;
const max = (one: bigint, other: bigint) => (one > other ? one : other);
const min = (one: bigint, other: bigint) => (one < other ? one : other);

/** Writes `subject`. Resolves with the first sequence of those processes of earlier steps that are amended. */
export async function writeSubject(connection: Connection, since: number, upTo: number): Promise<number> {
  const [starts] = await rows<{ first: bigint | null; last: bigint | null }>(connection, STARTS, { since, upTo });
  // Claimed times may be the first or last that the type can hold. Without a start, the range is empty.
  const first = starts?.first == null ? 1n : max(starts.first, -LAST_TIME_NS) - MAX_CLOCK_DIFFERENCE_NS;
  const last = starts?.last == null ? 0n : min(starts.last, LAST_TIME_NS) + MAX_CLOCK_DIFFERENCE_NS;
  await execute(connection, SUBJECT, { since, upTo, first, last });
  await execute(connection, MISSED, { since, upTo });
  const { missed } = await jsonRow<{ missed: number }>(connection, "SELECT count(*) AS missed FROM missed");
  if (missed > 0) await execute(connection, MISSED_SUBJECT, { since });
  const late = await jsonRow<{ first: number }>(
    connection,
    `SELECT coalesce(min(sequence), $since)::BIGINT AS first FROM subject
    WHERE sequence <= $since AND uuid IN (SELECT uuid FROM amendment WHERE ${OF_PROCESS} AND ${IN_STEP})`,
    { since, upTo },
  );
  return late.first;
}
