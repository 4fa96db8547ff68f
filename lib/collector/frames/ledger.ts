import { VIOLATIONS, type Violation } from "../../wire/index.js";

/** Why a frame was refused for what it says; `late`: it is older than the window in which duplicates are recognized. */
export const REJECT_REASONS = [...VIOLATIONS, "late"] as const;
export type RejectReason = Violation | "late";

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

/** Numbers of frames that the ingest thread rejected or dropped since its last message. */
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
  readonly #counts: Omit<Accounting, "pending"> = {
    received: 0,
    stored: 0,
    duplicate: 0,
    rejected: {},
    dropped: {},
    kernelDropped: 0,
  };

  addReceived(): void {
    this.#counts.received++;
  }

  addStored(): void {
    this.#counts.stored++;
  }

  addDuplicate(): void {
    this.#counts.duplicate++;
  }

  addRejected(reason: RejectReason): void {
    add(this.#counts.rejected, reason, 1);
  }

  addDropped(reason: DropReason): void {
    add(this.#counts.dropped, reason, 1);
  }

  /** Adds frames that were rejected or dropped on reception. */
  addLosses(losses: LossCounts): void {
    for (const outcome of ["rejected", "dropped"] as const) {
      for (const [reason, frames] of Object.entries(losses[outcome])) {
        this.#counts.received += frames;
        add(this.#counts[outcome], reason, frames);
      }
    }
  }

  /** @param datagrams - since the start. */
  setKernelDropped(datagrams: number): void {
    this.#counts.kernelDropped = datagrams;
  }

  accounting(pending: number): Accounting {
    const { rejected, dropped, ...totals } = this.#counts;
    return { ...totals, rejected: { ...rejected }, dropped: { ...dropped }, pending };
  }
}

function add(counts: Record<string, number>, reason: string, frames: number): void {
  counts[reason] = (counts[reason] ?? 0) + frames;
}
