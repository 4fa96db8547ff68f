/**
 * A map that forgets. Entries live in two generations: when the young one reaches the limit it becomes the old one and
 * the old one is dropped; a look-up moves an entry to the young one. So what is used stays, what is not goes, and
 * memory stays below twice the limit, all in constant time.
 */
export class BoundedMap<V, K = string> {
  readonly #limit: number;
  readonly #weigh: (key: K, value: V) => number;
  #young = new Map<K, V>();
  #old = new Map<K, V>();
  #weight = 0;

  /** @param limit - of the sum of all weights in a generation. @param weigh - 1 for every entry unless given. */
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
