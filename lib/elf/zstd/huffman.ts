import { BackwardBits, ensure, highBit } from "./bits.js";
import { readFseTable } from "./fse.js";

/** A decoding table of Huffman codes (RFC 8878, section 4.2.1): symbol and length by the next `log` bits. */
export interface HuffmanTable {
  log: number;
  symbols: Uint8Array;
  lengths: Uint8Array;
}

const MAX_LOG = 11;
const MAX_SYMBOLS = 256;
const MAX_WEIGHTS_LOG = 6;

/** Reads the description of a table, and returns the table and the offset behind it. */
export function readHuffmanTable(data: Uint8Array, at: number): { table: HuffmanTable; end: number } {
  const head = data[at] ?? 0;
  const start = at + 1;
  // From 128 on, the weights are plain numbers of four bits.
  const count = head - 127;
  const end = start + (head < 128 ? head : Math.ceil(count / 2));
  ensure(end <= data.length, "Huffman table ends after the data");
  const weights =
    head < 128
      ? compressedWeights(data.subarray(0, end), start)
      : Array.from({ length: count }, (_, i) => ((data[start + (i >> 1)] ?? 0) >> (i % 2 === 0 ? 4 : 0)) & 15);
  return { table: huffmanTable(weights), end };
}

function compressedWeights(data: Uint8Array, at: number): number[] {
  const { table, end } = readFseTable(data, at, MAX_WEIGHTS_LOG, MAX_LOG + 1);
  const bits = new BackwardBits(data.subarray(end));
  const weights: number[] = [];
  // Two states take turns. Bits that are left over when one cannot be updated belong to neither.
  const states = [bits.read(table.log), bits.read(table.log)];
  ensure(bits.left >= 0, "Huffman weights end early");
  weights.push(table.symbols[states[0] as number] as number, table.symbols[states[1] as number] as number);
  for (let turn = 0; ; turn = 1 - turn) {
    const state = states[turn] as number;
    const width = table.bits[state] as number;
    if (bits.left < width) return weights;
    const next = (table.bases[state] as number) + bits.read(width);
    states[turn] = next;
    weights.push(table.symbols[next] as number);
    // A state that takes no bits could go on for ever.
    ensure(weights.length < MAX_SYMBOLS, "too many Huffman weights");
  }
}

/** The weight of the last symbol is not written: it fills the table. */
function huffmanTable(weights: number[]): HuffmanTable {
  let sum = 0;
  for (const weight of weights) sum += weight === 0 ? 0 : 2 ** (weight - 1);
  ensure(sum > 0 && sum < 1 << MAX_LOG, "Huffman weights of wrong sum");
  const log = highBit(sum) + 1;
  const rest = (1 << log) - sum;
  ensure((rest & (rest - 1)) === 0, "Huffman weights of wrong sum");
  const all = [...weights, highBit(rest) + 1];
  const table = { log, symbols: new Uint8Array(1 << log), lengths: new Uint8Array(1 << log) };
  let at = 0;
  for (let weight = 1; weight <= log; weight++) {
    const places = 1 << (weight - 1);
    for (const [symbol, own] of all.entries()) {
      if (own !== weight) continue;
      table.symbols.fill(symbol, at, at + places);
      table.lengths.fill(log + 1 - weight, at, at + places);
      at += places;
    }
  }
  return table;
}

/** Decodes one stream into the whole of `out`. */
export function decodeHuffman(data: Uint8Array, { log, symbols, lengths }: HuffmanTable, out: Uint8Array): void {
  const bits = new BackwardBits(data);
  for (let at = 0; at < out.length; at++) {
    const code = bits.peek(log);
    out[at] = symbols[code] as number;
    bits.left -= lengths[code] as number;
  }
  ensure(bits.left === 0, "Huffman stream of wrong length");
}
