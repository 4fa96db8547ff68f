import type { Connection } from "../../database/engine.js";
import { jsonRow, rows } from "../../database/rows.js";
import { uuidOfDelivery } from "../../frames/delivery.js";
import { bucketOf, dayOfNanoseconds, KEY_WORDS, putKey, useOf } from "../../frames/frame-key.js";
import { uuidOfJobEvent } from "../../frames/identity.js";
import type { FeedRequests, FrameKeyPage } from "../feed-protocol.js";
import { readHead } from "./events.js";

const DAY_NS = 86_400_000_000_000;

/** Keys of the frames after a sequence, or of those received since a day when there is none, in the order of commits. */
export async function readFrameKeys(
  connection: Connection,
  { after, receivedSince, limit }: FeedRequests["frames"]["request"],
): Promise<FrameKeyPage> {
  const head = await readHead(connection);
  const from = after ?? (await lastBefore(connection, receivedSince)) ?? head;
  const upTo = Math.min(from + limit, head);
  if (upTo <= from) return { keys: new Uint32Array(0), upTo: Math.max(from, upTo), head };
  const range = { after: BigInt(from), up_to: BigInt(upTo) };
  const where = "WHERE sequence > $after AND sequence <= $up_to";
  const day = (column: string) => `(epoch_ns(${column}) // ${DAY_NS})::INTEGER`;
  const own = `${where} AND agent IS NULL`;
  const found = await connection.runAndReadAll(
    `SELECT uuid::VARCHAR, 0, ${day("started")}, ${day("received")} FROM process ${own}
    UNION ALL SELECT uuid::VARCHAR, part * 2, NULL, coalesce(${day("received")}, 0) FROM process_part ${own}
    UNION ALL SELECT uuid::VARCHAR, part * 2 + 1, ${day("ended")}, ${day("received")} FROM process_end ${own}`,
    range,
  );
  const delivered = ["process", "process_part", "process_end"].map(
    (table) =>
      `SELECT agent, agent_epoch::VARCHAR AS epoch, agent_sequence AS "sequence", ${day("received")} AS received FROM ${table}
      ${where} AND agent IS NOT NULL`,
  );
  const deliveries = await rows<{ agent: string; epoch: string; sequence: bigint; received: number }>(
    connection,
    delivered.join(" UNION ALL "),
    range,
  );
  const events = await rows<{
    kind: "start" | "end";
    job: string;
    cluster: string | null;
    happened: bigint;
    received: number;
  }>(
    connection,
    `SELECT kind, job, cluster, epoch_ns(happened) AS happened, ${day("received")} AS received FROM job_event ${where}`,
    range,
  );
  const [uuids = [], uses = [], days = [], received = []] = found.getColumns() as [
    string[],
    number[],
    number[],
    number[],
  ];
  const keys = new Uint32Array((uuids.length + deliveries.length + events.length) * KEY_WORDS);
  let at = 0;
  for (const [index, uuid] of uuids.entries()) {
    putKey(keys, at, uuid, uses[index] ?? 0, bucketOf(days[index] ?? undefined, received[index] ?? 0));
    at += KEY_WORDS;
  }
  for (const delivery of deliveries) {
    putKey(keys, at, uuidOfDelivery(delivery), useOf("start", 0), bucketOf(undefined, delivery.received));
    at += KEY_WORDS;
  }
  for (const { kind, job, cluster, happened, received: receivedDay } of events) {
    const time = { nanoseconds: happened };
    const uuid = uuidOfJobEvent({ type: `job-${kind}`, job, cluster: cluster ?? undefined, time });
    putKey(keys, at, uuid, useOf("start", 0), bucketOf(dayOfNanoseconds(happened), receivedDay));
    at += KEY_WORDS;
  }
  return { keys, upTo, head };
}

/** The sequence before that of the first frame received since a day; undefined when there is none. */
async function lastBefore(connection: Connection, day: number): Promise<number | undefined> {
  const { first } = await jsonRow<{ first: number | null }>(
    connection,
    `SELECT min(first) AS first FROM (
      SELECT min(sequence) AS first FROM process WHERE received >= make_timestamp_ns($since::BIGINT)
      UNION ALL SELECT min(sequence) FROM process_part WHERE received >= make_timestamp_ns($since::BIGINT)
      UNION ALL SELECT min(sequence) FROM process_end WHERE received >= make_timestamp_ns($since::BIGINT)
      UNION ALL SELECT min(sequence) FROM job_event WHERE received >= make_timestamp_ns($since::BIGINT))`,
    { since: BigInt(day) * BigInt(DAY_NS) },
  );
  return first === null ? undefined : first - 1;
}
