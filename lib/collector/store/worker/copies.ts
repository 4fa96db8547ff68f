import { renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { systemReason, unwritable } from "../../../files/file-errors.js";
import { type Connection, literal, openInstance } from "../../database/engine.js";
import { migrate } from "../../database/migrate.js";
import { jsonRow } from "../../database/rows.js";
import { syncDirectory } from "../../shared/sync-directory.js";
import type { Drop } from "../protocol.js";
import {
  abandonCopy,
  type CopiedUpTo,
  continueCopy,
  countCopy,
  endCopy,
  markCopy,
  replaceStore,
  startCopy,
  withAttached,
} from "./copy.js";
import { exportOutages, exportProcesses, exportWithout, holdsProcesses } from "./export.js";
import type { StoreFile } from "./store-file.js";

/** Backups, exports and rewrites of the store. A new file gets its name only when it is complete and on disk. */
export class Copies {
  readonly #file: StoreFile;
  /** The rows that `copy` has copied; `swap` copies the rest. */
  #copied: CopiedUpTo | undefined;

  constructor(file: StoreFile) {
    this.#file = file;
  }

  async backup(path: string): Promise<undefined> {
    const { maintenance } = await this.#file.open();
    return writeCopy(maintenance, path, {}, { mark: true });
  }

  /** @param outages - the file for the times without a collector, of which no process tells. */
  async export(path: string, outages: string): Promise<undefined> {
    const { maintenance } = await this.#file.open();
    await writeComplete(outages, (partial) => exportOutages(maintenance, partial));
    try {
      return await writeComplete(path, (partial) => exportProcesses(maintenance, partial));
    } catch (error) {
      rmSync(outages, { force: true });
      throw error;
    }
  }

  /** The number of a user's processes and jobs in the store, or in another store or an export. */
  async owned(user: string, path?: string): Promise<Owned> {
    const { maintenance } = await this.#file.open();
    if (path?.endsWith(".parquet")) {
      return (await holdsProcesses(maintenance, path))
        ? countOwned(maintenance, `read_parquet(${literal(path)})`, user)
        : { processes: 0, jobs: 0 };
    }
    if (path === undefined) return countOwned(maintenance, "process", user);
    return withAttached(maintenance, path, (database) => countOwned(maintenance, `${database}.process`, user));
  }

  /** Rewrites another store or an export without a user's processes. */
  async strip(path: string, user: string): Promise<undefined> {
    const { maintenance } = await this.#file.open();
    if (path.endsWith(".parquet")) {
      return writeComplete(path, (partial) => exportWithout(maintenance, path, partial, user));
    }
    await migrateFile(path);
    return writeCopy(maintenance, path, { user }, { from: path });
  }

  /** Copies what stays while appends go on. */
  async copy(drop: Drop): Promise<undefined> {
    const { maintenance } = await this.#file.open();
    try {
      this.#copied = await startCopy(maintenance, this.#file.copyPath, drop);
    } catch (error) {
      await abandonCopy(maintenance, this.#file.copyPath);
      throw error;
    }
  }

  /** Copies the rest and puts the copy in the store's place. Nothing may be appended meanwhile. */
  async swap(drop: Drop): Promise<undefined> {
    const copied = this.#copied;
    this.#copied = undefined;
    if (copied === undefined) throw new Error("swap needs a copy");
    const { copyPath, path } = this.#file;
    try {
      const { maintenance } = await this.#file.open();
      await continueCopy(maintenance, drop, copied);
      // Before the exchange: more records than the record says are no loss, fewer would be one.
      this.#file.recordBaseline(await countCopy(maintenance));
      await endCopy(maintenance);
      await this.#file.end();
      replaceStore(copyPath, path);
      syncDirectory(dirname(path));
    } catch (error) {
      await abandonCopy((await this.#file.open()).maintenance, copyPath);
      throw error;
    }
  }
}

/** How much of a user a file holds. */
interface Owned {
  readonly processes: number;
  readonly jobs: number;
}

const countOwned = (connection: Connection, table: string, user: string): Promise<Owned> =>
  jsonRow(
    connection,
    `SELECT count(*) AS processes, count(DISTINCT job) AS jobs FROM ${table} WHERE user_name = $user`,
    { user },
  );

interface CopyOptions {
  /** Another store than the connection's own. */
  readonly from?: string;
  /** Marks the copy as one, so that a start recognizes a restored backup. */
  readonly mark?: true;
}

async function writeCopy(connection: Connection, path: string, drop: Drop, options: CopyOptions): Promise<undefined> {
  return writeComplete(path, async (partial) => {
    try {
      await startCopy(connection, partial, drop, options.from);
      if (options.mark) await markCopy(connection, new Date().toISOString());
      await endCopy(connection);
    } catch (error) {
      await abandonCopy(connection, partial);
      throw error;
    }
  });
}

/** Brings a store of an earlier release to the current layout. */
async function migrateFile(path: string): Promise<void> {
  const instance = await openInstance(path, "READ_WRITE");
  try {
    await migrate(await instance.connect(), path);
  } finally {
    instance.closeSync();
  }
}

async function writeComplete(path: string, write: (partial: string) => Promise<unknown>): Promise<undefined> {
  const partial = `${path}.partial`;
  try {
    await write(partial);
    renameSync(partial, path);
    syncDirectory(dirname(path));
  } catch (cause) {
    rmSync(partial, { force: true });
    throw systemReason(cause) === undefined ? cause : unwritable(path, "cannot be written", cause);
  }
}
