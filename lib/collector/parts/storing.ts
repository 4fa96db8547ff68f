import { Maintenance } from "../admin/maintenance.js";
import type { Batch } from "../database/batch.js";
import { amendedOf } from "../frames/amendments.js";
import { FrameCounts } from "../frames/counts.js";
import type { Outcome } from "../frames/in-flight.js";
import type { CollectedRecord, FrameRecord } from "../frames/record.js";
import type { LogEvent } from "../log/log.js";
import { HISTOGRAMS } from "../measure/collector-metrics.js";
import { describeLoss, Losses } from "../shared/losses.js";
import { publicReason } from "../shared/public-reason.js";
import { type CommitEntry, Committer } from "../store/main/committer.js";
import { RollupWatch } from "../store/main/rollup-watch.js";
import { Store } from "../store/main/store.js";
import type { Base, FrameState } from "./base.js";
import type { Part } from "./running-parts.js";

/** Interval between updates of the rollup without a question. */
const ROLLUP_INTERVAL_MS = 60_000;

/** Records → store: the store thread, the group commit in front of it, and periodic work on the store. */
export class Storing implements Part {
  readonly store: Store;
  readonly committer: Committer;
  readonly maintenance: Maintenance;
  readonly rollup: RollupWatch;
  readonly counts: FrameCounts;
  /** Records are lost, which clients may send again. */
  onRecordsLost: (records: readonly FrameRecord[]) => void = () => {};
  readonly #frames: FrameState;
  readonly #log: LogEvent;
  readonly #timer: NodeJS.Timeout;
  readonly #losses: Losses;
  #problem: string | undefined;

  /** @throws {@link OgrtError} STORE_BUSY, STORE_UNREADABLE, STORE_VERSION or ENGINE_MISSING. */
  static async start(base: Base): Promise<Storing> {
    const rollup = new RollupWatch(base.log.event);
    const file = { path: base.data.store, memoryMb: base.settings.storeMemory };
    const store = await Store.open(file, (state) => rollup.update(state), base.onCrash, base.stopping);
    return new Storing(store, rollup, base);
  }

  private constructor(store: Store, rollup: RollupWatch, { data, settings, frames, metrics, log }: Base) {
    this.store = store;
    this.rollup = rollup;
    this.#frames = frames;
    this.#log = log.event;
    this.#losses = new Losses(data.store);
    const { loss, notes, damage, migration } = store.findings;
    if (migration !== undefined) {
      const { from, to } = migration;
      log.event("store-migrated", `the store was migrated from layout ${from} to ${to}`, { from, to });
    }
    if (loss !== undefined) {
      const { firstSequence, lastSequence, records, kept } = loss;
      log.event("records-lost", describeLoss(loss), { firstSequence, lastSequence, records, kept });
    }
    for (const note of [...notes, ...damage]) log.event("store-damaged", note);
    for (const gap of store.state.known.gaps) log.event("store-partly-read", gap);
    const onCommit = metrics.histogram(HISTOGRAMS.commitDuration);
    const append = async (batch: Batch, number: number) => {
      const began = performance.now();
      await store.ask("append", { batch, number });
      onCommit(performance.now() - began);
    };
    this.committer = new Committer(append, store.state, settings.flushInterval, {
      onStored: ({ record, frame }) => frame?.origin.onStored(Date.now() - record.receivedAt),
      onComplete: (entry, outcome) => this.#complete(entry, outcome),
      onRefused: (records, error) => this.#refused(records, error),
      onWaiting: (error) => this.#waiting(error),
    });
    this.maintenance = new Maintenance(store, data, (task) => this.committer.exclusively(task));
    this.counts = new FrameCounts(
      frames.ledger.unaccounted,
      (mark, counts) => store.ask("account", { mark, counts }),
      (error) => log.event("store-waiting", `frame counts could not be stored: ${error.message}`),
    );
    store.rollUp();
    this.#timer = setInterval(() => store.rollUp(), ROLLUP_INTERVAL_MS).unref();
  }

  /**
   * Why the store does not take records, and what it lost until an administrator accepts that. Public: /readyz needs no
   * token.
   */
  problems(): readonly string[] {
    return [
      ...(this.#problem === undefined ? [] : [this.#problem]),
      ...this.store.findings.damage,
      ...this.#lossSentences(),
    ];
  }

  /** Number of times that committed records were found missing. */
  get losses(): number {
    try {
      return this.#losses.all().length;
    } catch {
      return -1;
    }
  }

  #lossSentences(): readonly string[] {
    try {
      return this.#losses.outstanding().map(describeLoss);
    } catch {
      return ["the file of losses cannot be read"];
    }
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    // A running admin operation ends first.
    await this.maintenance.inTurn(async () => {
      await this.counts.stop();
      await this.store.close();
    });
  }

  #complete({ record, frame }: CommitEntry, outcome: Outcome): void {
    if (record.kind === "amendment") record.late.end(outcome);
    else if (record.kind !== "job") {
      if (outcome === "kept") record.late?.onRecord(amendedOf(record));
      else record.late?.end(outcome);
    }
    if (frame === undefined) return;
    const { ledger, inFlight } = this.#frames;
    if (outcome === "kept") ledger.addStored();
    else ledger.addDropped("store-error", record.receivedAt);
    inFlight.complete(frame, outcome);
  }

  #refused(records: readonly CollectedRecord[], { message }: Error): void {
    const count = records.length;
    // Clients may send again the valid ones of several records; a single record would be refused again.
    if (count > 1) this.onRecordsLost(records.filter((record) => record.kind !== "amendment"));
    const what = count === 1 ? "a record" : `${count} records`;
    this.#log("records-refused", `the store refused ${what}: ${message}`, { records: count });
  }

  #waiting(error: Error | undefined): void {
    const before = this.#problem;
    const refused = "the store does not take records";
    this.#problem = error && `${refused}: ${publicReason(error)}`;
    if (error === undefined) this.#log("store-recovered", "the store takes records again");
    else if (before === undefined) this.#log("store-waiting", `${refused}: ${error.message}`);
  }
}
