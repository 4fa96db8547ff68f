import { existsSync, renameSync, rmSync } from "node:fs";
import { type Connection, literal } from "../../database/engine.js";
import { COPIED } from "../../database/lost-commits.js";
import { KNOWN_SINCE } from "../../database/outages.js";
import { jsonRow, type SqlFragment } from "../../database/rows.js";
import { createStatements, FACT_TABLES, type FactTable, TABLE_NAMES } from "../../database/schema.js";
import { inTransaction } from "../../database/transaction.js";
import type { Drop } from "../protocol.js";

/*
 * Copies of a store without some of its rows. DuckDB releases disk space neither on DELETE nor on CHECKPOINT, so retention
 * and `forget` write the remaining rows into a new file, which then replaces the old one.
 */

/** The last copied row of each table. Tables grow at their end only. */
export type CopiedUpTo = Record<FactTable, number>;

const NOTHING = Object.fromEntries(FACT_TABLES.map((table) => [table, -1])) as CopiedUpTo;

/** Names of the attached databases: the copy, and the store that is copied unless it is the connection's own. */
const TARGET = "copy_target";
const SOURCE = "copy_source";

/** Starts a copy at `path` of the connection's store, or of the one at `from`, as it is now. */
export async function startCopy(connection: Connection, path: string, drop: Drop, from?: string): Promise<CopiedUpTo> {
  removeStore(path);
  await connection.run(`ATTACH ${literal(path)} AS ${TARGET}`);
  if (from !== undefined) await connection.run(`ATTACH ${literal(from)} AS ${SOURCE} (READ_ONLY)`);
  for (const statement of createStatements(`${TARGET}.`)) await connection.run(statement);
  return continueCopy(connection, drop, NOTHING, from === undefined ? "" : `${SOURCE}.`);
}

/** Copies the rows that were added since, in one transaction. */
export async function continueCopy(
  connection: Connection,
  drop: Drop,
  since: CopiedUpTo,
  source = "",
): Promise<CopiedUpTo> {
  const from = source === "" ? `${await currentDatabase(connection)}.` : source;
  return inTransaction(connection, async () => {
    const upTo: CopiedUpTo = { ...since };
    for (const table of FACT_TABLES) {
      const { last } = await jsonRow<{ last: number }>(
        connection,
        `SELECT coalesce(max(rowid), -1)::BIGINT AS last FROM ${from}${table}`,
      );
      upTo[table] = last;
      const { sql, values } = kept(table, drop, from);
      await connection.run(
        `INSERT INTO ${TARGET}.${table} SELECT * FROM ${from}${table}
        WHERE rowid > ${since[table]} AND rowid <= ${last} AND ${sql}`,
        values,
      );
    }
    for (const statement of dictionaryStatements(from)) await connection.run(statement);
    const before = { before: drop.before ?? 0n };
    for (const [table, time] of [
      ["accounting", "minute"],
      ["outage", "ended"],
      ["agent_run", "last_seen"],
    ] as const) {
      await connection.run(`DELETE FROM ${TARGET}.${table}`);
      await connection.run(
        `INSERT INTO ${TARGET}.${table} FROM ${from}${table} WHERE epoch_ns("${time}") >= $before`,
        before,
      );
    }
    await connection.run(`DELETE FROM ${TARGET}.meta`);
    await connection.run(
      `INSERT INTO ${TARGET}.meta
      SELECT "key", CASE "key" WHEN '${KNOWN_SINCE}' THEN greatest(try_cast("value" AS BIGINT), $before)::VARCHAR ELSE "value" END
      FROM ${from}meta`,
      before,
    );
    return upTo;
  });
}

/** Runs work on another store, which is attached under a name meanwhile. */
export async function withAttached<T>(connection: Connection, path: string, work: (database: string) => Promise<T>) {
  await connection.run(`ATTACH ${literal(path)} AS ${SOURCE} (READ_ONLY)`);
  try {
    return await work(SOURCE);
  } finally {
    await connection.run(`DETACH DATABASE ${SOURCE}`);
  }
}

