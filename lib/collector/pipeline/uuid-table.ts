import { randomBytes } from "node:crypto";
import { putUuid, UUID_WORDS as WORDS } from "../frames/frame-key.js";

/**
 * The newest UUIDs in a fixed amount of memory: two hash tables with open addressing take turns. When the young table
 * is half full, the old one is emptied and becomes the young one. Each UUID has a slot number, by which callers keep its
 * fields in arrays.
 */
export class UuidTable {
  /** Slots of one table, a power of two. */
  readonly #tableSlots: number;
  /** Turns a 32-bit hash into a slot: the high bits of a product are mixed best. */
  readonly #shift: number;
  readonly #tables: readonly [Uint32Array, Uint32Array];
  /** Index of the young table. */
  #young: 0 | 1 = 0;
  #used = 0;
  /** Secret, so that senders cannot choose UUIDs that collide. */
  readonly #factors = new Uint32Array(randomBytes(WORDS * 4).buffer.slice(0, WORDS * 4)).map((word) => word | 1);
  readonly #key = new Uint32Array(WORDS);

  /** @param capacity - number of UUIDs that always fit, a power of two; the table holds at most twice as many. */
  constructor(capacity: number) {
    this.#tableSlots = capacity * 2;
    this.#shift = Math.clz32(this.#tableSlots) + 1;
    this.#tables = [new Uint32Array(this.#tableSlots * WORDS), new Uint32Array(this.#tableSlots * WORDS)];
  }

  /** Number of slots of both tables. */
  get slots(): number {
    return this.#tableSlots * 2;
  }

  /** The slot of a UUID; -1 when the table does not hold it. @param salt - distinguishes several uses of one UUID. */
  find(uuid: string, salt = 0): number {
    const start = this.#hash(uuid, salt);
    const young = this.#search(this.#young, start);
    return young >= 0 ? young : Math.max(this.#search(this.#young === 0 ? 1 : 0, start), -1);
  }

  /** Adds a UUID and returns its slot; -1 when the table holds it already. */
  add(uuid: string, salt = 0): number {
    const start = this.#hash(uuid, salt);
    if (this.#search(this.#young === 0 ? 1 : 0, start) >= 0) return -1;
    const slot = this.#search(this.#young, start);
    if (slot >= 0) return -1;
    if (this.#used >= this.#tableSlots / 2) {
      this.#young = this.#young === 0 ? 1 : 0;
      this.#tables[this.#young].fill(0);
      this.#used = 0;
      return this.#put(-1 - this.#search(this.#young, start));
    }
    return this.#put(-1 - slot);
  }

  /** Removes a UUID. Its slot stays in use, so that searches go on behind it. */
  remove(uuid: string, salt = 0): void {
    const slot = this.find(uuid, salt);
    if (slot < 0) return;
    const table = this.#tables[slot < this.#tableSlots ? 0 : 1];
    table.set(new Uint32Array(randomBytes(WORDS * 4).buffer.slice(0, WORDS * 4)), (slot % this.#tableSlots) * WORDS);
  }

  #put(slot: number): number {
    this.#tables[this.#young].set(this.#key, (slot % this.#tableSlots) * WORDS);
    this.#used++;
    return slot;
  }

  /** Reads the UUID into the key, and returns the slot of a table where the search for it starts. */
  #hash(uuid: string, salt: number): number {
    const key = this.#key;
    putUuid(key, 0, uuid, salt);
    let sum = 0;
    for (let i = 0; i < WORDS; i++) sum = (sum + Math.imul(word(key, i), word(this.#factors, i))) | 0;
    return sum >>> this.#shift;
  }

  /** The slot of the key in a table; `-1 - slot` of the empty slot where it belongs when the table does not hold it. */
  #search(which: 0 | 1, start: number): number {
    const table = this.#tables[which];
    const key = this.#key;
    for (let slot = start; ; slot = (slot + 1) % this.#tableSlots) {
      const at = slot * WORDS;
      if (table[at] === key[0] && table[at + 1] === key[1] && table[at + 2] === key[2] && table[at + 3] === key[3]) {
        return which * this.#tableSlots + slot;
      }
      const isEmpty = (word(table, at) | word(table, at + 1) | word(table, at + 2) | word(table, at + 3)) === 0;
      if (isEmpty) return -1 - (which * this.#tableSlots + slot);
    }
  }
}

const word = (words: Uint32Array, index: number): number => words[index] ?? 0;
