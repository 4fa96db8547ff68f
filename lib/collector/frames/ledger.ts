import type { Violation } from "../../wire/index.js";

/** Why a valid frame was not stored. */
export const DROP_REASONS = [
  /** The bounded queues of the collector were full. */
  "overload",
  /** Its sender exceeded the rate limit. */
  "rate-limited",
  /** The collector stopped before it could accept the frame. */
  "shutdown",
  /** The store refused it for good. */
  "store-error",
] as const;
export type DropReason = (typeof DROP_REASONS)[number];

/** Numbers of frames that the ingest thread rejected or dropped since its last batch. */
export interface LossCounts {
  rejected: Partial<Record<Violation, number>>;
  dropped: Partial<Record<DropReason, number>>;
}

export interface Accounting {
  received: number;
  stored: number;
  duplicate: number;
  rejected: Record<string, number>;
  dropped: Record<string, number>;
  /** Frames in flight. */
  pending: number;
  /** Datagrams that the kernel dropped because a receive buffer was full. They are not part of `received`. */
  kernelDropped: number;
}

/**
 * Counts the frames by outcome. At all times, with `pending` counted independently by {@link InFlightFrames}:
 * received = stored + duplicate + rejected + dropped + pending.
 */
export class Ledger {
  #received = 0;
  #stored = 0;
  #duplicate = 0;
  #kernelDropped = 0;
  readonly #rejected: Record<string, number> = {};
  readonly #dropped: Record<string, number> = {};

  addReceived(): void {
    this.#received++;
  }

  addStored(): void {
    this.#stored++;
  }

  addDuplicate(): void {
    this.#duplicate++;
  }

  addRejected(reason: Violation): void {
    this.#rejected[reason] = (this.#rejected[reason] ?? 0) + 1;
  }

  addDropped(reason: DropReason): void {
    this.#dropped[reason] = (this.#dropped[reason] ?? 0) + 1;
  }

  /** Adds frames that were received, and rejected or dropped at once. */
  addLosses({ rejected, dropped }: LossCounts): void {
    for (const [reason, frames] of Object.entries(rejected)) {
      this.#received += frames;
      this.#rejected[reason] = (this.#rejected[reason] ?? 0) + frames;
    }
    for (const [reason, frames] of Object.entries(dropped)) {
      this.#received += frames;
      this.#dropped[reason] = (this.#dropped[reason] ?? 0) + frames;
    }
  }

  /** @param datagrams - since the start. */
  setKernelDropped(datagrams: number): void {
    this.#kernelDropped = datagrams;
  }

  accounting(pending: number): Accounting {
    return {
      received: this.#received,
      stored: this.#stored,
      duplicate: this.#duplicate,
      rejected: { ...this.#rejected },
      dropped: { ...this.#dropped },
      pending,
      kernelDropped: this.#kernelDropped,
    };
  }
}
