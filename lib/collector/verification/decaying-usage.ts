import { BoundedMap } from "../../shared/bounded-map.js";

/** Parties of one generation. Addresses can be forged, so the memory for them is bounded. */
const MAX_PARTIES = 32_768;
/** Time in which usage counts half. */
const HALF_LIFE_MS = 10_000;

interface Entry {
  amount: number;
  at: number;
}

/** How much each of many parties used of something lately. Usage decays exponentially, as in fair-share schedulers. */
export class DecayingUsage {
  readonly #entries = new BoundedMap<Entry>(MAX_PARTIES);

  /** @param now - time of performance.now(). */
  of(party: string, now: number): number {
    const entry = this.#entries.get(party);
    return entry === undefined ? 0 : entry.amount * 2 ** ((entry.at - now) / HALF_LIFE_MS);
  }

  add(party: string, amount: number, now: number): void {
    this.#entries.set(party, { amount: this.of(party, now) + amount, at: now });
  }
}

/**
 * A rank of usage that stays the same while usage decays, and grows when usage is added. Of two amounts at the same time,
 * the larger has the larger rank.
 */
export const usageRank = (amount: number, now: number): number => Math.log2(amount) + now / HALF_LIFE_MS;
