const FIRST = 500;
const CAP = 60_000;

/**
 * Waiting times after failures in a row: doubled each time up to a minute, of which a random part is left out, so that many
 * collectors do not come back to a server all at once.
 */
export class Backoff {
  #failures = 0;
  readonly #random: () => number;

  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  /** Milliseconds to wait after one more failure. */
  next(): number {
    const whole = Math.min(CAP, FIRST * 2 ** Math.min(this.#failures++, 16));
    return whole * (0.5 + this.#random() / 2);
  }

  succeeded(): void {
    this.#failures = 0;
  }
}
