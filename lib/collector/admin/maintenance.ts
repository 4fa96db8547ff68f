import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { OgrtError } from "../../errors.js";
import { unwritable } from "../../files/file-errors.js";
import type { AdminResult } from "../http/routes.js";
import type { DataDirectory } from "../shared/data-directory.js";
import type { UserRecords } from "../shared/user-records.js";
import type { Store } from "../store/main/store.js";
import type { Drop, StoreState } from "../store/protocol.js";
import { ClockWatch } from "./clock-watch.js";

/** Runs a task while nothing is appended. */
type Exclusively = (task: () => Promise<StoreState>) => Promise<StoreState>;

/** What was removed of a user, or would be. */
interface Forgotten {
  /** In the store. */
  readonly processes: number;
  readonly jobs: number;
  /** Files that hold something of the user. */
  readonly files: readonly UserRecords[];
}

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
      const [path] = freshFiles(this.#directory.backups, file, ".duckdb");
      await this.#store.ask("backup", { path });
      return { files: [path] };
    });
  }

  /** @throws {@link OgrtError} INVALID_PARAMETER when the name is not valid or exists already. */
  export(file: string): Promise<AdminResult> {
    return this.inTurn(async () => {
      const [path, outages] = freshFiles(this.#directory.exports, file, ".parquet", ".outages.parquet");
      await this.#store.ask("export", { path, outages });
      return { files: [path, outages] };
    });
  }

  /**
   * Removes what a user did from the store, and from backups and exports below the data directory.
   *
   * @param dryRun - counts only.
   */
  forget(user: string, dryRun: boolean): Promise<Forgotten> {
    return this.inTurn(async () => {
      let own = await this.#store.ask("owned", { user });
      if (own.processes > 0 && !dryRun) {
        // Counted again when nothing is appended any more.
        await this.#rewrite({ user }, async () => {
          own = await this.#store.ask("owned", { user });
        });
      }
      const files = [{ path: this.#directory.store, records: own.processes }];
      for (const path of [
        ...listFiles(this.#directory.backups, ".duckdb"),
        ...listFiles(this.#directory.exports, ".parquet"),
      ]) {
        const { processes: records } = await this.#store.ask("owned", { user, path });
        if (records > 0 && !dryRun) await this.#store.ask("strip", { path, user });
        files.push({ path, records });
      }
      return { ...own, files: files.filter(({ records }) => records > 0) };
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
  async #rewrite(drop: Drop, beforeSwap: () => Promise<void> = async () => {}): Promise<void> {
    await this.#store.ask("copy", { drop });
    await this.#exclusively(async () => {
      await beforeSwap();
      return this.#store.ask("swap", { drop });
    });
  }

  /** Runs work when the operations before it are done. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => {});
    return result;
  }
}

/** The files of a name, one for each ending, of which none exists. */
function freshFiles<Endings extends readonly string[]>(
  directory: string,
  name: string,
  ...endings: Endings
): { [I in keyof Endings]: string } {
  // No path separators, and no hidden files.
  if (!/^\w[\w.-]{0,99}$/.test(name)) {
    throw new OgrtError("INVALID_PARAMETER", "a name has letters, digits, _, - and . only", { value: "name" });
  }
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw unwritable(directory, "cannot be created", cause);
  }
  const stem = name.endsWith(endings[0] ?? "") ? name.slice(0, name.length - (endings[0] ?? "").length) : name;
  const paths = endings.map((ending) => join(directory, `${stem}${ending}`));
  const taken = paths.find((path) => existsSync(path));
  if (taken !== undefined) throw new OgrtError("INVALID_PARAMETER", `${taken} exists already`, { value: "name" });
  return paths as { [I in keyof Endings]: string };
}

function listFiles(directory: string, ending: string): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((name) => name.endsWith(ending))
    .map((name) => join(directory, name));
}
