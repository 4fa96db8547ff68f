const MINUTE_MS = 60_000;

/** Frames that were received in the same minute and had the same outcome. */
export interface FrameCount {
  /** Start of the minute, in milliseconds since the epoch. */
  readonly minute: number;
  /** As the ledger names it. The store counts the stored ones itself. */
  readonly kind: string;
  readonly reason: string | null;
  readonly frames: number;
}

/** What was counted about the frames of one minute. */
interface Minute {
  readonly minute: number;
  /** Frames by kind, and reason by kind. */
  readonly totals: Record<string, number>;
  readonly reasons: Record<string, Record<string, number>>;
}

/**
 * Counts frames by the minute of their reception. Whenever their outcome is known, it is counted for that minute, too: so
 * the counts of each minute add up.
 */
export class FramesByMinute {
  readonly #minutes = new Map<number, Minute>();
  #latest: Minute | undefined;

  add(receivedAt: number, kind: string, frames = 1): void {
    const { totals } = this.#at(receivedAt);
    totals[kind] = (totals[kind] ?? 0) + frames;
  }

  addFor(reason: string, receivedAt: number, kind: string, frames = 1): void {
    const { reasons } = this.#at(receivedAt);
    reasons[kind] ??= {};
    reasons[kind][reason] = (reasons[kind][reason] ?? 0) + frames;
  }

  /** Adds counts that were taken. */
  putBack(counts: readonly FrameCount[]): void {
    for (const { minute, kind, reason, frames } of counts) {
      if (reason === null) this.add(minute, kind, frames);
      else this.addFor(reason, minute, kind, frames);
    }
  }

  counts(): FrameCount[] {
    return [...this.#minutes.values()].flatMap(({ minute, totals, reasons }) => [
      ...Object.entries(totals).map(([kind, frames]) => ({ minute, kind, reason: null, frames })),
      ...Object.entries(reasons).flatMap(([kind, byReason]) =>
        Object.entries(byReason).map(([reason, frames]) => ({ minute, kind, reason, frames })),
      ),
    ]);
  }

  /** Returns the counts, and begins anew. */
  take(): FrameCount[] {
    const counts = this.counts();
    this.#minutes.clear();
    this.#latest = undefined;
    return counts;
  }

  #at(time: number): Minute {
    const minute = minuteOf(time);
    if (this.#latest?.minute === minute) return this.#latest;
    const found = this.#minutes.get(minute) ?? { minute, totals: {}, reasons: {} };
    this.#minutes.set(minute, found);
    this.#latest = found;
    return found;
  }
}

/** The start of the minute of a time, both in milliseconds. */
export const minuteOf = (time: number): number => Math.floor(time / MINUTE_MS) * MINUTE_MS;
