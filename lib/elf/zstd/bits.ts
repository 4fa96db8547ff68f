/** What is wrong with compressed data. Never leaves this folder: `inflateZstd` then returns nothing. */
export class Damaged extends Error {}

/** Ends the decoding unless a condition holds that sound data fulfils. */
export function ensure(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Damaged(what);
}

/** Position of the highest set bit of a positive number below 2^31. */
export const highBit = (value: number): number => 31 - Math.clz32(value);

/**
 * Bits that are read from the end to the start (RFC 8878, section 4.1: "Bitstreams"). A set bit above them marks their end.
 * Bits before the start are zero, and make `left` negative.
 */
export class BackwardBits {
  /** Bits that are not read yet. */
  left: number;
  readonly #data: Uint8Array;

  constructor(data: Uint8Array) {
    const last = data[data.length - 1] ?? 0;
    ensure(last !== 0, "bitstream without an end mark");
    this.#data = data;
    this.left = (data.length - 1) * 8 + highBit(last);
  }

  /** The next `count` bits, at most 16. */
  peek(count: number): number {
    const start = this.left - count;
    if (start < 0) return this.left <= 0 ? 0 : (this.#at(0) & ((1 << this.left) - 1)) << -start;
    return this.#at(start) & ((1 << count) - 1);
  }

  /** Reads at most 31 bits. */
  read(count: number): number {
    if (count > 16) return this.read(count - 16) * 0x10000 + this.read(16);
    const value = this.peek(count);
    this.left -= count;
    return value;
  }

  /** At least 17 bits from a place on. */
  #at(bit: number): number {
    const data = this.#data;
    const byte = bit >>> 3;
    // Beyond the end there are zeros.
    const bits = (data[byte] as number) | ((data[byte + 1] as number) << 8) | ((data[byte + 2] as number) << 16);
    return bits >>> (bit & 7);
  }
}
