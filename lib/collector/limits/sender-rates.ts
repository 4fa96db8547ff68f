import { type Rate, TokenBucket } from "./token-bucket.js";

const MAX_SENDERS = 32_768;

/**
 * A rate limit for each of many senders. Addresses can be forged, so the memory for them is bounded: buckets belong to
 * two generations, and when the young generation is full it replaces the old one, whose senders have been idle for
 * longest.
 */
export class SenderRates {
  readonly #rate: Rate;
  readonly #maxSenders: number;
  #young = new Map<string, TokenBucket>();
  #old = new Map<string, TokenBucket>();

  constructor(rate: Rate, maxSenders = MAX_SENDERS) {
    this.#rate = rate;
    this.#maxSenders = maxSenders;
  }

  /** Counts one event of a sender; false when it exceeds the sender's rate. */
  take(sender: string, now = performance.now()): boolean {
    return this.#bucketOf(sender, now).take(now);
  }

  /** Milliseconds until {@link take} returns true again. */
  wait(sender: string, now = performance.now()): number {
    return this.#bucketOf(sender, now).wait(now);
  }

  #bucketOf(sender: string, now: number): TokenBucket {
    let bucket = this.#young.get(sender);
    if (bucket === undefined) {
      bucket = this.#old.get(sender) ?? new TokenBucket(this.#rate, now);
      if (this.#young.size >= this.#maxSenders) {
        this.#old = this.#young;
        this.#young = new Map();
      }
      this.#young.set(sender, bucket);
    }
    return bucket;
  }
}
