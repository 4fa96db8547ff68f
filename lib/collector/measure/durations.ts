/** Newest durations that are remembered. */
const REMEMBERED = 1024;
/** How long each counts, in milliseconds. */
const WINDOW = 15 * 60_000;

/** Of the last 15 minutes, in milliseconds; null when there were none. */
export interface DurationSummary {
  readonly count: number;
  readonly min: number | null;
  readonly median: number | null;
  readonly max: number | null;
}

/** The newest durations of something that happens again and again. */
export class Durations {
  readonly #values = new Float64Array(REMEMBERED);
  readonly #times = new Float64Array(REMEMBERED);
  readonly #now: () => number;
  readonly #observe: ((milliseconds: number) => void) | undefined;
  #added = 0;

  /** @param observe - told each duration, too: a histogram. */
  constructor(observe?: (milliseconds: number) => void, now = () => performance.now()) {
    this.#observe = observe;
    this.#now = now;
  }

  add(milliseconds: number): void {
    // A clock that was set back gives negative ones.
    const value = Math.max(0, milliseconds);
    const at = this.#added++ % REMEMBERED;
    this.#values[at] = value;
    this.#times[at] = this.#now();
    this.#observe?.(value);
  }

  summary(): DurationSummary {
    const oldest = this.#now() - WINDOW;
    const used = Math.min(this.#added, REMEMBERED);
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
