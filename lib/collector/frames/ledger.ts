import { VIOLATIONS, type Violation } from "../../wire/index.js";
import { FramesByMinute } from "./minutes.js";

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
 * Counts the frames by outcome, in all and for the minute of their reception, in milliseconds since the epoch. At all
 * times, with `pending` counted independently by {@link InFlightFrames}:
 * received = stored + duplicate + rejected + dropped + pending.
 */
export class Ledger {
  /** What the accounting in the store lacks. */
  readonly unaccounted = new FramesByMinute();
  readonly #counts: Omit<Accounting, "pending"> = {
    received: 0,
    stored: 0,
    duplicate: 0,
    rejected: {},
    dropped: {},
    kernelDropped: 0,
  };

  addReceived(receivedAt: number): void {
    this.#counts.received++;
    this.unaccounted.add(receivedAt, "received");
  }

  /** The store counts the stored frames of each minute itself. */
  addStored(): void {
    this.#counts.stored++;
  }

  addDuplicate(receivedAt: number): void {
    this.#counts.duplicate++;
    this.unaccounted.add(receivedAt, "duplicate");
  }

  addRejected(reason: RejectReason, receivedAt: number): void {
    add(this.#counts.rejected, reason, 1);
    this.unaccounted.addFor(reason, receivedAt, "rejected");
  }

  addDropped(reason: DropReason, receivedAt: number): void {
    add(this.#counts.dropped, reason, 1);
    this.unaccounted.addFor(reason, receivedAt, "dropped");
  }

  /** Adds frames that were rejected or dropped on reception. */
  addLosses(losses: LossCounts): void {
    const now = Date.now();
    for (const outcome of ["rejected", "dropped"] as const) {
      for (const [reason, frames] of Object.entries(losses[outcome])) {
        this.#counts.received += frames;
        add(this.#counts[outcome], reason, frames);
        this.unaccounted.add(now, "received", frames);
        this.unaccounted.addFor(reason, now, outcome, frames);
      }
    }
  }

  /** @param datagrams - since the start. */
  setKernelDropped(datagrams: number): void {
    this.unaccounted.add(Date.now(), "kernelDropped", datagrams - this.#counts.kernelDropped);
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
