import type { Connection } from "../../database/engine.js";
import { jsonRow, rows } from "../../database/rows.js";
import { uuidOfJobEvent } from "../../frames/identity.js";
import type { Numbers, StoreState } from "../protocol.js";
import { readKnown } from "./known.js";

/** Limits the frames of each kind, the newest first, whose duplicates are recognized after a start. */
const MAX_SEEN_FRAMES = 100_000;

export async function readState(connection: Connection): Promise<StoreState> {
  const numbers = await jsonRow<Omit<Numbers, "sequence">>(
    connection,
    `SELECT (SELECT coalesce(max(id), 0) FROM object) AS object, (SELECT coalesce(max(id), 0) FROM finding) AS finding,
      (SELECT coalesce(max(list), 0) FROM object_list) AS objectList,
      (SELECT coalesce(max(list), 0) FROM text_list) AS textList`,
  );
  const seen = await rows<{ uuid: object; kind: "start" | "end"; part: number }>(
    connection,
    // By sequence rather than time: the clock may have been wrong.
    `(SELECT uuid, 'start' AS kind, 0 AS part FROM process ORDER BY sequence DESC LIMIT $limit)
    UNION ALL (SELECT uuid, 'start', part FROM process_part ORDER BY sequence DESC LIMIT $limit)
    UNION ALL (SELECT uuid, 'end', part FROM process_end ORDER BY sequence DESC LIMIT $limit)`,
    { limit: MAX_SEEN_FRAMES },
  );
  const events = await rows<{ kind: "start" | "end"; job: string; happened: bigint }>(
    connection,
    "SELECT kind, job, epoch_ns(happened) AS happened FROM job_event ORDER BY sequence DESC LIMIT $limit",
    { limit: MAX_SEEN_FRAMES },
  );
  const meta = await rows<{ key: string; value: string }>(connection, "FROM meta");
  const numbered = (key: string) => Number(meta.find((row) => row.key === key)?.value ?? 0);
  return {
    lastBatch: numbered("last_batch"),
    known: await readKnown(connection),
    numbers: { ...numbers, sequence: numbered("last_sequence") },
    seen: [
      ...seen.map(({ uuid, kind, part }) => ({ uuid: `${uuid}`, kind, part })),
      ...events.map(({ kind, job, happened }) => ({
        uuid: uuidOfJobEvent(`job-${kind}`, job, happened),
        kind: "start" as const,
        part: 0,
      })),
    ],
  };
}