/** Number of records in the copy. */
export async function countCopy(connection: Connection): Promise<number> {
  const counts = FACT_TABLES.map((table) => `(SELECT count(*) FROM ${TARGET}.${table})`).join(" + ");
  return (await jsonRow<{ records: number }>(connection, `SELECT (${counts})::BIGINT AS records`)).records;
}

/** Notes in the copy when it was made. */
export async function markCopy(connection: Connection, time: string): Promise<void> {
  await connection.run(`INSERT OR REPLACE INTO ${TARGET}.meta VALUES ('${COPIED}', $1)`, [time]);
}

/** Closes the copy, whose file is complete and on disk then. */
export async function endCopy(connection: Connection): Promise<void> {
  await connection.run(`CHECKPOINT ${TARGET}`);
  await detach(connection);
}

/** Removes an unfinished copy. */
export async function abandonCopy(connection: Connection, path: string): Promise<void> {
  await detach(connection).catch(() => {});
  removeStore(path);
}

/** Replaces a closed store by a complete copy. */
export function replaceStore(copy: string, path: string): void {
  for (const log of [`${copy}.wal`, `${path}.wal`]) {
    // A log that is left over would be replayed onto the other file.
    if (existsSync(log)) throw new Error(`${log} is still there`);
  }
  renameSync(copy, path);
}

/** Removes a store file and its log. */
export function removeStore(path: string): void {
  for (const file of [path, `${path}.wal`]) rmSync(file, { force: true });
}

async function detach(connection: Connection): Promise<void> {
  await connection.run(`DETACH DATABASE IF EXISTS ${SOURCE}`);
  await connection.run(`DETACH DATABASE IF EXISTS ${TARGET}`);
}

async function currentDatabase(connection: Connection): Promise<string> {
  const { name } = await jsonRow<{ name: string }>(connection, "SELECT current_database() AS name");
  return `"${name.replaceAll('"', '""')}"`;
}

/** The condition that a copy keeps a row. */
function kept(table: FactTable, { before, user }: Drop, from: string): SqlFragment {
  const values = { ...(before !== undefined && { before }), ...(user !== undefined && { user }) };
  if (before === undefined && user === undefined) return { sql: "true", values };
  const isOld = before === undefined ? "false" : "epoch_ns(received) < $before";
  if (table === "job_event") {
    const ofUser = `SELECT job FROM ${from}process p WHERE user_name = $user
      AND (p.cluster IS NULL OR job_event.cluster IS NULL OR p.cluster = job_event.cluster)`;
    const isOwn = user === undefined ? "false" : `job IN (${ofUser})`;
    return { sql: `NOT (${isOld}) AND NOT (${isOwn})`, values };
  }
  const isGone = `(${isOld} OR ${user === undefined ? "false" : "user_name IS NOT DISTINCT FROM $user"})`;
  if (table === "process") return { sql: `NOT ${isGone}`, values };
  return { sql: `uuid NOT IN (SELECT uuid FROM ${from}process WHERE ${isGone})`, values };
}

/** Copies the values that the copied rows refer to and that the copy lacks. */
function dictionaryStatements(from: string): string[] {
  const missing = (table: string, key: string, used: string) =>
    `INSERT INTO ${TARGET}.${table} SELECT * FROM ${from}${table}
    WHERE ${key} IN (${used}) AND ${key} NOT IN (SELECT ${key} FROM ${TARGET}.${table})`;
  const listed = (column: string, ...tables: string[]) =>
    tables.map((table) => `SELECT ${column} FROM ${TARGET}.${table}`).join(" UNION ");
  return [
    missing("object_list", "list", listed("objects", "process", "process_part", "process_end", "amendment")),
    missing("text_list", "list", `${listed("environment", "process")} UNION ${listed("modules", "process")}`),
    missing("finding", "id", `${listed("program", "process", "amendment")} UNION ${listed("finding", "object_list")}`),
    missing("object", "id", listed("object", "finding")),
  ];
}

/** Facts and the tables that they refer to. `meta`, `accounting`, `outage` and `agent_run` are copied apart, and the rollup is derived again. */
const COPIED_TABLES: readonly string[] = [...FACT_TABLES, "object_list", "text_list", "finding", "object"];
if (TABLE_NAMES.some((name) => !COPIED_TABLES.includes(name))) throw new Error("a table would be left out of copies");
