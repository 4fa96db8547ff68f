import { FRAME_HEADER_SIZE, type Frame, type Violation } from "../../../wire/index.js";
import type { DropReason, LossCounts } from "../../frames/ledger.js";
import { BatchBuilder, type FrameBatch } from "../batch.js";
import type { Credit } from "../credit.js";

/** A batch is handed over at this size at the latest. */
const BATCH_SIZE = 256 * 1024;
/** Or after so many milliseconds: to wake the other thread for every few datagrams cost more than to read them. */
const GATHERING = 4;

type HandOver = (batch: FrameBatch | undefined, lost: LossCounts | undefined) => void;

/** The way of one listener out of the ingest thread; all share the credit. Without credit a frame is not taken: a stream waits, a datagram is lost. */
export class Batcher {
  readonly #credit: Credit;
  readonly #handOver: HandOver;
  readonly #batch = new BatchBuilder();
  #lost: LossCounts = { rejected: {}, dropped: {} };
  #hasLost = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(credit: Credit, handOver: HandOver) {
    this.#credit = credit;
    this.#handOver = handOver;
  }

  /** Takes a frame, or returns false when there is no credit for it. */
  offer(frame: Frame): boolean {
    if (!this.#credit.take(FRAME_HEADER_SIZE + frame.payload.length)) return false;
    this.#batch.add(frame);
    if (this.#batch.size >= BATCH_SIZE) this.flush();
    else this.#schedule();
    return true;
  }

  reject(reason: Violation): void {
    this.#lost.rejected[reason] = (this.#lost.rejected[reason] ?? 0) + 1;
    this.#hasLost = true;
    this.#schedule();
  }

  drop(reason: DropReason): void {
    this.#lost.dropped[reason] = (this.#lost.dropped[reason] ?? 0) + 1;
    this.#hasLost = true;
    this.#schedule();
  }

  /** Calls back once, when credit has come. */
  onCredit(wake: () => void): void {
    this.#credit.onCredit(wake);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const batch = this.#batch.take();
    const lost = this.#hasLost ? this.#lost : undefined;
    if (batch === undefined && lost === undefined) return;
    this.#lost = { rejected: {}, dropped: {} };
    this.#hasLost = false;
    this.#handOver(batch, lost);
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => this.flush(), GATHERING);
  }
}
