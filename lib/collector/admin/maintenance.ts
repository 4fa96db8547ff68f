import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { OgrtError } from "../../errors.js";
import { unwritable } from "../../files/file-errors.js";
import type { AdminResult } from "../http/routes.js";
import type { DataDirectory } from "../shared/data-directory.js";
import type { Store } from "../store/main/store.js";
import type { Drop, StoreState } from "../store/protocol.js";
import { ClockWatch } from "./clock-watch.js";

/** Runs a task while nothing is appended. */
type Exclusively = (task: () => Promise<StoreState>) => Promise<StoreState>;

const DAY_MS = 86_400_000;
/** Retention rewrites the whole store, so it waits until this share of the processes is too old. */
const MIN_OLD_SHARE = 0.1;

/** Backups, exports, retention and forgetting; one at a time. */
export class Maintenance {
  readonly #store: Store;
  readonly #directory: DataDirectory;
  readonly #exclusively: Exclusively;
  readonly #clock: ClockWatch;
  #last: Promise<unknown> = Promise.resolve();

  constructor(store: Store, directory: DataDirectory, exclusively: Exclusively) {
    this.#store = store;
    this.#directory = directory;
    this.#exclusively = exclusively;
    this.#clock = new ClockWatch(directory.clock);
  }

  /** @throws {@link OgrtError} INVALID_PARAMETER when the name is not valid or exists already. */
  backup(file: string): Promise<AdminResult> {
    return this.inTurn(async () => {
      const path = freshFile(this.#directory.backups, file, ".duckdb");
      await this.#store.ask("backup", { path });
      return { files: [path] };
    });
  }

  /** @throws {@link OgrtError} INVALID_PARAMETER when the name is not valid or exists already. */
  export(file: string): Promise<AdminResult> {
    return this.inTurn(async () => {
      const path = freshFile(this.#directory.exports, file, ".parquet");
      await this.#store.ask("export", { path });
      return { files: [path] };
    });
  }

  /** Removes what a user did from the store, and from backups and exports below the data directory. */
  forget(user: string): Promise<AdminResult> {
    return this.inTurn(async () => {
      await this.#rewrite({ user });
      const files = [
        ...listFiles(this.#directory.backups, ".duckdb"),
        ...listFiles(this.#directory.exports, ".parquet"),
      ];
      for (const path of files) await this.#store.ask("strip", { path, user });
      return { files: [this.#directory.store, ...files] };
    });
  }

  /**
   * Removes processes that were received more than a number of days ago, when that is worth a rewrite and the clock is
   * trusted. Resolves with true when processes were removed.
   */
  retain(days: number): Promise<boolean> {
    return this.inTurn(async () => {
      const now = this.#clock.now();
      if (now === undefined) return false;
      const before = BigInt(Math.floor(now - days * DAY_MS)) * 1_000_000n;
      const { older, all } = await this.#store.ask("age", { before });
      if (older === 0 || older < all * MIN_OLD_SHARE) return false;
      await this.#rewrite({ before });
      return true;
    });
  }

  /** Appends go on while the copy is made. They wait only while the rest is copied and the files are exchanged. */
  async #rewrite(drop: Drop): Promise<void> {
    await this.#store.ask("copy", { drop });
    await this.#exclusively(() => this.#store.ask("swap", { drop }));
  }

  /** Runs work when the operations before it are done. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => {});
    return result;
  }
}

function freshFile(directory: string, name: string, ending: string): string {
  // No path separators, and no hidden files.
  if (!/^\w[\w.-]{0,99}$/.test(name)) {
    throw new OgrtError("INVALID_PARAMETER", "a name has letters, digits, _, - and . only", { value: "name" });
  }
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw unwritable(directory, "cannot be created", cause);
  }
  const path = join(directory, name.endsWith(ending) ? name : `${name}${ending}`);
  if (existsSync(path)) throw new OgrtError("INVALID_PARAMETER", `${path} exists already`, { value: "name" });
  return path;
}

function listFiles(directory: string, ending: string): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((name) => name.endsWith(ending))
    .map((name) => join(directory, name));
}
