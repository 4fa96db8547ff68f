/** What may be done: a token bucket (RFC 2697 calls its two numbers rate and burst size). */
export interface Rate {
  /** In the long run. */
  readonly perSecond: number;
  /** At once, by who was quiet before. */
  readonly burst: number;
}

/** The bucket of one who does it. Times are those of performance.now(). */
export class TokenBucket {
  readonly #rate: Rate;
  #left: number;
  #refilledAt: number;

  constructor(rate: Rate, now = performance.now()) {
    this.#rate = rate;
    this.#left = rate.burst;
    this.#refilledAt = now;
  }

  /** Whether one more is allowed now; it is counted when it is. */
  take(now = performance.now()): boolean {
    this.#refill(now);
    if (this.#left < 1) return false;
    this.#left--;
    return true;
  }

  /** Milliseconds until {@link take} is true again. */
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
