/** How much each of many senders may do: a token bucket each (RFC 2697 calls its two numbers rate and burst size). */
export interface Rate {
  /** In the long run. */
  readonly perSecond: number;
  /** At once, by who was quiet before. */
  readonly burst: number;
}

interface Bucket {
  left: number;
  /** When `left` was so, in milliseconds of performance.now(). */
  at: number;
}

const SENDER_LIMIT = 32_768;

/**
 * Rates by sender. Addresses can be forged, so what is kept of them is bounded: they stand in two generations,
 * and when the younger is full the older, where nobody was heard of lately, is forgotten.
 */
export class SenderRates {
  readonly #rate: Rate;
  readonly #limit: number;
  #young = new Map<string, Bucket>();
  #old = new Map<string, Bucket>();

  constructor(rate: Rate, limit = SENDER_LIMIT) {
    this.#rate = rate;
    this.#limit = limit;
  }

  /** Whether one thing more is within the sender's rate; it is counted when it is. */
  take(sender: string, now = performance.now()): boolean {
    const bucket = this.#bucket(sender, now);
    if (bucket.left < 1) return false;
    bucket.left--;
    return true;
  }

  /** Milliseconds until {@link take} is true again. */
  wait(sender: string, now = performance.now()): number {
    const { left } = this.#bucket(sender, now);
    return left >= 1 ? 0 : ((1 - left) / this.#rate.perSecond) * 1000;
  }

  #bucket(sender: string, now: number): Bucket {
    let bucket = this.#young.get(sender);
    if (bucket === undefined) {
      bucket = this.#old.get(sender) ?? { left: this.#rate.burst, at: now };
      if (this.#young.size >= this.#limit) {
        this.#old = this.#young;
        this.#young = new Map();
      }
      this.#young.set(sender, bucket);
    }
    bucket.left = Math.min(this.#rate.burst, bucket.left + ((now - bucket.at) * this.#rate.perSecond) / 1000);
    bucket.at = now;
    return bucket;
  }
}
