import { dirname } from "node:path";
import type { DuckDBConnection, DuckDBInstance, DuckDBValue } from "@duckdb/node-api";
import { OgrtError } from "../../errors.js";
import { fileError, systemReason } from "../../files/file-errors.js";
import { optional } from "../shared/optional.js";

/** The only module that loads DuckDB, which is an optional dependency. */

export type Engine = typeof import("@duckdb/node-api");
export type Connection = DuckDBConnection;
export type Instance = DuckDBInstance;
export type EngineValue = DuckDBValue;

export const loadEngine = (): Promise<Engine> => optional("@duckdb/node-api", import("@duckdb/node-api"));

/**
 * Memory that DuckDB may use; larger operations spill to a temporary directory beside the store. DuckDB reads and
 * checkpoints 2048 rows at once with all their texts, up to 64 KiB of each message (lib/wire/decode): with less memory
 * than this, long rows would make every commit fail.
 */
const MEMORY_LIMIT = "512MB";

/**
 * Size of the write-ahead log at which a commit moves it into the file. A commit of 2048 processes logs more than a
 * megabyte, and each checkpoint compresses up to 120,000 rows again while the next commit waits. With DuckDB's default of
 * 16 MB there was a checkpoint every second under load, twice the file size and a third more CPU time. After a crash, a
 * start reads up to this much log.
 */
const CHECKPOINT_LOG_SIZE = "64MB";

/** Opens a store file. No statement can reach files outside of its directory or download anything. */
export async function openInstance(path: string, access: "READ_WRITE" | "READ_ONLY"): Promise<Instance> {
  const { DuckDBInstance } = await loadEngine();
  try {
    const instance = await DuckDBInstance.create(path, {
      access_mode: access,
      memory_limit: MEMORY_LIMIT,
      threads: "2",
      checkpoint_threshold: CHECKPOINT_LOG_SIZE,
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
    });
    const connection = await instance.connect();
    // Backups and exports are written below the data directory.
    await connection.run(`SET GLOBAL allowed_directories = [${literal(`${dirname(path)}/`)}]`);
    await connection.run("SET GLOBAL enable_external_access = false");
    await connection.run("SET GLOBAL lock_configuration = true");
    connection.closeSync();
    return instance;
  } catch (cause) {
    if (/lock on file/i.test((cause as Error).message)) {
      throw new OgrtError("STORE_BUSY", "another process has the store open", { path, cause });
    }
    if (systemReason(cause) !== undefined) {
      throw fileError("STORE_UNREADABLE", path, "the store cannot be opened", cause);
    }
    throw new OgrtError("STORE_UNREADABLE", `the store cannot be opened: ${reasonOf(cause)}`, { path, cause });
  }
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
