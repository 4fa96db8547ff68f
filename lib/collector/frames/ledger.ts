import type { Violation } from "../../wire/index.js";

/** Why a frame that was understood was not kept. */
export const DROP_REASONS = [
  /** The collector was busy: its bounded queues were full. */
  "overload",
  /** Its sender sent more datagrams than one sender may. */
  "rate-limited",
  /** The collector was told to stop before it could take the frame. */
  "shutdown",
  /** The store refused it for good. */
  "store-error",
] as const;
export type DropReason = (typeof DROP_REASONS)[number];

/** Frame counts that ingestion hands over with its batches. */
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
  /** Frames that are somewhere between reception and store right now. */
  pending: number;
  /** Datagrams that never became frames: the kernel's receive buffer was full. Not part of `received`. */
  kernelDropped: number;
}

/**
 * Where every received frame went. At all times, with `pending` counted from the queues themselves:
 * received = stored + duplicate + rejected + dropped + pending.
 */
export class Ledger {
  #received = 0;
  #stored = 0;
  #duplicate = 0;
  #kernelDropped = 0;
  readonly #rejected: Record<string, number> = {};
  readonly #dropped: Record<string, number> = {};

  received(frames: number): void {
    this.#received += frames;
  }

  stored(frames: number): void {
    this.#stored += frames;
  }

  duplicate(): void {
    this.#duplicate++;
  }

  rejected(reason: Violation, frames = 1): void {
    this.#rejected[reason] = (this.#rejected[reason] ?? 0) + frames;
  }

  dropped(reason: DropReason, frames = 1): void {
    this.#dropped[reason] = (this.#dropped[reason] ?? 0) + frames;
  }

  /** All so far. */
  kernelDropped(datagrams: number): void {
    this.#kernelDropped = datagrams;
  }

  /** Frames that were lost before they became part of a batch: received, and settled at once. */
  lost(counts: LossCounts): void {
    for (const [reason, frames] of Object.entries(counts.rejected)) {
      this.received(frames);
      this.rejected(reason as Violation, frames);
    }
    for (const [reason, frames] of Object.entries(counts.dropped)) {
      this.received(frames);
      this.dropped(reason as DropReason, frames);
    }
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
