import { BoundedMap } from "../../shared/bounded-map.js";
import type { Holder } from "./shared-budget.js";
import { type Rate, TokenBucket } from "./token-bucket.js";

/** Senders of one kind that are known at once. Addresses can be forged, so there may be any number. */
const MAX_SENDERS = 32_768;

/** Who sends: an address, a network, or a user of this host. */
export class Sender implements Holder {
  /** Names the sender between threads. */
  readonly key: string;
  held = 0;
  /** When one of its frames was stored last, or the sender appeared, by performance.now(). */
  usefulAt: number;
  /** Undefined without a limit. */
  readonly rate: TokenBucket | undefined;

  constructor(key: string, rate: Rate | undefined, now?: number) {
    this.key = key;
    this.usefulAt = now ?? performance.now();
    this.rate = rate && new TokenBucket(rate, now);
  }
}

/** Senders of one kind. Those that were silent longest are forgotten. */
export class Senders {
  readonly #rate: Rate | undefined;
  readonly #senders: BoundedMap<Sender>;

  /** @param rate - of each; undefined for no limit. */
  constructor(rate?: Rate, maxSenders = MAX_SENDERS) {
    this.#rate = rate;
    this.#senders = new BoundedMap(maxSenders);
  }

  of(key: string, now?: number): Sender {
    let sender = this.#senders.get(key);
    if (sender === undefined) {
      sender = new Sender(key, this.#rate, now);
      this.#senders.set(key, sender);
    }
    return sender;
  }

  /** Counts one event; false when it exceeds the sender's rate. */
  take(key: string, now?: number): boolean {
    return this.of(key, now).rate?.take(now) ?? true;
  }
}
