import { setTimeout as sleep } from "node:timers/promises";
import type { CollectedRecord } from "../record.js";
import { BatchBuilder } from "./batch-builder.js";
import type { StoreState } from "./protocol.js";
import type { Batch } from "./schema.js";

/** So many records are worth a commit before the interval is over: ingestion must not wait for its credit. */
const GROUP_WANTED = 2048;
/** Records that are committed together at most. */
const GROUP_LIMIT = 8192;
/** Tries of a batch that the store refuses for another reason than its disk. */
const TRIES = 3;
const RETRY_AFTER = 1000;

export interface CommitterEvents {
  /** Records that are on disk. `bytes` is their credit. */
  readonly stored: (records: number, bytes: number) => void;
  /** Records that the store refused for good. */
  readonly dropped: (records: number, bytes: number, error: Error) => void;
  /** The store refuses, and is asked again until it does not: a full disk, for example. */
  readonly waiting: (error: Error | undefined) => void;
}

interface Entry {
  readonly record: CollectedRecord;
  readonly bytes: number;
}

/**
 * Group commit: records gather until there are enough of them or the interval is over, then go to the store as one
 * transaction. One is under way at a time; what comes meanwhile makes up the next one. Its length is bounded by the
 * credit of ingestion.
 */
export class Committer {
  readonly #append: (batch: Batch) => Promise<void>;
  readonly #interval: number;
  readonly #events: CommitterEvents;
  readonly #builder: BatchBuilder;
  #gathered: Entry[] = [];
  #committing = 0;
  #timer: NodeJS.Timeout | undefined;
  #idle: (() => void)[] = [];
  #closing = false;

  /** @param interval - milliseconds that a record waits at most before it is sent to the store. */
  constructor(
    append: (batch: Batch) => Promise<void>,
    state: Pick<StoreState, "numbers" | "known">,
    interval: number,
    events: CommitterEvents,
  ) {
    this.#append = append;
    this.#interval = interval;
    this.#events = events;
    this.#builder = new BatchBuilder(state.numbers, state.known);
  }

  /** Records that are not on disk yet. */
  get pending(): number {
    return this.#gathered.length + this.#committing;
  }

  add(record: CollectedRecord, bytes: number): void {
    this.#gathered.push({ record, bytes });
    if (this.#committing > 0) return;
    if (this.#gathered.length >= GROUP_WANTED) this.#commit();
    else this.#timer ??= setTimeout(() => this.#commit(), this.#interval);
  }

  /** Commits what there is; resolves when nothing is pending. A disk that stays full is not waited for. */
  async drain(): Promise<void> {
    this.#closing = true;
    if (this.pending === 0) return;
    const done = new Promise<void>((resolve) => this.#idle.push(resolve));
    if (this.#committing === 0) this.#commit();
    await done;
  }

  #commit(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const group = this.#gathered.splice(0, GROUP_LIMIT);
    this.#committing = group.length;
    void this.#send(group).then(() => this.#next());
  }

  #next(): void {
    this.#committing = 0;
    if (this.#gathered.length >= GROUP_WANTED || (this.#closing && this.#gathered.length > 0)) this.#commit();
    else if (this.#gathered.length > 0) this.#timer ??= setTimeout(() => this.#commit(), this.#interval);
    else for (const resolve of this.#idle.splice(0)) resolve();
  }

  async #send(group: Entry[]): Promise<void> {
    const bytes = group.reduce((sum, entry) => sum + entry.bytes, 0);
    const batch = this.#builder.build(group.map(({ record }) => record));
    for (let tries = 1; ; tries++) {
      try {
        await this.#append(batch);
        if (tries > 1) this.#events.waiting(undefined);
        this.#events.stored(group.length, bytes);
        return;
      } catch (error) {
        const isLasting = isDiskError(error as Error) && !this.#closing;
        if (tries >= TRIES && !isLasting) {
          this.#builder.forget();
          this.#events.dropped(group.length, bytes, error as Error);
          return;
        }
        this.#events.waiting(error as Error);
        await sleep(RETRY_AFTER);
      }
    }
  }
}

/** Errors that pass when somebody makes room; what else a store refuses, it will refuse again. */
function isDiskError({ message }: Error): boolean {
  return /^IO Error|No space left|could not write|disk/i.test(message);
}
