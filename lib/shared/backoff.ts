export interface BackoffOptions {
  readonly firstMs?: number;
  readonly longestMs: number;
  /** Returns a number from 0 to 1, like `Math.random`. */
  readonly random?: () => number;
}

/**
 * Pauses between attempts: each up to twice as long as the one before, up to a limit. Up to half of each is left out at
 * random, so that many clients do not return to a server at the same moment.
 */
export class Backoff {
  readonly #firstMs: number;
  readonly #longestMs: number;
  readonly #random: () => number;
  #pauseMs: number;

  constructor({ firstMs = 500, longestMs, random = Math.random }: BackoffOptions) {
    this.#firstMs = firstMs;
    this.#longestMs = longestMs;
    this.#random = random;
    this.#pauseMs = firstMs;
  }

  /** Milliseconds to wait before the next attempt. */
  next(): number {
    const pause = this.#pauseMs;
    this.#pauseMs = Math.min(pause * 2, this.#longestMs);
    return Math.round(pause * (0.5 + this.#random() / 2));
  }

  /** Begins with the first pause again, after a success. */
  reset(): void {
    this.#pauseMs = this.#firstMs;
  }
}
