import { ensure } from "./bits.js";
import { decodeHuffman, type HuffmanTable, readHuffmanTable } from "./huffman.js";

/** What a literals section gives (RFC 8878, section 3.1.1.3.1). */
export interface Literals {
  bytes: Uint8Array;
  /** The table that the next block may use again. */
  table: HuffmanTable | undefined;
  /** Offset behind the section in the block. */
  end: number;
}

const RAW = 0;
const RLE = 1;
const TREELESS = 3;

/** Reads the literals section, which a block begins with. */
export function readLiterals(block: Uint8Array, previous: HuffmanTable | undefined, maxBytes: number): Literals {
  const byte = (at: number) => block[at] ?? 0;
  const type = byte(0) & 3;
  const format = (byte(0) >> 2) & 3;
  if (type === RAW || type === RLE) {
    const start = format === 3 ? 3 : format === 1 ? 2 : 1;
    const size = start === 1 ? byte(0) >> 3 : (byte(0) >> 4) | (byte(1) << 4) | (start === 3 ? byte(2) << 12 : 0);
    const end = start + (type === RAW ? size : 1);
    ensure(size <= maxBytes && end <= block.length, "literals of wrong size");
    const bytes = type === RAW ? block.subarray(start, end) : new Uint8Array(size).fill(byte(start));
    return { bytes, table: previous, end };
  }
  const { size, start, stored } = compressedSizes(block, format);
  const end = start + stored;
  ensure(size <= maxBytes && end <= block.length, "literals of wrong size");
  let table = previous;
  let streams = start;
  if (type !== TREELESS) ({ table, end: streams } = readHuffmanTable(block.subarray(0, end), start));
  ensure(table !== undefined, "literals without a Huffman table");
  const bytes = new Uint8Array(size);
  decodeStreams(block.subarray(streams, end), table, bytes, format === 0 ? 1 : 4);
  return { bytes, table, end };
}

/** Sizes of compressed literals: two numbers of 10, 14 or 18 bits, behind four bits. */
function compressedSizes(block: Uint8Array, format: number): { size: number; stored: number; start: number } {
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = block;
  if (format < 2) return { size: (a >> 4) | ((b & 0x3f) << 4), stored: (b >> 6) | (c << 2), start: 3 };
  if (format === 2) {
    return { size: (a >> 4) | (b << 4) | ((c & 3) << 12), stored: (c >> 2) | (d << 6), start: 4 };
  }
  return { size: (a >> 4) | (b << 4) | ((c & 0x3f) << 12), stored: (c >> 6) | (d << 2) | (e << 10), start: 5 };
}

function decodeStreams(data: Uint8Array, table: HuffmanTable, out: Uint8Array, count: 1 | 4): void {
  if (count === 1) {
    decodeHuffman(data, table, out);
    return;
  }
  const part = (out.length + 3) >> 2;
  ensure(data.length >= 6 && 3 * part <= out.length, "literals of wrong size");
  let at = 6;
  for (let index = 0; index < 4; index++) {
    const size = index < 3 ? (data[2 * index] ?? 0) | ((data[2 * index + 1] ?? 0) << 8) : data.length - at;
    ensure(size >= 0 && at + size <= data.length, "literals of wrong size");
    decodeHuffman(
      data.subarray(at, at + size),
      table,
      out.subarray(index * part, index < 3 ? (index + 1) * part : undefined),
    );
    at += size;
  }
}
