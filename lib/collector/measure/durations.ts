const MAX_VALUES = 1024;
const WINDOW_MS = 15 * 60_000;

/** Durations of the last 15 minutes in milliseconds; null when there are none. */
export interface DurationSummary {
  readonly count: number;
  readonly min: number | null;
  readonly median: number | null;
  readonly max: number | null;
}

/** The newest durations of a repeated operation. */
export class Durations {
  readonly #values = new Float64Array(MAX_VALUES);
  readonly #times = new Float64Array(MAX_VALUES);
  readonly #now: () => number;
  readonly #onValue: ((milliseconds: number) => void) | undefined;
  #added = 0;

  /** @param onValue - receives each duration too, for a histogram. */
  constructor(onValue?: (milliseconds: number) => void, now = () => performance.now()) {
    this.#onValue = onValue;
    this.#now = now;
  }

  add(milliseconds: number): void {
    // A duration is negative when the clock was set back meanwhile.
    const value = Math.max(0, milliseconds);
    const at = this.#added++ % MAX_VALUES;
    this.#values[at] = value;
    this.#times[at] = this.#now();
    this.#onValue?.(value);
  }

  summary(): DurationSummary {
    const oldest = this.#now() - WINDOW_MS;
    const used = Math.min(this.#added, MAX_VALUES);
    const values = this.#values.slice(0, used).filter((_, at) => (this.#times[at] ?? 0) >= oldest);
    values.sort();
    const at = (index: number) => values[index] ?? null;
    const middle = values.length >> 1;
    const upper = at(middle);
    const isOdd = values.length % 2 === 1;
    const median = isOdd || upper === null ? upper : ((at(middle - 1) ?? upper) + upper) / 2;
    return { count: values.length, min: at(0), median, max: at(values.length - 1) };
  }
}
