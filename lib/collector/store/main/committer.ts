import { setTimeout as sleep } from "node:timers/promises";
import { OgrtError } from "../../../errors.js";
import { systemReason } from "../../../files/file-errors.js";
import type { Batch } from "../../database/batch.js";
import type { InFlightFrame, Outcome } from "../../frames/in-flight.js";
import type { CollectedRecord } from "../../frames/record.js";
import { FairQueue } from "../../shared/fair-queue.js";
import type { StoreState } from "../protocol.js";
import { BatchBuilder } from "./batch-builder.js";

/** Number of records that are committed before the interval is over, so that ingestion need not wait for credit. */
const EAGER_COMMIT_RECORDS = 2048;
const MAX_COMMIT_RECORDS = 4096;
/** Memory of the records of a commit, so that expensive ones do not delay those after them. */
const MAX_COMMIT_BYTES = 16 * 1024 * 1024;
/** Attempts for a batch that the store refuses for another reason than its disk. */
const MAX_ATTEMPTS = 3;
const RETRY_DELAY_MS = 1000;
/** Stands for the sender of amendments. */
const OWN = "";
/** One record in this many is sampled. */
const SAMPLE_INTERVAL = 64;
/** Limits the batches tried to find the bad records of a refused one: about twenty for each bad record. */
const MAX_HALVINGS = 512;

export interface CommitterEvents {
  /** A record is on disk, or was refused for good. */
  readonly onComplete: (entry: CommitEntry, outcome: Outcome) => void;
  /** A record is on disk. Called for a sample of the records that holds the oldest of each batch. */
  readonly onStored: (entry: CommitEntry) => void;
  /** Records were refused for good, all with the same error. */
  readonly onRefused: (records: readonly CollectedRecord[], error: Error) => void;
  /** The store refuses records for now, as on a full disk, and the committer retries. Undefined: it accepts them again. */
  readonly onWaiting: (error: Error | undefined) => void;
}

type Append = (batch: Batch, number: number) => Promise<void>;
type Known = Pick<StoreState, "numbers" | "known" | "lastBatch">;

export interface CommitEntry {
  readonly record: CollectedRecord;
  /** Undefined for amendments, which no frame brings. */
  readonly frame: InFlightFrame | undefined;
}

/**
 * Group commit: records gather until there are enough of them or the interval is over, then go to the store as one
 * transaction. One transaction runs at a time; records that arrive meanwhile form the next one, to which each sender
 * contributes alike. The credit of ingestion bounds how many gather, also while the disk is full.
 */
export class Committer {
  readonly #append: Append;
  readonly #interval: number;
  readonly #events: CommitterEvents;
  #builder: BatchBuilder;
  #lastBatch: number;
  readonly #gathered = new FairQueue<CommitEntry>();
  /** When the oldest gathered record arrived, or earlier, by performance.now(). */
  #gatheredSince = 0;
  #isBusy = false;
  #timer: NodeJS.Timeout | undefined;
  #idle: (() => void)[] = [];
  readonly #exclusive: (() => Promise<void>)[] = [];
  #closing = false;
  #isWaiting = false;

  /** @param interval - longest time that a record waits before it is sent to the store, in milliseconds. */
  constructor(append: Append, state: Known, interval: number, events: CommitterEvents) {
    this.#append = append;
    this.#interval = interval;
    this.#events = events;
    this.#builder = new BatchBuilder(state.numbers, state.known);
    this.#lastBatch = state.lastBatch;
  }

  /** Records that wait for a commit. */
  get length(): number {
    return this.#gathered.size;
  }

  add(record: CollectedRecord, frame: InFlightFrame | undefined): void {
    if (this.#gathered.size === 0) this.#gatheredSince = performance.now();
    this.#gathered.add(frame?.sender ?? OWN, { record, frame }, memoryOf({ record, frame }));
    if (this.#isBusy) return;
    if (this.#closing || this.#isEager()) this.#run();
    else this.#timer ??= setTimeout(() => this.#run(), this.#interval);
  }

  /** Runs a task while nothing is being committed. It resolves with the state of the store from then on. */
  exclusively<T extends Known>(task: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#exclusive.push(async () => {
        try {
          const state = await task();
          this.#builder = new BatchBuilder(state.numbers, state.known);
          this.#lastBatch = state.lastBatch;
          resolve(state);
        } catch (error) {
          reject(error);
        }
      });
      if (!this.#isBusy) this.#run();
    });
  }

