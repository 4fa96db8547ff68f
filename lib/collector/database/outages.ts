import { heartbeatPath, readClock, readHeartbeat } from "../shared/heartbeat.js";
import { type Outage, outageUntil } from "../shared/outage.js";
import type { Connection } from "./engine.js";
import { COPIED } from "./lost-commits.js";
import { rows } from "./rows.js";
import { inTransaction } from "./transaction.js";

/** Key of `meta`: since when outages are known, in nanoseconds since the epoch. */
export const KNOWN_SINCE = "known_since";

const time = (value: string) => `make_timestamp_ns(${value}::BIGINT)`;
const nanoseconds = (milliseconds: number) => BigInt(milliseconds) * 1_000_000n;

/** An outage of which only the store tells the beginning begins after the last minute in which frames were counted. */
const ROW = `
  SELECT coalesce(
      ${time("$began")},
      (SELECT least(max("minute") + INTERVAL 1 MINUTE, ${time("$ended")}) FROM accounting WHERE kind = 'received'),
      ${time("$ended")}
    )::TIMESTAMP_NS AS began, ${time("$ended")} AS ended, $how AS how`;

const valuesOf = ({ began, ended, how }: Outage) => ({
  began: began === undefined ? null : nanoseconds(began),
  ended: nanoseconds(ended),
  how,
});

/**
 * Records the outage that the start of a collector ends; the first start of an empty store ends none.
 *
 * @param corrected - end of the outage that was recorded at this start by a clock that has been set since, in milliseconds.
 */
export async function recordOutage(connection: Connection, outage: Outage, corrected?: number): Promise<void> {
  await inTransaction(connection, async () => {
    const before = corrected === undefined ? undefined : nanoseconds(corrected);
    const known = await knownSince(connection);
    if (known === undefined || known === before) {
      const value = `${nanoseconds(outage.ended)}`;
      await connection.run(`INSERT OR REPLACE INTO meta VALUES ('${KNOWN_SINCE}', $value)`, { value });
      return;
    }
    if (before !== undefined) await connection.run(`DELETE FROM outage WHERE ended = ${time("$before")}`, { before });
    await connection.run(`INSERT INTO outage ${ROW}`, valuesOf(outage));
  });
}

/** Since when outages are known, in nanoseconds since the epoch; undefined for a store that no collector has opened. */
export async function knownSince(connection: Connection): Promise<bigint | undefined> {
  const [found] = await rows<{ since: bigint }>(
    connection,
    `SELECT "value"::BIGINT AS since FROM meta WHERE "key" = '${KNOWN_SINCE}'`,
  );
  return found?.since;
}

/** Adds the outage that lasts, to a temporary table that hides the one of the store: no collector has it open. */
export async function addPresentOutage(connection: Connection, path: string): Promise<void> {
  if ((await knownSince(connection)) === undefined) return;
  const [copy] = await rows<{ value: string }>(connection, `SELECT "value" FROM meta WHERE "key" = '${COPIED}'`);
  const copied = copy === undefined ? undefined : Date.parse(copy.value);
  const outage = outageUntil(readClock(), readHeartbeat(heartbeatPath(path)), copied);
  await connection.run("CREATE TEMP TABLE outage AS FROM main.outage");
  await connection.run(`INSERT INTO temp.outage ${ROW}`, valuesOf(outage));
}
