export const SAMPLE_INTERVAL_MS = 10_000;
/** Samples of one hour. */
const MAX_SAMPLES = 360;

/** Increase per second over the last 1, 5 and 15 minutes, or since the start where that is shorter. */
export interface Rates {
  readonly last1: number;
  readonly last5: number;
  readonly last15: number;
}

/** The last hour of a counter. A counter that shrinks has restarted at 0, as outputs do at a reload. */
export class History {
  readonly #read: () => number;
  #last = 0;
  /** Sum of the values before each restart. */
  #beforeRestarts = 0;
  readonly #now: () => number;
  /** Values and their times, oldest first. */
  readonly #samples: { readonly value: number; readonly time: number }[];

  /** @param start - when the counter was 0, by the clock of `now`. */
  constructor(read: () => number, now = () => performance.now(), start = now()) {
    this.#read = read;
    this.#now = now;
    this.#samples = [{ value: 0, time: start }];
  }

  /** Call it once per {@link SAMPLE_INTERVAL_MS}. */
  sample(): void {
    this.#samples.push({ value: this.#total(), time: this.#now() });
    if (this.#samples.length > MAX_SAMPLES + 1) this.#samples.shift();
  }

  rates(): Rates {
    return { last1: this.#rate(1), last5: this.#rate(5), last15: this.#rate(15) };
  }

  /** The increase in each interval, oldest first. */
  growth(): number[] {
    return this.#samples.slice(1).map(({ value }, index) => value - (this.#samples[index]?.value ?? 0));
  }

  #rate(minutes: number): number {
    const now = this.#now();
    const from = now - minutes * 60_000;
    const start = this.#samples.findLast(({ time }) => time <= from) ?? this.#samples[0];
    if (start === undefined || start.time >= now) return 0;
    return (this.#total() - start.value) / ((now - start.time) / 1000);
  }

  #total(): number {
    const value = this.#read();
    if (value < this.#last) this.#beforeRestarts += this.#last;
    this.#last = value;
    return this.#beforeRestarts + value;
  }
}
