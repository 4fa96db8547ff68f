import type { Frame, Violation } from "../../../wire/index.js";
import type { DropReason, LossCounts } from "../../frames/ledger.js";
import type { Sender } from "../../limits/senders.js";
import { type FrameBatch, FrameBatchBuilder } from "../batch.js";
import type { Credit } from "../credit.js";

/** A batch of this size goes to the main thread at once. */
const BATCH_BYTES = 256 * 1024;
/** Time to gather a smaller batch: waking the main thread for a few datagrams costs more than reading them. */
const GATHER_MS = 4;

type OnBatch = (batch: FrameBatch | undefined, lost: LossCounts | undefined) => void;

/**
 * Frames of one listener → batches for the main thread. All listeners share the credit. When a sender gets no credit for
 * a frame, a stream waits and a datagram is dropped.
 */
export class Batcher {
  readonly #credit: Credit;
  readonly #onBatch: OnBatch;
  readonly #batch = new FrameBatchBuilder();
  #lost: LossCounts | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(credit: Credit, onBatch: OnBatch) {
    this.#credit = credit;
    this.#onBatch = onBatch;
  }

  /** Adds a frame; false when there is no credit for it. */
  offer(frame: Frame, sender: Sender): boolean {
    if (!this.#credit.take(sender, frame)) return false;
    this.#batch.add(frame, sender.key);
    if (this.#batch.size >= BATCH_BYTES) this.flush();
    else this.#schedule();
    return true;
  }

  reject(reason: Violation): void {
    const { rejected } = this.#losses();
    rejected[reason] = (rejected[reason] ?? 0) + 1;
  }

  drop(reason: DropReason): void {
    const { dropped } = this.#losses();
    dropped[reason] = (dropped[reason] ?? 0) + 1;
  }

  /** Calls back once, when a frame has given credit back. */
  onCredit(callback: () => void): void {
    this.#credit.onCredit(callback);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const batch = this.#batch.take();
    const lost = this.#lost;
    if (batch === undefined && lost === undefined) return;
    this.#lost = undefined;
    this.#onBatch(batch, lost);
  }

  #losses(): LossCounts {
    this.#schedule();
    this.#lost ??= { rejected: {}, dropped: {} };
    return this.#lost;
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => this.flush(), GATHER_MS);
  }
}
