import { closeSync, constants, fdatasyncSync, ftruncateSync, openSync, readSync, writeSync } from "node:fs";
import { UUID_WORDS } from "../../frames/frame-key.js";

const PAGE_SLOTS = 64;
const PAGE_WORDS = PAGE_SLOTS * UUID_WORDS;
const PAGE_BYTES = PAGE_WORDS * 4;
/** A key that finds its page full goes to one of the next pages. */
const MAX_PAGES_PER_KEY = 4;
/** A table that is fuller than this takes no more keys: most keys then are in their first page. */
const MAX_LOAD = 0.6;

/**
 * A hash table of keys in a sparse file: one page is read to find a key, wherever it is. The page cache of the kernel is its
 * only memory.
 */
export class KeyTable {
  readonly slots: number;
  readonly #path: string;
  readonly #shift: number;
  readonly #factors: Uint32Array;
  readonly #page = new Uint32Array(PAGE_WORDS);
  readonly #pageBytes = new Uint8Array(this.#page.buffer);
  #descriptor: number | undefined;
  #isDirty = false;
  count: number;

  /**
   * @param slots - a power of two.
   * @param factors - secret odd numbers, so that senders cannot choose UUIDs that collide.
   */
  constructor(path: string, slots: number, factors: Uint32Array, count: number) {
    this.#path = path;
    this.slots = slots;
    this.#shift = Math.clz32(slots / PAGE_SLOTS) + 1;
    this.#factors = factors;
    this.count = count;
  }

  has(keys: Uint32Array, at: number): boolean {
    return this.#search(keys, at) === FOUND;
  }

  /** Adds a key unless it is there; false when there is no room for it. */
  add(keys: Uint32Array, at: number): boolean {
    const position = this.#search(keys, at);
    if (position === FOUND) return true;
    if (position === NO_ROOM || this.count >= this.slots * MAX_LOAD) return false;
    const key = keys.subarray(at, at + UUID_WORDS);
    writeSync(this.#open(), new Uint8Array(key.buffer, key.byteOffset, key.byteLength), 0, UUID_WORDS * 4, position);
    this.#isDirty = true;
    this.count++;
    return true;
  }

  sync(): void {
    if (this.#isDirty) fdatasyncSync(this.#open());
    this.#isDirty = false;
  }

  close(): void {
    this.sync();
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  #open(): number {
    if (this.#descriptor !== undefined) return this.#descriptor;
    this.#descriptor = openSync(this.#path, constants.O_RDWR | constants.O_CREAT, 0o600);
    ftruncateSync(this.#descriptor, this.slots * UUID_WORDS * 4);
    return this.#descriptor;
  }

  /** Offset of the empty slot where the key belongs, or one of the numbers below. */
  #search(keys: Uint32Array, at: number): number {
    const [a, b, c, d] = [keys[at], keys[at + 1], keys[at + 2], keys[at + 3]];
    let sum = 0;
    for (let i = 0; i < UUID_WORDS; i++) sum = (sum + Math.imul(keys[at + i] ?? 0, this.#factors[i] ?? 0)) | 0;
    const pages = this.slots / PAGE_SLOTS;
    const first = pages === 1 ? 0 : sum >>> this.#shift;
    const page = this.#page;
    for (let step = 0; step < MAX_PAGES_PER_KEY; step++) {
      const offset = ((first + step) % pages) * PAGE_BYTES;
      const count = readSync(this.#open(), this.#pageBytes, 0, PAGE_BYTES, offset);
      if (count < PAGE_BYTES) throw new Error(`${this.#path} is cut short`);
      for (let slot = 0; slot < PAGE_WORDS; slot += UUID_WORDS) {
        const word = page[slot];
        if (word === a && page[slot + 1] === b && page[slot + 2] === c && page[slot + 3] === d) return FOUND;
        if (word === 0 && page[slot + 1] === 0 && page[slot + 2] === 0 && page[slot + 3] === 0) {
          return offset + slot * 4;
        }
      }
    }
    return NO_ROOM;
  }
}

const FOUND = -1;
const NO_ROOM = -2;
