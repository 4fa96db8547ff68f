import { ensure, highBit } from "./bits.js";

/** A decoding table of finite state entropy (RFC 8878, section 4.1.1). */
export interface FseTable {
  /** Bits of the first state; the table has 2^log states. */
  log: number;
  /** By state: the symbol, and how to get the next state. */
  symbols: Uint8Array;
  bits: Uint8Array;
  bases: Uint16Array;
}

/** Probability of a symbol that is less likely than one state. */
const LESS_THAN_ONE = -1;

/** Reads the distribution of a table, and returns the table and the offset behind it. */
export function readFseTable(
  data: Uint8Array,
  at: number,
  maxLog: number,
  maxSymbol: number,
): { table: FseTable; end: number } {
  let bit = at * 8;
  const peek = (count: number): number => {
    const byte = bit >>> 3;
    const word = (data[byte] ?? 0) | ((data[byte + 1] ?? 0) << 8) | ((data[byte + 2] ?? 0) << 16);
    return (word >>> (bit & 7)) & ((1 << count) - 1);
  };
  const log = peek(4) + 5;
  bit += 4;
  ensure(log <= maxLog, "FSE table too large");
  const probabilities: number[] = [];
  for (let rest = 1 << log; rest > 0; ) {
    ensure(probabilities.length <= maxSymbol && bit <= data.length * 8, "FSE table with too many symbols");
    const width = highBit(rest + 1) + 1;
    const half = 1 << (width - 1);
    const spare = 2 * half - 2 - rest;
    let value = peek(width);
    // The lowest values take one bit less, because not all values of `width` bits are needed.
    if ((value & (half - 1)) < spare) {
      value &= half - 1;
      bit += width - 1;
    } else {
      if (value >= half) value -= spare;
      bit += width;
    }
    const probability = value - 1;
    rest -= Math.abs(probability);
    ensure(rest >= 0, "FSE table of wrong size");
    probabilities.push(probability);
    if (probability !== 0) continue;
    for (let repeat = 3; repeat === 3; ) {
      repeat = peek(2);
      bit += 2;
      for (let count = 0; count < repeat; count++) probabilities.push(0);
      ensure(probabilities.length <= maxSymbol + 1, "FSE table with too many symbols");
    }
  }
  const end = Math.ceil(bit / 8);
  ensure(probabilities.length <= maxSymbol + 1 && end <= data.length, "FSE table ends after the data");
  return { table: fseTable(probabilities, log), end };
}

/** The table for a distribution, whose probabilities add up to 2^log. */
export function fseTable(probabilities: readonly number[], log: number): FseTable {
  const size = 1 << log;
  const table = { log, symbols: new Uint8Array(size), bits: new Uint8Array(size), bases: new Uint16Array(size) };
  const { symbols, bits, bases } = table;
  const next = new Uint16Array(probabilities.length);
  let last = size - 1;
  for (const [symbol, probability] of probabilities.entries()) {
    next[symbol] = Math.abs(probability);
    if (probability === LESS_THAN_ONE) symbols[last--] = symbol;
  }
  const step = (size >> 1) + (size >> 3) + 3;
  let state = 0;
  for (const [symbol, probability] of probabilities.entries()) {
    for (let count = 0; count < probability; count++) {
      symbols[state] = symbol;
      do state = (state + step) & (size - 1);
      while (state > last);
    }
  }
  for (state = 0; state < size; state++) {
    const symbol = symbols[state] as number;
    const value = next[symbol] as number;
    next[symbol] = value + 1;
    const width = log - highBit(value);
    bits[state] = width;
    bases[state] = (value << width) - size;
  }
  return table;
}

/** The table whose only symbol takes no bits. */
export const constantTable = (symbol: number): FseTable => ({
  log: 0,
  symbols: Uint8Array.of(symbol),
  bits: new Uint8Array(1),
  bases: new Uint16Array(1),
});
