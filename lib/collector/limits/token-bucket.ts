/** Parameters of a token bucket (RFC 2697 calls them rate and burst size). */
export interface Rate {
  /** Long-term average. */
  readonly perSecond: number;
  /** At once, after a pause. */
  readonly burst: number;
}

/** A token bucket. Times are those of performance.now(). */
export class TokenBucket {
  readonly #rate: Rate;
  #left: number;
  #refilledAt: number;

  constructor(rate: Rate, now = performance.now()) {
    this.#rate = rate;
    this.#left = rate.burst;
    this.#refilledAt = now;
  }

  /** Takes a token; false when there is none. */
  take(now = performance.now()): boolean {
    this.#refill(now);
    if (this.#left < 1) return false;
    this.#left--;
    return true;
  }

  /** Takes tokens that may not be there: then there are none until the debt is paid, after a whole burst's time at most. */
  charge(tokens: number, now = performance.now()): void {
    this.#refill(now);
    this.#left = Math.max(this.#left - tokens, -this.#rate.burst);
  }

  /** Milliseconds until {@link take} returns true again. */
  wait(now = performance.now()): number {
    this.#refill(now);
    return this.#left >= 1 ? 0 : ((1 - this.#left) / this.#rate.perSecond) * 1000;
  }

  #refill(now: number): void {
    const { perSecond, burst } = this.#rate;
    this.#left = Math.min(burst, this.#left + ((now - this.#refilledAt) * perSecond) / 1000);
    this.#refilledAt = now;
  }
}
