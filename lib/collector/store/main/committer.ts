import { setTimeout as sleep } from "node:timers/promises";
import { OgrtError } from "../../../errors.js";
import type { Batch } from "../../database/schema.js";
import type { InFlightFrame, Outcome } from "../../frames/in-flight.js";
import type { CollectedRecord } from "../../frames/record.js";
import type { StoreState } from "../protocol.js";
import { BatchBuilder } from "./batch-builder.js";

/** So many records are worth a commit before the interval is over: ingestion must not wait for its credit. */
const GROUP_WANTED = 2048;
/** Records that are committed together at most. */
const GROUP_LIMIT = 4096;
/** Tries of a batch that the store refuses for another reason than its disk. */
const TRIES = 3;
const RETRY_AFTER = 1000;
/** How many records stand for one whose duration is told. */
const SAMPLE_EVERY = 64;
/** Batches that are tried at most to find the guilty records of a refused one: some twenty for each of them. */
const HALVING_LIMIT = 512;

export interface CommitterEvents {
  /** A record is on disk, or was refused for good. */
  readonly settled: (inFlight: InFlightFrame, outcome: Outcome) => void;
  /** Told of some of the records on disk, so many that the oldest of each batch is one of them. */
  readonly sampled: (record: CollectedRecord, inFlight: InFlightFrame) => void;
  /** Records were refused for good, all with the same error. */
  readonly refused: (records: number, error: Error) => void;
  /** The store refuses, and is asked again until it does not: a full disk, for example. */
  readonly waiting: (error: Error | undefined) => void;
}

type Append = (batch: Batch, number: number) => Promise<void>;
type Known = Pick<StoreState, "numbers" | "known" | "lastBatch">;

interface Entry {
  readonly record: CollectedRecord;
  readonly inFlight: InFlightFrame;
}

/**
 * Group commit: records gather until there are enough of them or the interval is over, then go to the store as one
 * transaction. One is under way at a time; what comes meanwhile makes up the next one. Its length is bounded by the
 * credit of ingestion: while a disk is full that is the spool.
 */
export class Committer {
  readonly #append: Append;
  readonly #interval: number;
  readonly #events: CommitterEvents;
  #builder: BatchBuilder;
  #lastBatch: number;
  #gathered: Entry[] = [];
  /** When the first of those came, or one before it, by performance.now(). */
  #gatheredSince = 0;
  #isBusy = false;
  #timer: NodeJS.Timeout | undefined;
  #idle: (() => void)[] = [];
  readonly #exclusive: (() => Promise<void>)[] = [];
  #closing = false;
  #isWaiting = false;

  /** @param interval - milliseconds that a record waits at most before it is sent to the store. */
  constructor(append: Append, state: Known, interval: number, events: CommitterEvents) {
    this.#append = append;
    this.#interval = interval;
    this.#events = events;
    this.#builder = new BatchBuilder(state.numbers, state.known);
    this.#lastBatch = state.lastBatch;
  }

  /** Records that wait for a commit. */
  get length(): number {
    return this.#gathered.length;
  }

  add(record: CollectedRecord, inFlight: InFlightFrame): void {
    if (this.#gathered.length === 0) this.#gatheredSince = performance.now();
    this.#gathered.push({ record, inFlight });
    if (this.#isBusy) return;
    if (this.#closing || this.#gathered.length >= GROUP_WANTED) this.#run();
    else this.#timer ??= setTimeout(() => this.#run(), this.#interval);
  }

  /** Runs a task while nothing is being committed; it gives what is to be known of the store from then on. */
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
   * Commits what there is, and from then on what comes at once; resolves when nothing is left. A disk that stays full is
   * not waited for.
   */
  async drain(): Promise<void> {
    this.#closing = true;
    if (!this.#isBusy && this.#gathered.length === 0) return;
    const done = new Promise<void>((resolve) => this.#idle.push(resolve));
    if (!this.#isBusy) this.#run();
    await done;
  }

  /** Tasks and commits one after the other, as long as there is a reason for one. */
  #run(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isBusy = true;
    const task = this.#exclusive.shift();
    void (task === undefined ? this.#commit() : task()).then(() => {
      this.#isBusy = false;
      const waiting = this.#gathered.length;
      if (this.#exclusive.length > 0 || waiting >= GROUP_WANTED || (this.#closing && waiting > 0)) this.#run();
      else if (waiting > 0) this.#timer = setTimeout(() => this.#run(), this.#remaining());
      else for (const resolve of this.#idle.splice(0)) resolve();
    });
  }

  /** Of the interval: what came while something was being committed has waited already. */
  #remaining(): number {
    return Math.max(0, this.#gatheredSince + this.#interval - performance.now());
  }

  async #commit(): Promise<void> {
    const group = this.#gathered.splice(0, GROUP_LIMIT);
    if (group.length === 0) return;
    const error = await this.#store(group, TRIES);
    if (error === undefined) return;
    if (isDiskError(error) || error instanceof OgrtError) this.#refuse(group, error);
    else await this.#halve(group, error, { left: HALVING_LIMIT });
  }

  /** Stores records as one batch; the error when the store does not take them. */
  async #store(group: readonly Entry[], triesLimit: number): Promise<Error | undefined> {
    const batch = this.#builder.build(group.map(({ record }) => record));
    const number = ++this.#lastBatch;
    for (let tries = 1; ; tries++) {
      try {
        await this.#append(batch, number);
        this.#waitFor(undefined);
        for (let at = 0; at < group.length; at += SAMPLE_EVERY) {
          const { record, inFlight } = group[at] as Entry;
          this.#events.sampled(record, inFlight);
        }
        for (const { inFlight } of group) this.#events.settled(inFlight, "kept");
        return undefined;
      } catch (error) {
        const isLasting = isDiskError(error as Error) && !this.#closing;
        if (tries >= triesLimit && !isLasting) {
          // Numbers that this batch gave out must not be pointed at.
          this.#builder.forget();
          return error as Error;
        }
        this.#waitFor(error as Error);
        await sleep(RETRY_AFTER);
      }
    }
  }

  /** Finds the records that the store can't take, so that the others of their batch are not lost with them. */
  async #halve(group: readonly Entry[], error: Error, tries: { left: number }): Promise<void> {
    if (group.length === 1 || tries.left <= 0) return this.#refuse(group, error);
    const middle = group.length >> 1;
    for (const half of [group.slice(0, middle), group.slice(middle)]) {
      tries.left--;
      const refusal = await this.#store(half, 1);
      if (refusal !== undefined) await this.#halve(half, refusal, tries);
    }
  }

  #refuse(group: readonly Entry[], error: Error): void {
    this.#events.refused(group.length, error);
    for (const { inFlight } of group) this.#events.settled(inFlight, "lost");
    this.#waitFor(undefined);
  }

  #waitFor(error: Error | undefined): void {
    if (error === undefined && !this.#isWaiting) return;
    this.#isWaiting = error !== undefined;
    this.#events.waiting(error);
  }
}

/** Errors that pass when somebody makes room; what else a store refuses, it will refuse again. */
function isDiskError({ message }: Error): boolean {
  // The word alone: a column that is called disk_package may be in the message about a record.
  return /IO Error|No space left|could not write|\bdisk\b/i.test(message);
}
