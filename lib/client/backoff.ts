const FIRST = 500;
const LONGEST = 30_000;

/** Pauses between attempts, in milliseconds: each up to twice as long, at random so that not all clients come at once. */
export class Backoff {
  #pause = FIRST;

  next(): number {
    const pause = this.#pause;
    this.#pause = Math.min(pause * 2, LONGEST);
    return Math.round(pause * (0.5 + Math.random() / 2));
  }

  /** The next attempt comes soon again. */
  reset(): void {
    this.#pause = FIRST;
  }
}
