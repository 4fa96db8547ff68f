import { randomBytes } from "node:crypto";

/** Slots of one generation; half of them are used. */
const SLOTS = 2 ** 20;
const WORDS = 4;

/**
 * Which frames were seen before, by UUID and part. The window holds the last half to one million frames in 32 MB,
 * as two tables that take turns: when the young one is half full, the old one is emptied and becomes the young one.
 */
export class DuplicateWindow {
  #young = new Uint32Array(SLOTS * WORDS);
  #old = new Uint32Array(SLOTS * WORDS);
  #used = 0;
  /** Secret, so that nobody can choose UUIDs that all fall into one place. */
  readonly #factors = new Uint32Array(randomBytes(WORDS * 4).buffer.slice(0, WORDS * 4)).map((word) => word | 1);
  readonly #key = new Uint32Array(WORDS);

  /** Remembers a frame; false when it was there already. */
  add(uuid: string, kind: "start" | "end", part: number): boolean {
    const key = this.#key;
    key[0] = Number.parseInt(uuid.slice(0, 8), 16);
    key[1] = Number.parseInt(uuid.slice(9, 13) + uuid.slice(14, 18), 16);
    key[2] = Number.parseInt(uuid.slice(19, 23) + uuid.slice(24, 28), 16);
    // Odd multiples keep parts and kinds of one UUID apart; +1 because an empty slot is all zeros.
    const salt = Math.imul(part * 2 + (kind === "end" ? 1 : 0), 0x9e3779b1);
    key[3] = Number.parseInt(uuid.slice(28, 36), 16) ^ salt;
    if ((word(key, 0) | word(key, 1) | word(key, 2) | word(key, 3)) === 0) key[3] = 1;

    const start = this.#hash(key);
    if (find(this.#old, key, start) < 0) return false;
    const slot = find(this.#young, key, start);
    if (slot < 0) return false;
    this.#young.set(key, slot);
    this.#used++;
    if (this.#used >= SLOTS / 2) {
      [this.#young, this.#old] = [this.#old, this.#young];
      this.#young.fill(0);
      this.#used = 0;
    }
    return true;
  }

  #hash(key: Uint32Array): number {
    let sum = 0;
    for (let i = 0; i < WORDS; i++) sum = (sum + Math.imul(word(key, i), word(this.#factors, i))) | 0;
    // The high bits of a product are the well mixed ones.
    return (sum >>> 12) % SLOTS;
  }
}

const word = (words: Uint32Array, index: number): number => words[index] ?? 0;

/** Position of the empty slot where the key belongs, or -1 when the key is there. */
function find(table: Uint32Array, key: Uint32Array, start: number): number {
  for (let slot = start; ; slot = (slot + 1) % SLOTS) {
    const at = slot * WORDS;
    const isEmpty = (word(table, at) | word(table, at + 1) | word(table, at + 2) | word(table, at + 3)) === 0;
    if (isEmpty) return at;
    if (table[at] === key[0] && table[at + 1] === key[1] && table[at + 2] === key[2] && table[at + 3] === key[3]) {
      return -1;
    }
  }
}
