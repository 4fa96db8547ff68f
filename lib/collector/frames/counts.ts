import { randomUUID } from "node:crypto";
import { type FrameCount, type FramesByMinute, minuteOf } from "./minutes.js";

const MINUTE_MS = 60_000;

/** What the accounting in the store lacks. */
export interface UnaccountedFrames {
  /** Identity of the last account that the store has; undefined before the first. */
  readonly mark: string | undefined;
  readonly counts: readonly FrameCount[];
}

/** @param mark - identity of this account. */
type WriteCounts = (mark: string, counts: readonly FrameCount[]) => Promise<unknown>;

/**
 * Stores what was counted minute by minute, so that answers can say how complete the data of a span are. A heartbeat keeps
 * what is not stored yet (`unaccounted`), from which the next start of a collector that was killed completes the accounting.
 */
export class FrameCounts {
  readonly #frames: FramesByMinute;
  readonly #write: WriteCounts;
  readonly #onError: (error: Error) => void;
  #mark: string | undefined;
  /** What is being written. */
  #written: readonly FrameCount[] = [];
  #minute: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** The end of the last account: they are written one after the other. */
  #last: Promise<void> = Promise.resolve();

  constructor(frames: FramesByMinute, write: WriteCounts, onError: (error: Error) => void) {
    this.#frames = frames;
    this.#write = write;
    this.#onError = onError;
  }

  /** Accounts for the current minute, which shows that a collector is running, and from then on for each. */
  async begin(): Promise<void> {
    this.#minute = minuteOf(Date.now());
    this.#schedule();
    await this.#account();
  }

  get unaccounted(): UnaccountedFrames {
    return { mark: this.#mark, counts: [...this.#written, ...this.#frames.counts()] };
  }

  /** Accounts for the current minute, unless it never began. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#minute !== undefined) await this.#account();
  }

  #schedule(): void {
    this.#timer = setTimeout(
      () => {
        void this.#account();
        this.#schedule();
      },
      MINUTE_MS - (Date.now() % MINUTE_MS),
    ).unref();
  }

  #account(): Promise<void> {
    const now = minuteOf(Date.now());
    const minute = this.#minute ?? now;
    this.#minute = now;
    this.#last = this.#last.then(() => this.#writeMinute(minute));
    return this.#last;
  }

  async #writeMinute(minute: number): Promise<void> {
    const mark = randomUUID();
    // A count of 0 received frames shows that a collector was running.
    this.#written = [{ minute, kind: "received", reason: null, frames: 0 }, ...this.#frames.take()];
    try {
      await this.#write(mark, this.#written);
      this.#mark = mark;
    } catch (error) {
      // The next account has these frames.
      this.#frames.putBack(this.#written);
      this.#onError(error as Error);
    }
    this.#written = [];
  }
}
