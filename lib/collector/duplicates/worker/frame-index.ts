import { randomBytes } from "node:crypto";
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readOwn } from "../../../files/read-own.js";
import { parseObject } from "../../../shared/json.js";
import { BUCKET, bucketDay, bucketKind, KEY_WORDS, UUID_WORDS } from "../../frames/frame-key.js";
import { KeyTable } from "./key-table.js";

const FORMAT = 1;
/** Slots of the first table of a bucket; each further one has eight times as many. */
const FIRST_SLOTS = 2 ** 16;
const GROWTH = 8;
const MAX_SLOTS = 2 ** 31;
/** Files that are open at once. */
const MAX_OPEN_TABLES = 128;

/** What the index says about itself in its directory. */
interface State {
  readonly format: number;
  /** Frames of the store up to this sequence are in the index. */
  readonly sequence: number | undefined;
  /** Frames after this sequence are not. */
  readonly upTo: number;
  readonly losses: number;
  readonly oldestDay: number;
  readonly factors: readonly number[];
  /** Keys of each table of each bucket. They may be more after a crash, which the tables notice. */
  readonly counts: Readonly<Record<string, readonly number[]>>;
}

/** What tells whether an index belongs to a store. */
export interface StoreMark {
  /** The last sequence. */
  readonly head: number;
  /** Number of times that committed records were found missing. */
  readonly losses: number;
}

/**
 * The keys of stored frames on disk, by bucket: exact, so that no new frame is taken for a duplicate. It is derived from the
 * store and behind it, never ahead: a frame is added after its commit.
 */
export class FrameIndex {
  readonly #directory: string;
  readonly #buckets = new Map<number, KeyTable[]>();
  readonly #recentlyUsed = new Set<KeyTable>();
  #factors: Uint32Array;
  #oldestDay: number;
  /** Undefined while nothing of the store is in the index. */
  #sequence: number | undefined;
  #upTo = -1;
  readonly #losses: number;
  /** What would be left after a power cut. */
  #synced: Pick<State, "sequence" | "counts"> = { sequence: undefined, counts: {} };

