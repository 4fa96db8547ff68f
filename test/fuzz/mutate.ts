import type { Random } from "./random.js";

const EXTREMES = [
  0n,
  1n,
  2n,
  7n,
  12n,
  0xffn,
  0xfffen,
  0xffffn,
  0x7fffffffn,
  0x80000000n,
  0xfffffff4n,
  0xffffffffn,
  0x1_0000_0000n,
  0x7fffffffffffffffn,
  0x8000000000000000n,
  0xfffffffffffffff8n,
  0xffffffffffffffffn,
];

/** Offsets to change: the ELF header, both tables, and the content that section headers refer to. */
export interface Targets {
  little: boolean;
  ranges: [start: number, end: number][];
}

/** One to five changes that break parsers: flipped bits, extreme fields, copied records, truncation. */
export function mutate(original: Uint8Array, targets: Targets, random: Random): Uint8Array {
  let bytes = original.slice();
  for (let changes = 1 + random.below(5); changes > 0; changes--) {
    const at = place(bytes.length, targets, random);
    switch (random.below(8)) {
      case 0:
        bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
        break;
      case 1:
        bytes[at] = random.below(256);
        break;
      case 2:
        splice(bytes, targets, random);
        break;
      case 3:
        if (random.below(4) === 0) bytes = bytes.subarray(0, random.below(bytes.length + 1)).slice();
        break;
      default:
        write(bytes, at, random.pick([1, 2, 4, 4, 8, 8]), value(bytes.length, random), targets.little);
    }
  }
  return bytes;
}

/** Mostly inside the tables, sometimes anywhere. */
function place(size: number, { ranges }: Targets, random: Random): number {
  const [start, end] = random.below(8) === 0 ? [0, size] : random.pick(ranges);
  const at = start + random.below(Math.max(end - start, 1));
  return random.below(2) === 0 ? at : at - (at % 4);
}

/** An extreme, or a number near the file's size, where one-off errors hide. */
function value(size: number, random: Random): bigint {
  return random.below(3) === 0 ? BigInt(Math.max(size - 40 + random.below(80), 0)) : random.pick(EXTREMES);
}

function write(bytes: Uint8Array, at: number, width: number, number: bigint, little: boolean): void {
  for (let i = 0; i < width && at + i < bytes.length; i++) {
    const shift = BigInt(8 * (little ? i : width - 1 - i));
    bytes[at + i] = Number((number >> shift) & 0xffn);
  }
}

/** Copies a piece of one table over another. */
function splice(bytes: Uint8Array, { ranges }: Targets, random: Random): void {
  const [from, fromEnd] = random.pick(ranges);
  const [to] = random.pick(ranges);
  const length = Math.min(random.below(128), fromEnd - from);
  const target = to + 4 * random.below(32);
  if (target + length <= bytes.length) bytes.copyWithin(target, from, from + length);
}
