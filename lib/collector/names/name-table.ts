/*
 * Names by signature, as sorted arrays of numbers. A million of them take some 60 MB less than objects would, do not burden
 * the garbage collector, and move between threads without a copy.
 */

/** Words of a UUID. */
const WORDS = 4;
/** Limits of pairs of signature and name, and of bytes of names: a register may be writable for everyone. */
export const MAX_PAIRS = 2_000_000;
export const MAX_NAME_BYTES = 64 * 1024 * 1024;

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/** The arrays of a table. */
export interface NameArrays {
  /** Four words per pair, in ascending order. */
  readonly signatures: Uint32Array<ArrayBuffer>;
  /** Number of the name of each pair. */
  readonly names: Uint32Array<ArrayBuffer>;
  /** Where each name begins in `text`, and where the last one ends. */
  readonly offsets: Uint32Array<ArrayBuffer>;
  /** UTF-8. */
  readonly text: Uint8Array<ArrayBuffer>;
}

/** Builds a table from pairs in any order. */
export class NameTableBuilder {
  #words = new Uint32Array(WORDS * 1024);
  #names = new Uint32Array(1024);
  #count = 0;
  readonly #numbers = new Map<string, number>();
  #nameBytes = 0;

  /** Adds a pair, or ignores it when the signature is not a UUID; false when the table is full. */
  add(signature: string, name: string): boolean {
    if (!UUID.test(signature)) return true;
    const number = this.#numberOf(name);
    if (number === undefined || this.#count === MAX_PAIRS) return false;
    if (this.#count === this.#names.length) this.#grow();
    this.#words.set(wordsOf(signature), this.#count * WORDS);
    this.#names[this.#count] = number;
    this.#count++;
    return true;
  }

  build(): NameArrays {
    const words = this.#words;
    const order = new Uint32Array(this.#count).map((_, index) => index);
    order.sort((a, b) => compare(words, a, words, b) || (this.#names[a] ?? 0) - (this.#names[b] ?? 0));
    const signatures = new Uint32Array(this.#count * WORDS);
    const names = new Uint32Array(this.#count);
    let kept = 0;
    for (const index of order) {
      const name = this.#names[index] ?? 0;
      if (kept > 0 && names[kept - 1] === name && compare(signatures, kept - 1, words, index) === 0) continue;
      signatures.set(words.subarray(index * WORDS, (index + 1) * WORDS), kept * WORDS);
      names[kept] = name;
      kept++;
    }
    const text = new Uint8Array(this.#nameBytes);
    const offsets = new Uint32Array(this.#numbers.size + 1);
    const encoder = new TextEncoder();
    let at = 0;
    for (const [name, number] of this.#numbers) {
      at += encoder.encodeInto(name, text.subarray(at)).written;
      offsets[number + 1] = at;
    }
    return { signatures: signatures.slice(0, kept * WORDS), names: names.slice(0, kept), offsets, text };
  }

  /** Names are numbered in the order of their first pair. */
  #numberOf(name: string): number | undefined {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const bytes = Buffer.byteLength(name);
    if (this.#nameBytes + bytes > MAX_NAME_BYTES) return undefined;
    this.#nameBytes += bytes;
    this.#numbers.set(name, this.#numbers.size);
    return this.#numbers.size - 1;
  }

  #grow(): void {
    const [words, names] = [this.#words, this.#names];
    this.#words = new Uint32Array(words.length * 2);
    this.#words.set(words);
    this.#names = new Uint32Array(names.length * 2);
    this.#names.set(names);
  }
}

export class NameTable {
  readonly #arrays: NameArrays;
  readonly #decoder = new TextDecoder();

  constructor(arrays: NameArrays = new NameTableBuilder().build()) {
    this.#arrays = arrays;
  }

  /** All names of a signature; none for a text that is not a UUID. */
  find(signature: string): string[] {
    const { signatures, names } = this.#arrays;
    const found: string[] = [];
    if (names.length === 0 || !UUID.test(signature)) return found;
    const wanted = wordsOf(signature);
    let [from, to] = [0, names.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (compare(signatures, middle, wanted, 0) < 0) from = middle + 1;
      else to = middle;
    }
    for (; from < names.length && compare(signatures, from, wanted, 0) === 0; from++) {
      found.push(this.#name(names[from] ?? 0));
    }
    return found;
  }

  #name(number: number): string {
    const { offsets, text } = this.#arrays;
    return this.#decoder.decode(text.subarray(offsets[number], offsets[number + 1]));
  }
}

function wordsOf(uuid: string): Uint32Array {
  const words = new Uint32Array(WORDS);
  words[0] = Number.parseInt(uuid.slice(0, 8), 16);
  words[1] = Number.parseInt(uuid.slice(9, 13) + uuid.slice(14, 18), 16);
  words[2] = Number.parseInt(uuid.slice(19, 23) + uuid.slice(24, 28), 16);
  words[3] = Number.parseInt(uuid.slice(28, 36), 16);
  return words;
}

/** Compares the signatures at two positions of two arrays. */
function compare(a: Uint32Array, at: number, b: Uint32Array, bt: number): number {
  for (let word = 0; word < WORDS; word++) {
    const difference = (a[at * WORDS + word] ?? 0) - (b[bt * WORDS + word] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
