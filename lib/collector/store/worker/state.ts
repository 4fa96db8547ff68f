import type { Connection } from "../../database/engine.js";
import { jsonRow, rows } from "../../database/rows.js";
import type { Numbers, StoreState } from "../protocol.js";
import { readKnown } from "./known.js";

export async function readState(connection: Connection): Promise<StoreState> {
  const numbers = await jsonRow<Omit<Numbers, "sequence">>(
    connection,
    `SELECT (SELECT coalesce(max(id), 0) FROM object) AS object, (SELECT coalesce(max(id), 0) FROM finding) AS finding,
      (SELECT coalesce(max(list), 0) FROM object_list) AS objectList,
      (SELECT coalesce(max(list), 0) FROM text_list) AS textList`,
  );
  const meta = await rows<{ key: string; value: string }>(connection, "FROM meta");
  const numbered = (key: string) => Number(meta.find((row) => row.key === key)?.value ?? 0);
  return {
    lastBatch: numbered("last_batch"),
    known: await readKnown(connection),
    numbers: { ...numbers, sequence: numbered("last_sequence") },
  };
}
