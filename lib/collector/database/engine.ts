import { dirname } from "node:path";
import type { DuckDBConnection, DuckDBInstance, DuckDBValue } from "@duckdb/node-api";
import { OgrtError } from "../../errors.js";
import { missingEngine } from "../shared/missing-engine.js";

/** The one place that loads DuckDB, which is an optional dependency. */

export type Connection = DuckDBConnection;
export type Instance = DuckDBInstance;
export type EngineValue = DuckDBValue;

export async function loadEngine(): Promise<typeof import("@duckdb/node-api")> {
  try {
    return await import("@duckdb/node-api");
  } catch (cause) {
    throw missingEngine("@duckdb/node-api", cause);
  }
}

/**
 * Memory that DuckDB may use; what needs more goes to a temporary directory beside the store. It reads and checkpoints
 * 2048 rows at once with all their texts, of which a message has at most 64 KiB (lib/wire/decode): with less memory
 * than this, rows that are long enough would stop every commit.
 */
const MEMORY_LIMIT = "512MB";

/**
 * Size of the write-ahead log at which a commit also moves it into the file. A commit of 2048 processes logs more than
 * a megabyte, and each time up to 120,000 rows are compressed again while the next commit waits: by DuckDB's own 16 MB
 * that happened every second of a storm, for twice the file and a third more CPU. After a crash this much is read again.
 */
const LOG_SIZE = "64MB";

/** Opens a store file. Nothing in a query can reach files outside of its directory, and nothing is ever downloaded. */
export async function openInstance(path: string, access: "READ_WRITE" | "READ_ONLY"): Promise<Instance> {
  const { DuckDBInstance } = await loadEngine();
  try {
    const instance = await DuckDBInstance.create(path, {
      access_mode: access,
      memory_limit: MEMORY_LIMIT,
      threads: "2",
      checkpoint_threshold: LOG_SIZE,
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
    });
    const connection = await instance.connect();
    // Backups and exports go below the data directory.
    await connection.run(`SET GLOBAL allowed_directories = [${literal(`${dirname(path)}/`)}]`);
    await connection.run("SET GLOBAL enable_external_access = false");
    await connection.run("SET GLOBAL lock_configuration = true");
    connection.closeSync();
    return instance;
  } catch (cause) {
    const { message } = cause as Error;
    if (/lock on file/i.test(message)) {
      throw new OgrtError("STORE_BUSY", "another process has the store open", { path, cause });
    }
    throw new OgrtError("STORE_UNREADABLE", `the store cannot be opened: ${firstLine(message)}`, { path, cause });
  }
}

/** A text as SQL literal, for the few places that take no parameters. It has no other special sign than the quote. */
export const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;

const firstLine = (text: string) => text.split("\n", 1)[0] ?? "";
