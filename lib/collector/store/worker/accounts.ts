import type { Connection } from "../../database/engine.js";
import { rows } from "../../database/rows.js";
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

/** How many processes were received before a time (nanoseconds since the epoch), and how many there are. */
export async function countProcesses(
  connection: Connection,
  before: bigint,
): Promise<{ readonly older: number; readonly all: number }> {
  const [row] = await rows<{ older: bigint; all_rows: bigint }>(
    connection,
    "SELECT count(*) FILTER (epoch_ns(received) < $before) AS older, count(*) AS all_rows FROM process",
    { before },
  );
  return { older: Number(row?.older ?? 0), all: Number(row?.all_rows ?? 0) };
}
