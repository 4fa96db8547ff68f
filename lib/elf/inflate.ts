/**
 * Inflates zlib data (RFC 1950, RFC 1951) of a size known beforehand. It is here because browsers offer only an
 * asynchronous way, and because the bound on the output must be exact: not a byte more than announced is written.
 */

/** One Huffman code: how many symbols there are of each length, and the symbols in the order of their codes. */
interface Code {
  counts: Uint16Array;
  symbols: Uint16Array;
}

const MAX_BITS = 15;
const END_OF_BLOCK = 256;
const LENGTH_BASE = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
];
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_BASE = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12289, 16385, 24577,
];
const DISTANCE_EXTRA = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];
/** Order in which the lengths of the code-length code are sent (RFC 1951, 3.2.7). */
const LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** Raised inside this module where the data is no valid zlib stream of the announced size. */
class Invalid extends Error {}

/** The inflated bytes, or undefined when the data is damaged or does not have exactly `size` bytes inflated. */
export function inflateZlib(data: Uint8Array, size: number): Uint8Array | undefined {
  const [method = 0, flags = 0] = data;
  if ((method & 0x0f) !== 8 || (method * 256 + flags) % 31 !== 0 || (flags & 0x20) !== 0) return undefined;
  // DEFLATE makes at most 1032 bytes of one: a larger promise is broken anyway, and is not allocated for.
  if (size > data.length * 1032) return undefined;
  const inflater = new Inflater(data, size);
  try {
    return inflater.run();
  } catch (error) {
    if (error instanceof Invalid) return undefined;
    throw error;
  }
}

class Inflater {
  readonly #data: Uint8Array;
  readonly #output: Uint8Array;
  #at = 2;
  #written = 0;
  #bits = 0;
  #bitCount = 0;

  constructor(data: Uint8Array, size: number) {
    this.#data = data;
    this.#output = new Uint8Array(size);
  }

  run(): Uint8Array {
    let last: number;
    do {
      last = this.#take(1);
      const kind = this.#take(2);
      if (kind === 0) this.#stored();
      else if (kind === 1) this.#compressed(FIXED_LITERALS, FIXED_DISTANCES);
      else if (kind === 2) this.#dynamic();
      else throw new Invalid();
    } while (last === 0);
    if (this.#written !== this.#output.length || !this.#checksumFits()) throw new Invalid();
    return this.#output;
  }

  #take(count: number): number {
    while (this.#bitCount < count) {
      const byte = this.#data[this.#at++];
      if (byte === undefined) throw new Invalid();
      this.#bits |= byte << this.#bitCount;
      this.#bitCount += 8;
    }
    const value = this.#bits & ((1 << count) - 1);
    this.#bits >>>= count;
    this.#bitCount -= count;
    return value;
  }

  #put(byte: number): void {
    if (this.#written === this.#output.length) throw new Invalid();
    this.#output[this.#written++] = byte;
  }

  #stored(): void {
    this.#bits = 0;
    this.#bitCount = 0;
    const length = this.#take(16);
    if ((length ^ this.#take(16)) !== 0xffff) throw new Invalid();
    const end = this.#at + length;
    if (end > this.#data.length || this.#written + length > this.#output.length) throw new Invalid();
    this.#output.set(this.#data.subarray(this.#at, end), this.#written);
    this.#at = end;
    this.#written += length;
  }

  #dynamic(): void {
    const literalCount = this.#take(5) + 257;
    const distanceCount = this.#take(5) + 1;
    const lengthCount = this.#take(4) + 4;
    const first = new Uint8Array(19);
    for (const symbol of LENGTH_ORDER.slice(0, lengthCount)) first[symbol] = this.#take(3);
    const lengthCode = buildCode(first);
    const lengths = new Uint8Array(literalCount + distanceCount);
    for (let at = 0; at < lengths.length; ) {
      const symbol = this.#symbol(lengthCode);
      if (symbol < 16) {
        lengths[at++] = symbol;
        continue;
      }
      if (symbol === 16 && at === 0) throw new Invalid();
      const value = symbol === 16 ? (lengths[at - 1] ?? 0) : 0;
      const repeat = symbol === 16 ? 3 + this.#take(2) : symbol === 17 ? 3 + this.#take(3) : 11 + this.#take(7);
      if (at + repeat > lengths.length) throw new Invalid();
      lengths.fill(value, at, at + repeat);
      at += repeat;
    }
    this.#compressed(buildCode(lengths.subarray(0, literalCount)), buildCode(lengths.subarray(literalCount)));
  }

  #compressed(literals: Code, distances: Code): void {
    for (;;) {
      const symbol = this.#symbol(literals);
      if (symbol < END_OF_BLOCK) {
        this.#put(symbol);
        continue;
      }
      if (symbol === END_OF_BLOCK) return;
      const length = (LENGTH_BASE[symbol - 257] ?? 0) + this.#take(LENGTH_EXTRA[symbol - 257] ?? 0);
      const index = this.#symbol(distances);
      const distance = (DISTANCE_BASE[index] ?? 0) + this.#take(DISTANCE_EXTRA[index] ?? 0);
      // A symbol that is not assigned has no base.
      if (length < 3 || distance === 0 || distance > this.#written) throw new Invalid();
      for (let i = 0; i < length; i++) this.#put(this.#output[this.#written - distance] ?? 0);
    }
  }

  /** Canonical codes of one length are consecutive numbers, so the length at which the code read falls among them tells. */
  #symbol({ counts, symbols }: Code): number {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length <= MAX_BITS; length++) {
      code |= this.#take(1);
      const count = counts[length] ?? 0;
      if (code - count < first) return symbols[index + code - first] ?? 0;
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new Invalid();
  }

  /** Adler-32 of the output (RFC 1950, section 9) stands behind the data, at a byte boundary. */
  #checksumFits(): boolean {
    let a = 1;
    let b = 0;
    for (const byte of this.#output) {
      a = (a + byte) % 65_521;
      b = (b + a) % 65_521;
    }
    const [w = 0, x = 0, y = 0, z = 0] = this.#data.subarray(this.#at, this.#at + 4);
    return ((w << 24) | (x << 16) | (y << 8) | z) >>> 0 === b * 65_536 + a;
  }
}

function buildCode(lengths: Uint8Array): Code {
  const counts = new Uint16Array(MAX_BITS + 1);
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1;
  counts[0] = 0;
  const next = new Uint16Array(MAX_BITS + 2);
  let left = 1;
  for (let length = 1; length <= MAX_BITS; length++) {
    left = left * 2 - (counts[length] ?? 0);
    if (left < 0) throw new Invalid();
    next[length + 1] = (next[length] ?? 0) + (counts[length] ?? 0);
  }
  const symbols = new Uint16Array(lengths.length);
  lengths.forEach((length, symbol) => {
    if (length === 0) return;
    const place = next[length] ?? 0;
    symbols[place] = symbol;
    next[length] = place + 1;
  });
  return { counts, symbols };
}

const FIXED_LITERALS = /* @__PURE__ */ buildCode(
  Uint8Array.from({ length: 288 }, (_, symbol) => (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8)),
);
const FIXED_DISTANCES = /* @__PURE__ */ buildCode(new Uint8Array(30).fill(5));