  /**
   * Commits what has gathered, and from then on each record at once; resolves when nothing is left. Records that a full disk
   * cannot take are lost.
   */
  async drain(): Promise<void> {
    this.#closing = true;
    if (!this.#isBusy && this.#gathered.size === 0) return;
    const done = new Promise<void>((resolve) => this.#idle.push(resolve));
    if (!this.#isBusy) this.#run();
    await done;
  }

  /** Runs tasks and commits one after the other while there are any. */
  #run(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isBusy = true;
    const task = this.#exclusive.shift();
    void (task === undefined ? this.#commit() : task()).then(() => {
      this.#isBusy = false;
      const waiting = this.#gathered.size;
      if (this.#exclusive.length > 0 || this.#isEager() || (this.#closing && waiting > 0)) this.#run();
      else if (waiting > 0) {
        // Records that arrived during a commit have waited for a part of the interval.
        const remaining = this.#gatheredSince + this.#interval - performance.now();
        this.#timer = setTimeout(() => this.#run(), Math.max(0, remaining));
      } else for (const resolve of this.#idle.splice(0)) resolve();
    });
  }

  async #commit(): Promise<void> {
    const group = this.#gathered
      .take(MAX_COMMIT_RECORDS, MAX_COMMIT_BYTES)
      .filter(({ record }) => !isForgotten(record));
    if (group.length === 0) return;
    const error = await this.#store(group, MAX_ATTEMPTS);
    if (error === undefined) return;
    if (isDiskError(error) || error instanceof OgrtError) this.#refuse(group, error);
    else await this.#halve(group, error, { left: MAX_HALVINGS });
  }

  #isEager(): boolean {
    return this.#gathered.size >= EAGER_COMMIT_RECORDS || this.#gathered.weight >= MAX_COMMIT_BYTES;
  }

  /** Stores records as one batch; the error when the store does not take them. */
  async #store(group: readonly CommitEntry[], triesLimit: number): Promise<Error | undefined> {
    let batch: Batch;
    try {
      batch = await this.#builder.build(group.map(({ record }) => record));
    } catch (error) {
      this.#builder.forget();
      return error as Error;
    }
    const number = ++this.#lastBatch;
    for (let tries = 1; ; tries++) {
      try {
        await this.#append(batch, number);
        this.#reportWaiting(undefined);
        this.#events.onStored(group.reduce(older));
        for (let at = 0; at < group.length; at += SAMPLE_INTERVAL) this.#events.onStored(group[at] as CommitEntry);
        for (const entry of group) this.#events.onComplete(entry, "kept");
        return undefined;
      } catch (error) {
        const isLasting = isDiskError(error as Error) && !this.#closing;
        if (tries >= triesLimit && !isLasting) {
          // Rows of later batches must not refer to numbers that this batch gave out.
          this.#builder.forget();
          return error as Error;
        }
        this.#reportWaiting(error as Error);
        await sleep(RETRY_DELAY_MS);
      }
    }
  }

  /** Finds the records that the store cannot take, so that the others of their batch are stored. */
  async #halve(group: readonly CommitEntry[], error: Error, tries: { left: number }): Promise<void> {
    if (group.length === 1 || tries.left <= 0) return this.#refuse(group, error);
    const middle = group.length >> 1;
    for (const half of [group.slice(0, middle), group.slice(middle)]) {
      tries.left--;
      const refusal = await this.#store(half, 1);
      if (refusal !== undefined) await this.#halve(half, refusal, tries);
    }
  }

  #refuse(group: readonly CommitEntry[], error: Error): void {
    this.#events.onRefused(
      group.map(({ record }) => record),
      error,
    );
    for (const entry of group) this.#events.onComplete(entry, "lost");
    this.#reportWaiting(undefined);
  }

  #reportWaiting(error: Error | undefined): void {
    if (error === undefined && !this.#isWaiting) return;
    this.#isWaiting = error !== undefined;
    this.#events.onWaiting(error);
  }
}

const memoryOf = ({ record, frame }: CommitEntry): number =>
  frame?.memory ?? (record.kind === "amendment" ? record.late.bytes : 0);

const older = (one: CommitEntry, other: CommitEntry): CommitEntry =>
  other.record.receivedAt < one.record.receivedAt ? other : one;

/** Amendments of a user whose records were removed in the meantime. */
const isForgotten = (record: CollectedRecord) => record.kind === "amendment" && record.late.isForgotten;

/** Errors that end when there is room on the disk. A batch that is refused for another reason will be refused again. */
function isDiskError(error: Error): boolean {
  // `disk` as a whole word: the message about a record may name the column disk_package.
  return (
    systemReason(error) !== undefined ||
    /IO Error|no space left|read-only file system|could not write|\bdisk\b/i.test(error.message)
  );
}
