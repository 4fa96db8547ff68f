import { type Rate, TokenBucket } from "./token-bucket.js";

const SENDER_LIMIT = 32_768;

/**
 * How much each of many senders may do. Addresses can be forged, so what is kept of them is bounded: they stand in two
 * generations, and when the younger is full the older, where nobody was heard of lately, is forgotten.
 */
export class SenderRates {
  readonly #rate: Rate;
  readonly #limit: number;
  #young = new Map<string, TokenBucket>();
  #old = new Map<string, TokenBucket>();

  constructor(rate: Rate, limit = SENDER_LIMIT) {
    this.#rate = rate;
    this.#limit = limit;
  }

  /** Whether one thing more is within the sender's rate; it is counted when it is. */
  take(sender: string, now = performance.now()): boolean {
    return this.#allowance(sender, now).take(now);
  }

  /** Milliseconds until {@link take} is true again. */
  wait(sender: string, now = performance.now()): number {
    return this.#allowance(sender, now).wait(now);
  }

  #allowance(sender: string, now: number): TokenBucket {
    let allowance = this.#young.get(sender);
    if (allowance === undefined) {
      allowance = this.#old.get(sender) ?? new TokenBucket(this.#rate, now);
      if (this.#young.size >= this.#limit) {
        this.#old = this.#young;
        this.#young = new Map();
      }
      this.#young.set(sender, allowance);
    }
    return allowance;
  }
}
