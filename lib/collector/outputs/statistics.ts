/** Durations of the last deliveries, in milliseconds. */
export interface Durations {
  readonly count: number;
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

const KEPT = 256;

/** What is worth knowing of the last few deliveries. */
export class DurationWindow {
  readonly #durations: number[] = [];
  #next = 0;

  add(milliseconds: number): void {
    this.#durations[this.#next] = milliseconds;
    this.#next = (this.#next + 1) % KEPT;
  }

  /** Nothing before the first one. */
  summary(): Durations | null {
    const sorted = [...this.#durations].sort((a, b) => a - b);
    const [min] = sorted;
    const median = sorted[sorted.length >> 1];
    const max = sorted.at(-1);
    if (min === undefined || median === undefined || max === undefined) return null;
    return { count: sorted.length, min, median, max };
  }
}
