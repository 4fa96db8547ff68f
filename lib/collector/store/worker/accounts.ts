import type { Connection } from "../../database/engine.js";
import { jsonRow } from "../../database/rows.js";
import type { FrameCount } from "../../frames/counts.js";

/** Adds frame counts to those of a minute, given in nanoseconds since the epoch. */
export async function addFrameCounts(
  connection: Connection,
  minute: bigint,
  counts: readonly FrameCount[],
): Promise<undefined> {
  for (const { kind, reason, frames } of counts) {
    await connection.run(
      "INSERT INTO accounting VALUES (make_timestamp_ns($minute::BIGINT), $kind, $reason, $frames::BIGINT)",
      { minute, kind, reason, frames: BigInt(frames) },
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
