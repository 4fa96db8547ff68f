/*
 * XXH64 with seed 0 (https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md), on pairs of 32-bit halves: BigInt is
 * fifty times slower.
 */

/** The low 32 bits of a product of two 32-bit numbers are Math.imul's; these are the high ones. */
function highOfProduct(a: number, b: number): number {
  const a0 = a & 0xffff;
  const a1 = a >>> 16;
  const b0 = b & 0xffff;
  const b1 = b >>> 16;
  const middle = a1 * b0 + ((a0 * b0) >>> 16);
  return (a1 * b1 + Math.floor(middle / 0x10000) + Math.floor(((middle % 0x10000) + a0 * b1) / 0x10000)) | 0;
}

/** A 64-bit number that is changed in place. */
class Word {
  high: number;
  low: number;

  constructor(high: number, low: number) {
    this.high = high | 0;
    this.low = low | 0;
  }

  copy(): Word {
    return new Word(this.high, this.low);
  }

  add({ high, low }: Word): this {
    const sum = (this.low >>> 0) + (low >>> 0);
    this.high = (this.high + high + (sum > 0xffffffff ? 1 : 0)) | 0;
    this.low = sum | 0;
    return this;
  }

  multiply({ high, low }: Word): this {
    this.high = (highOfProduct(this.low, low) + Math.imul(this.high, low) + Math.imul(this.low, high)) | 0;
    this.low = Math.imul(this.low, low);
    return this;
  }

  rotate(bits: number): this {
    const { high, low } = this;
    const [upper, lower] = bits < 32 ? [high, low] : [low, high];
    const by = bits & 31;
    this.high = (upper << by) | (lower >>> (32 - by));
    this.low = (lower << by) | (upper >>> (32 - by));
    return this;
  }

  xor(high: number, low: number): this {
    this.high ^= high;
    this.low ^= low;
    return this;
  }

  /** x ^= x >>> bits */
  fold(bits: number): this {
    return bits < 32
      ? this.xor(this.high >>> bits, (this.low >>> bits) | (this.high << (32 - bits)))
      : this.xor(0, this.high >>> (bits - 32));
  }
}

const PRIME_1 = /* @__PURE__ */ new Word(0x9e3779b1, 0x85ebca87);
const PRIME_2 = /* @__PURE__ */ new Word(0xc2b2ae3d, 0x27d4eb4f);
const PRIME_3 = /* @__PURE__ */ new Word(0x165667b1, 0x9e3779f9);
const PRIME_4 = /* @__PURE__ */ new Word(0x85ebca77, 0xc2b2ae63);
const PRIME_5 = /* @__PURE__ */ new Word(0x27d4eb2f, 0x165667c5);
const STRIPE_BYTES = 32;

const round = (lane: Word, input: Word): Word => lane.add(input.multiply(PRIME_2)).rotate(31).multiply(PRIME_1);

/** The low 32 bits of the XXH64 of bytes, which Zstandard frames end with. */
export function xxh64Low(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const input = new Word(0, 0);
  const load = (at: number): Word => {
    input.low = view.getInt32(at, true);
    input.high = view.getInt32(at + 4, true);
    return input;
  };
  let at = 0;
  let hash = PRIME_5.copy();
  if (bytes.length >= STRIPE_BYTES) {
    const lanes = [
      PRIME_1.copy().add(PRIME_2),
      PRIME_2.copy(),
      new Word(0, 0),
      new Word(~PRIME_1.high, ~PRIME_1.low).add(new Word(0, 1)),
    ] as const;
    const [a, b, c, d] = lanes;
    for (; at + STRIPE_BYTES <= bytes.length; at += STRIPE_BYTES) {
      round(a, load(at));
      round(b, load(at + 8));
      round(c, load(at + 16));
      round(d, load(at + 24));
    }
    hash = a.copy().rotate(1).add(b.copy().rotate(7)).add(c.copy().rotate(12)).add(d.copy().rotate(18));
    for (const lane of lanes) {
      const merged = round(new Word(0, 0), lane.copy());
      hash.xor(merged.high, merged.low).multiply(PRIME_1).add(PRIME_4);
    }
  }
  hash.add(new Word(0, bytes.length));
  for (; at + 8 <= bytes.length; at += 8) {
    const { high, low } = round(new Word(0, 0), load(at));
    hash.xor(high, low).rotate(27).multiply(PRIME_1).add(PRIME_4);
  }
  if (at + 4 <= bytes.length) {
    const { high, low } = new Word(0, view.getInt32(at, true)).multiply(PRIME_1);
    hash.xor(high, low).rotate(23).multiply(PRIME_2).add(PRIME_3);
    at += 4;
  }
  for (; at < bytes.length; at++) {
    const { high, low } = new Word(0, view.getUint8(at)).multiply(PRIME_5);
    hash.xor(high, low).rotate(11).multiply(PRIME_1);
  }
  hash.fold(33).multiply(PRIME_2).fold(29).multiply(PRIME_3).fold(32);
  return hash.low >>> 0;
}
