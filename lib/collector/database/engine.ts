import { dirname } from "node:path";
import type { DuckDBConnection, DuckDBInstance, DuckDBValue } from "@duckdb/node-api";
import { OgrtError } from "../../errors.js";
import { fileError, systemReason } from "../../files/file-errors.js";
import { MIN_ENGINE_MEMORY_MB } from "../shared/engine-memory.js";
import { optional } from "../shared/optional.js";

/** The only module that loads DuckDB, which is an optional dependency. */

export type Engine = typeof import("@duckdb/node-api");
export type Connection = DuckDBConnection;
export type Instance = DuckDBInstance;
export type EngineValue = DuckDBValue;

/** What `Engine` is made of: for what it does too slowly. */
export type Bindings = typeof import("@duckdb/node-bindings");

export const loadEngine = (): Promise<Engine> => optional("@duckdb/node-api", import("@duckdb/node-api"));
export const loadBindings = async (): Promise<Bindings> =>
  (await optional("@duckdb/node-bindings", import("@duckdb/node-bindings"))).default;

/**
 * Size of the write-ahead log at which a commit moves it into the file. A commit of 2048 processes logs more than a
 * megabyte, and each checkpoint compresses up to 120,000 rows again while the next commit waits. With DuckDB's default of
 * 16 MB there was a checkpoint every second under load, twice the file size and a third more CPU time. A checkpoint by
 * another connection would not free commits: appends wait for the lock of the table that it writes. After a crash, a
 * start reads up to this much log.
 */
const CHECKPOINT_LOG_SIZE = "64MB";

/**
 * Opens a store file. No statement can reach files outside of its directory or download anything.
 *
 * @param memoryMb - that the engine may use, in megabytes; larger operations spill to a directory beside the store.
 */
export async function openInstance(
  path: string,
  access: "READ_WRITE" | "READ_ONLY",
  memoryMb = MIN_ENGINE_MEMORY_MB,
): Promise<Instance> {
  const { DuckDBInstance } = await loadEngine();
  try {
    const instance = await DuckDBInstance.create(path, {
      access_mode: access,
      memory_limit: `${memoryMb}MB`,
      threads: "2",
      checkpoint_threshold: CHECKPOINT_LOG_SIZE,
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
    });
    const connection = await instance.connect();
    // Backups and exports are written below the data directory.
    await connection.run(`SET GLOBAL allowed_directories = [${literal(`${dirname(path)}/`)}]`);
    // Nothing can set it to true again while the file is open.
    await connection.run("SET GLOBAL enable_external_access = false");
    connection.closeSync();
    return instance;
  } catch (cause) {
    const { message } = cause as Error;
    if (/lock on file/i.test(message)) {
      const [, pid] = /\(PID (\d+)\)/.exec(message) ?? [];
      const who = pid === undefined ? "another process" : `another process (pid ${pid})`;
      throw new OgrtError("STORE_BUSY", `${who} has the store open`, { path, cause });
    }
    if (systemReason(cause) !== undefined) {
      throw fileError("STORE_UNREADABLE", path, "the store cannot be opened", cause);
    }
    throw unreadableStore("the store cannot be opened", path, cause, isDamageAtOpening(cause));
  }
}

/**
 * Gives blocks of the file that the engine has cached back to the system; otherwise it keeps them until they fill its memory.
 * Nothing else may run meanwhile, since it would find no memory.
 */
export async function releaseCache(connection: Connection, memoryMb: number): Promise<void> {
  const read = await connection.runAndReadAll(
    "SELECT sum(memory_usage_bytes)::BIGINT // 1000000 FROM duckdb_memory() WHERE tag <> 'BASE_TABLE'",
  );
  const otherMb = Number(read.value(0, 0));
  try {
    await connection.run(`SET GLOBAL memory_limit = '${otherMb + RELEASE_SLACK_MB}MB'`);
  } finally {
    await connection.run(`SET GLOBAL memory_limit = '${memoryMb}MB'`);
  }
}

/** Memory that stays beside what cannot be released, as the statements that release need some themselves. */
const RELEASE_SLACK_MB = 16;

/** Messages of DuckDB about what is in a file, rather than about reaching it. */
const DAMAGE = /replaying WAL|Corrupt|not a valid DuckDB|read enough bytes|checksum|Serialization Error|deserialize/i;
/** While a file is opened these come from what is in it; later they are mistakes in our own statements. */
const DAMAGE_AT_OPENING = /INTERNAL Error|Catalog Error/i;

/** Whether an error of a statement says that the file is damaged. */
const isDamage = (error: unknown): boolean => DAMAGE.test((error as Error).message);

/** Whether an error of opening a file says that it is damaged, or is not a store. */
export const isDamageAtOpening = (error: unknown): boolean =>
  isDamage(error) || DAMAGE_AT_OPENING.test((error as Error).message);

/** An error of the engine as one about the store. What it says of damage means nothing to somebody who operates a collector. */
export function unreadableStore(
  sentence: string,
  path: string,
  cause: unknown,
  isDamaged = isDamage(cause),
): OgrtError {
  const isNone = /not a valid DuckDB/i.test((cause as Error).message);
  const damage = isNone ? "the file is not a store of a collector" : "it is damaged";
  return new OgrtError("STORE_UNREADABLE", `${sentence}: ${isDamaged ? damage : reasonOf(cause)}`, {
    path,
    cause,
  });
}

/** A UUID in its 36-character form as a value of the engine. */
export const uuidValue = ({ DuckDBUUIDValue }: Engine, uuid: string): EngineValue =>
  DuckDBUUIDValue.fromUint128(BigInt(`0x${uuid.replaceAll("-", "")}`));

/** A text as an SQL literal, for the few statements that take no parameters. Only the quote is special in it. */
export const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** Whether a statement was interrupted, which says nothing about the store. */
export const isInterrupt = (error: unknown): boolean => /^INTERRUPT Error/.test((error as Error).message);

/** The first line of an error of the engine; the others show the statement. */
export const reasonOf = (error: unknown): string => (error as Error).message.split("\n", 1)[0] ?? "";
