import { renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { systemReason, unwritable } from "../../../files/file-errors.js";
import { type Connection, openInstance } from "../../database/engine.js";
import { migrate } from "../../database/migrate.js";
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
} from "./copy.js";
import { exportProcesses, exportWithout } from "./export.js";
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

  async export(path: string): Promise<undefined> {
    const { maintenance } = await this.#file.open();
    return writeComplete(path, (partial) => exportProcesses(maintenance, partial));
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
