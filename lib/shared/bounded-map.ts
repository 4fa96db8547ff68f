/** Estimated weight of an entry besides its texts, for weights in characters. */
export const ENTRY_OVERHEAD = 64;

/**
 * An approximate LRU cache. Entries live in two generations: when the young one reaches the limit, it becomes the old one
 * and the old one is dropped. A look-up moves an entry to the young generation. Every operation takes constant time, and
 * the weight of all entries stays below twice the limit.
 */
export class BoundedMap<V, K = string> {
  readonly #limit: number;
  readonly #weigh: (key: K, value: V) => number;
  #young = new Map<K, V>();
  #old = new Map<K, V>();
  #weight = 0;

  /**
   * @param limit - largest sum of weights in one generation.
   * @param weigh - weight of an entry; 1 by default.
   */
  constructor(limit: number, weigh: (key: K, value: V) => number = () => 1) {
    this.#limit = limit;
    this.#weigh = weigh;
  }

  get size(): number {
    return this.#young.size + this.#old.size;
  }

  get(key: K): V | undefined {
    const value = this.#young.get(key);
    if (value !== undefined || this.#old.size === 0) return value;
    const aged = this.#old.get(key);
    if (aged === undefined) return undefined;
    this.#old.delete(key);
    this.set(key, aged);
    return aged;
  }

  set(key: K, value: V): void {
    const before = this.#young.get(key);
    if (before !== undefined) {
      this.#weight -= this.#weigh(key, before);
      this.#young.delete(key);
    }
    const weight = this.#weigh(key, value);
    if (this.#weight + weight > this.#limit && this.#young.size > 0) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#weight = 0;
    }
    this.#weight += weight;
    this.#young.set(key, value);
  }

  clear(): void {
    this.#young = new Map();
    this.#old = new Map();
    this.#weight = 0;
  }
}