  /**
   * @param store - an index that is ahead of it, or from before a loss, may know frames that it lacks, and is removed.
   * @param oldestDay - of a new index.
   */
  constructor(directory: string, { head, losses }: StoreMark, oldestDay: number) {
    this.#directory = directory;
    this.#losses = losses;
    this.#factors = new Uint32Array(new Uint8Array(randomBytes(UUID_WORDS * 4)).buffer).map((word) => word | 1);
    this.#oldestDay = oldestDay;
    const state = readState(this.#statePath);
    if (state === undefined || state.upTo > head || state.losses !== losses) {
      rmSync(directory, { recursive: true, force: true });
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      return;
    }
    this.#sequence = state.sequence;
    this.#upTo = state.upTo;
    this.#synced = state;
    this.#oldestDay = state.oldestDay;
    this.#factors = Uint32Array.from(state.factors);
    for (const [bucket, counts] of Object.entries(state.counts)) {
      this.#buckets.set(
        Number(bucket),
        counts.map((count, index) => this.#table(Number(bucket), index, count)),
      );
    }
  }

  get sequence(): number | undefined {
    return this.#sequence;
  }

  get oldestDay(): number {
    return this.#oldestDay;
  }

  has(keys: Uint32Array, at: number): boolean {
    const bucket = keys[at + UUID_WORDS] ?? 0;
    if (this.#isIn(bucket, keys, at)) return true;
    if (this.#buckets.size === 1) return false;
    const [day, kind] = [bucketDay(bucket), bucketKind(bucket)];
    for (const other of this.#buckets.keys()) {
      if (other === bucket) continue;
      // A frame may have been ahead on an earlier day, and one without a time may have arrived on any.
      const isPossible =
        kind === BUCKET.dated
          ? bucketKind(other) === BUCKET.ahead && bucketDay(other) < day - 1
          : bucketKind(other) === kind;
      if (isPossible && this.#isIn(other, keys, at)) return true;
    }
    return false;
  }

  /**
   * @param sequence - with these keys, all frames up to it are in the index.
   * @param head - the last sequence of the store. It is noted first: a store that has lost some of these commits at the next
   *   start gets a new index.
   */
  add(keys: Uint32Array, sequence: number, head: number): void {
    if (sequence > this.#upTo) {
      this.#upTo = Math.max(sequence, head);
      this.#writeState();
    }
    for (let at = 0; at < keys.length; at += KEY_WORDS) {
      const bucket = keys[at + UUID_WORDS] ?? 0;
      if (bucketDay(bucket) >= this.#oldestDay) this.#addTo(bucket, keys, at);
    }
    this.#sequence = sequence;
  }

  /** Removes the buckets of earlier days. */
  prune(oldestDay: number): void {
    if (oldestDay <= this.#oldestDay) return;
    this.#oldestDay = oldestDay;
    const removed = [...this.#buckets].filter(([bucket]) => bucketDay(bucket) < oldestDay);
    for (const [bucket] of removed) this.#buckets.delete(bucket);
    this.sync();
    for (const [bucket, tables] of removed) {
      for (const [index, table] of tables.entries()) {
        table.close();
        this.#recentlyUsed.delete(table);
        rmSync(this.#tablePath(bucket, index), { force: true });
      }
    }
  }

  /** Makes what was added survive a power cut. */
  sync(): void {
    const counts: Record<string, number[]> = {};
    for (const [bucket, tables] of this.#buckets) {
      for (const table of tables) table.sync();
      counts[bucket] = tables.map(({ count }) => count);
    }
    this.#synced = { sequence: this.#sequence, counts };
    this.#writeState();
  }

  #writeState(): void {
    const { sequence, counts } = this.#synced;
    const [upTo, losses, oldestDay, factors] = [this.#upTo, this.#losses, this.#oldestDay, [...this.#factors]];
    const state: State = { format: FORMAT, sequence, upTo, losses, oldestDay, factors, counts };
    writeFileSync(`${this.#statePath}.new`, JSON.stringify(state), { mode: 0o600, flush: true });
    renameSync(`${this.#statePath}.new`, this.#statePath);
  }

  get #statePath(): string {
    return join(this.#directory, "state.json");
  }

  #tablePath = (bucket: number, index: number): string => join(this.#directory, `${bucket}-${index}`);

  #table(bucket: number, index: number, count: number): KeyTable {
    const slots = Math.min(FIRST_SLOTS * GROWTH ** index, MAX_SLOTS);
    return new KeyTable(this.#tablePath(bucket, index), slots, this.#factors, count);
  }

  #isIn(bucket: number, keys: Uint32Array, at: number): boolean {
    const tables = this.#buckets.get(bucket);
    if (tables === undefined) return false;
    // The newest is the largest.
    for (let index = tables.length - 1; index >= 0; index--) {
      const table = tables[index] as KeyTable;
      this.#use(table);
      if (table.has(keys, at)) return true;
    }
    return false;
  }

  #addTo(bucket: number, keys: Uint32Array, at: number): void {
    let tables = this.#buckets.get(bucket);
    if (tables === undefined) {
      tables = [];
      this.#buckets.set(bucket, tables);
    }
    for (;;) {
      const newest = tables.at(-1);
      if (newest !== undefined) this.#use(newest);
      if (newest?.add(keys, at)) return;
      const next = this.#table(bucket, tables.length, 0);
      // Left over from before a crash.
      rmSync(this.#tablePath(bucket, tables.length), { force: true });
      tables.push(next);
    }
  }

  #use(table: KeyTable): void {
    if (this.#recentlyUsed.has(table)) return;
    if (this.#recentlyUsed.size >= MAX_OPEN_TABLES) {
      for (const open of this.#recentlyUsed) open.close();
      this.#recentlyUsed.clear();
    }
    this.#recentlyUsed.add(table);
  }
}

/** Far more than the counts of ten years take. */
const MAX_STATE_BYTES = 64 * 1024 * 1024;

/** Undefined when there is none, or none that this release can read. */
function readState(path: string): State | undefined {
  try {
    const state = parseObject(readOwn(path, MAX_STATE_BYTES).toString()) as State | undefined;
    return state?.format === FORMAT ? state : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
