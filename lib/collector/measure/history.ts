/** How often counters are looked at, in milliseconds, and for how long it is remembered what they were: an hour. */
export const INTERVAL = 10_000;
const SAMPLES = 360;

/** A second, over the last 1, 5 and 15 minutes; over the time since the start while that is shorter. */
export interface Rates {
  readonly last1: number;
  readonly last5: number;
  readonly last15: number;
}

/** What a counter was in the last hour. One that has shrunk began anew at 0 (an output after a reload): it grew since. */
export class History {
  readonly #read: () => number;
  #last = 0;
  /** What the counter had before it began anew. */
  #before = 0;
  readonly #now: () => number;
  /** Values and their times, oldest first. */
  readonly #samples: { readonly value: number; readonly time: number }[];

  /** @param start - when the counter was 0, by the same clock. */
  constructor(read: () => number, now = () => performance.now(), start = now()) {
    this.#read = read;
    this.#now = now;
    this.#samples = [{ value: 0, time: start }];
  }

  /** To be called once an interval. */
  sample(): void {
    this.#samples.push({ value: this.#total(), time: this.#now() });
    if (this.#samples.length > SAMPLES + 1) this.#samples.shift();
  }

  rates(): Rates {
    return { last1: this.#rate(1), last5: this.#rate(5), last15: this.#rate(15) };
  }

  /** By how much it grew in each of the intervals, oldest first. */
  growth(): number[] {
    return this.#samples.slice(1).map(({ value }, index) => value - (this.#samples[index]?.value ?? 0));
  }

  #rate(minutes: number): number {
    const now = this.#now();
    const from = now - minutes * 60_000;
    // The newest that is old enough, or else the oldest there is.
    const start = this.#samples.findLast(({ time }) => time <= from) ?? this.#samples[0];
    if (start === undefined || start.time >= now) return 0;
    return (this.#total() - start.value) / ((now - start.time) / 1000);
  }

  #total(): number {
    const value = this.#read();
    if (value < this.#last) this.#before += this.#last;
    this.#last = value;
    return this.#before + value;
  }
}
