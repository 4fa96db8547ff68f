import { randomBytes } from "node:crypto";

const WORDS = 4;

/**
 * The newest UUIDs, in memory that does not grow: two tables that take turns. When the young one is half full, the old
 * one is emptied and becomes the young one. A UUID has a place, by which the caller keeps what belongs to it in arrays
 * of its own.
 */
export class UuidTable {
  /** Of one table; a power of two. */
  readonly #slots: number;
  /** Of a 32-bit number to one of the slots, by its high bits: in a product those are the well mixed ones. */
  readonly #shift: number;
  readonly #tables: readonly [Uint32Array, Uint32Array];
  /** Which of the two is the young one. */
  #young: 0 | 1 = 0;
  #used = 0;
  /** Secret, so that nobody can choose UUIDs that all fall into one place. */
  readonly #factors = new Uint32Array(randomBytes(WORDS * 4).buffer.slice(0, WORDS * 4)).map((word) => word | 1);
  readonly #key = new Uint32Array(WORDS);

  /** @param capacity - UUIDs that are remembered at least, a power of two; at most they are twice as many. */
  constructor(capacity: number) {
    this.#slots = capacity * 2;
    this.#shift = Math.clz32(this.#slots) + 1;
    this.#tables = [new Uint32Array(this.#slots * WORDS), new Uint32Array(this.#slots * WORDS)];
  }

  /** Places are below this. */
  get places(): number {
    return this.#slots * 2;
  }

  /** The place of a UUID, or -1 when it is not known. @param salt - keeps several uses of one UUID apart. */
  find(uuid: string, salt = 0): number {
    const start = this.#hash(uuid, salt);
    const young = this.#search(this.#young, start);
    return young >= 0 ? young : Math.max(this.#search(this.#young === 0 ? 1 : 0, start), -1);
  }

  /** Takes a UUID in and gives its place; -1 when it is known. */
  add(uuid: string, salt = 0): number {
    const start = this.#hash(uuid, salt);
    if (this.#search(this.#young === 0 ? 1 : 0, start) >= 0) return -1;
    const place = this.#search(this.#young, start);
    if (place >= 0) return -1;
    if (this.#used >= this.#slots / 2) {
      this.#young = this.#young === 0 ? 1 : 0;
      this.#tables[this.#young].fill(0);
      this.#used = 0;
      return this.#put(-1 - this.#search(this.#young, start));
    }
    return this.#put(-1 - place);
  }

  #put(place: number): number {
    this.#tables[this.#young].set(this.#key, (place % this.#slots) * WORDS);
    this.#used++;
    return place;
  }

  /** Reads the UUID into the key and gives the slot where the search for it starts. */
  #hash(uuid: string, salt: number): number {
    const key = this.#key;
    key[0] = hex(uuid, 0) * 0x10000 + hex(uuid, 4);
    key[1] = hex(uuid, 9) * 0x10000 + hex(uuid, 14);
    key[2] = hex(uuid, 19) * 0x10000 + hex(uuid, 24);
    key[3] = (hex(uuid, 28) * 0x10000 + hex(uuid, 32)) ^ Math.imul(salt, 0x9e3779b1);
    // An empty slot is all zeros.
    if ((word(key, 0) | word(key, 1) | word(key, 2) | word(key, 3)) === 0) key[3] = 1;
    let sum = 0;
    for (let i = 0; i < WORDS; i++) sum = (sum + Math.imul(word(key, i), word(this.#factors, i))) | 0;
    return sum >>> this.#shift;
  }

  /** The place of the key in a table, or `-1 - place` of the empty slot where it belongs. */
  #search(which: 0 | 1, start: number): number {
    const table = this.#tables[which];
    const key = this.#key;
    for (let slot = start; ; slot = (slot + 1) % this.#slots) {
      const at = slot * WORDS;
      if (table[at] === key[0] && table[at + 1] === key[1] && table[at + 2] === key[2] && table[at + 3] === key[3]) {
        return which * this.#slots + slot;
      }
      const isEmpty = (word(table, at) | word(table, at + 1) | word(table, at + 2) | word(table, at + 3)) === 0;
      if (isEmpty) return -1 - (which * this.#slots + slot);
    }
  }
}

const word = (words: Uint32Array, index: number): number => words[index] ?? 0;

/** Four digits of a UUID in its usual spelling, in lower case. */
function hex(uuid: string, at: number): number {
  let value = 0;
  for (let index = at; index < at + 4; index++) {
    const code = uuid.charCodeAt(index);
    value = value * 16 + (code < 0x3a ? code - 0x30 : code - 0x57);
  }
  return value;
}
