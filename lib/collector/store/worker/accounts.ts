import { systemReason } from "../../../files/file-errors.js";
import { type Connection, isInterrupt } from "../../database/engine.js";
import { jsonRow, jsonRows, rows } from "../../database/rows.js";
import { inTransaction } from "../../database/transaction.js";
import type { UnaccountedFrames } from "../../frames/counts.js";
import { type FrameCount, FramesByMinute } from "../../frames/minutes.js";

/** Keys of `meta`: the identity of the last account, and the last record that is accounted for as stored. */
const MARK = "account";
const ACCOUNTED = "accounted_sequence";

/** Records of frames; amendments come without one. */
const FRAME_TABLES = ["process", "process_part", "process_end", "job_event"] as const;

/** Received frames of each minute without an outcome; negative where more have an outcome. */
const WITHOUT_OUTCOME = `
  SELECT "minute", sum(CASE kind WHEN 'received' THEN frames WHEN 'kernelDropped' THEN 0 ELSE -frames END)::BIGINT AS frames
  FROM accounting GROUP BY "minute"`;

/** Adds counts of the main thread, and what was stored since the last account. */
export async function account(
  connection: Connection,
  { mark, counts }: { readonly mark: string; readonly counts: readonly FrameCount[] },
): Promise<undefined> {
  const stored = await readStored(connection);
  await inTransaction(connection, async () => {
    await addCounts(connection, counts);
    await addStored(connection, stored);
    await setMeta(connection, MARK, mark);
  });
}

/**
 * Completes the accounting of the last collector, which may have been killed: no frame is in flight at a start. What has no
 * outcome then was lost; what has one and no reception was received after the last heartbeat.
 *
 * @param left - what the last heartbeat says that the accounting lacked.
 */
export async function completeAccounts(connection: Connection, left: UnaccountedFrames | undefined): Promise<void> {
  const stored = await readStored(connection);
  await inTransaction(connection, async () => {
    const mark = await metaValue(connection, MARK);
    if (mark !== undefined && left?.mark === mark) await addCounts(connection, left.counts);
    await addStored(connection, stored);
    await connection.run(
      `INSERT INTO accounting
      SELECT "minute", if(frames > 0, 'dropped', 'received'), if(frames > 0, 'killed', NULL), abs(frames)
      FROM (${WITHOUT_OUTCOME}) WHERE frames <> 0`,
    );
    // The heartbeat stays until the next one: it must not be counted twice.
    await connection.run(`DELETE FROM meta WHERE "key" = '${MARK}'`);
  });
}

/** Counts the records since the last account as stored frames, by the minute of their reception. */
export async function countStored(connection: Connection): Promise<void> {
  const stored = await readStored(connection);
  await inTransaction(connection, () => addStored(connection, stored));
}

interface Stored {
  readonly upTo: bigint;
  readonly counts: readonly FrameCount[];
}

/** The records since the last account. Those of a table with damaged blocks are lost, and do not count. */
async function readStored(connection: Connection): Promise<Stored> {
  const after = BigInt((await metaValue(connection, ACCOUNTED)) ?? 0);
  const upTo = BigInt((await metaValue(connection, "last_sequence")) ?? 0);
  const byMinute = new FramesByMinute();
  for (const table of after < upTo ? FRAME_TABLES : []) {
    try {
      const found = await jsonRows<{ minute: number; frames: number }>(
        connection,
        `SELECT epoch_ms(date_trunc('minute', received)) AS minute, count(*) AS frames FROM ${table}
        WHERE sequence > $after AND sequence <= $upTo AND received IS NOT NULL GROUP BY minute`,
        { after, upTo },
      );
      for (const { minute, frames } of found) byMinute.add(minute, "stored", frames);
    } catch (error) {
      if (isInterrupt(error) || systemReason(error) !== undefined) throw error;
    }
  }
  return { upTo, counts: byMinute.take() };
}

async function addStored(connection: Connection, { upTo, counts }: Stored): Promise<void> {
  await addCounts(connection, counts);
  await setMeta(connection, ACCOUNTED, `${upTo}`);
}

async function addCounts(connection: Connection, counts: readonly FrameCount[]): Promise<void> {
  for (const { minute, kind, reason, frames } of counts) {
    await connection.run(
      "INSERT INTO accounting VALUES (make_timestamp_ns($minute::BIGINT), $kind, $reason, $frames)",
      {
        minute: BigInt(minute) * 1_000_000n,
        kind,
        reason,
        frames: BigInt(frames),
      },
    );
  }
}

/** The number of processes received before a time, in nanoseconds since the epoch, and the number of all. */
export function countProcesses(
  connection: Connection,
  before: bigint,
): Promise<{ readonly older: number; readonly all: number }> {
  return jsonRow(
    connection,
    `SELECT count(*) FILTER (epoch_ns(received) < $before) AS older, count(*) AS "all" FROM process`,
    { before },
  );
}

async function metaValue(connection: Connection, key: string): Promise<string | undefined> {
  const [found] = await rows<{ value: string }>(connection, `SELECT "value" FROM meta WHERE "key" = $key`, { key });
  return found?.value;
}

async function setMeta(connection: Connection, key: string, value: string): Promise<void> {
  await connection.run("INSERT OR REPLACE INTO meta VALUES ($key, $value)", { key, value });
}
