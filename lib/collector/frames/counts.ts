import type { Accounting } from "./ledger.js";

const MINUTE_MS = 60_000;

/** Frames of one minute with the same outcome. */
export interface FrameCount {
  readonly kind: string;
  readonly reason: string | null;
  readonly frames: number;
}

/** @param minute - its start, in nanoseconds since the epoch. */
type WriteCounts = (minute: bigint, counts: FrameCount[]) => Promise<unknown>;

/**
 * Stores what the ledger counts, minute by minute, so that answers can say how complete the data of a span are. A
 * collector that is killed loses the counts of the current minute, which then counts as one without a collector.
 */
export class FrameCounts {
  readonly #read: () => Accounting;
  readonly #write: WriteCounts;
  readonly #onError: (error: Error) => void;
  /** Frames that are already written, by kind and reason. */
  #written = new Map<string, number>();
  #minute = minuteOf(Date.now());
  #timer: NodeJS.Timeout | undefined;

  constructor(read: () => Accounting, write: WriteCounts, onError: (error: Error) => void) {
    this.#read = read;
    this.#write = write;
    this.#onError = onError;
    this.#schedule();
  }

  /** Writes the current minute too. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#writeMinute();
  }

  #schedule(): void {
    this.#timer = setTimeout(
      () => {
        void this.#writeMinute();
        this.#schedule();
      },
      MINUTE_MS - (Date.now() % MINUTE_MS),
    ).unref();
  }

  async #writeMinute(): Promise<void> {
    const minute = this.#minute;
    this.#minute = minuteOf(Date.now());
    const totals = list(this.#read());
    const added = totals
      .map((count) => ({ ...count, frames: count.frames - (this.#written.get(keyOf(count)) ?? 0) }))
      // A count of 0 received frames shows that a collector was running.
      .filter(({ kind, frames }) => frames > 0 || kind === "received");
    this.#written = new Map(totals.map((count) => [keyOf(count), count.frames]));
    await this.#write(minute, added).catch((error: Error) => {
      // The next minute counts these frames.
      for (const count of added) this.#written.set(keyOf(count), (this.#written.get(keyOf(count)) ?? 0) - count.frames);
      this.#onError(error);
    });
  }
}

const minuteOf = (time: number) => BigInt(time - (time % MINUTE_MS)) * 1_000_000n;
const keyOf = ({ kind, reason }: FrameCount) => `${kind} ${reason ?? ""}`;

function list({ received, stored, duplicate, kernelDropped, rejected, dropped }: Accounting): FrameCount[] {
  const byReason = (kind: string, counts: Record<string, number>) =>
    Object.entries(counts).map(([reason, frames]) => ({ kind, reason, frames }));
  const totals = Object.entries({ received, stored, duplicate, kernelDropped });
  return [
    ...totals.map(([kind, frames]) => ({ kind, reason: null, frames })),
    ...byReason("rejected", rejected),
    ...byReason("dropped", dropped),
  ];
}
