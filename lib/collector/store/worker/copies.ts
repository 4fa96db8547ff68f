import { closeSync, fsyncSync, openSync, renameSync } from "node:fs";
import { dirname } from "node:path";
import { type Connection, openInstance } from "../../database/engine.js";
import { migrate } from "../../database/migrate.js";
import type { Drop } from "../protocol.js";
import { abandonCopy, type CopiedUpTo, continueCopy, endCopy, replaceStore, startCopy } from "./copy.js";
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
    return writeCopy((await this.#file.open()).maintenance, path, {});
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
    return writeCopy(maintenance, path, { user }, path);
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

async function writeCopy(connection: Connection, path: string, drop: Drop, from?: string): Promise<undefined> {
  return writeComplete(path, async (partial) => {
    try {
      await startCopy(connection, partial, drop, from);
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
  await write(partial);
  renameSync(partial, path);
  syncDirectory(dirname(path));
}

function syncDirectory(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
