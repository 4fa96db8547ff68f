import type { Connection } from "../../database/engine.js";
import { rows } from "../../database/rows.js";
import type { Cursors } from "../feed-protocol.js";
import { readHead } from "./events.js";

/*
 * How far readers of events have come. It stands in the store itself, beside the events that it counts: a backup that is
 * put back, a copy without what was forgotten and a crash all leave both at the same point.
 */

const PREFIX = "reader:";

export async function readCursors(connection: Connection): Promise<Cursors> {
  const found = await rows<{ key: string; value: string }>(
    connection,
    `SELECT "key", "value" FROM meta WHERE starts_with("key", '${PREFIX}')`,
    {},
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
