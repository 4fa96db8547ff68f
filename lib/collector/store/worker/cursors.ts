import type { Connection } from "../../database/engine.js";
import { rows } from "../../database/rows.js";
import type { Cursors } from "../feed-protocol.js";
import { readHead } from "./events.js";

/*
 * Cursors of readers of events. They are kept in the store beside the events, so that a restored backup, a rewritten store
 * and a crash all leave both at the same point.
 */

const PREFIX = "reader:";

export async function readCursors(connection: Connection): Promise<Cursors> {
  const found = await rows<{ key: string; value: string }>(
    connection,
    `SELECT "key", "value" FROM meta WHERE starts_with("key", '${PREFIX}')`,
  );
  return {
    readers: Object.fromEntries(found.map(({ key, value }) => [key.slice(PREFIX.length), Number(value)])),
    head: await readHead(connection),
  };
}

export async function commitCursor(connection: Connection, reader: string, sequence: number): Promise<void> {
  await connection.run("INSERT OR REPLACE INTO meta VALUES ($key, $sequence)", {
    key: `${PREFIX}${reader}`,
    sequence: `${sequence}`,
  });
}
