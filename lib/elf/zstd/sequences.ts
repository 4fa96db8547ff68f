import { BackwardBits, ensure } from "./bits.js";
import { constantTable, type FseTable, fseTable, readFseTable } from "./fse.js";

/** Tables of literal lengths, offsets and match lengths, in the order of the block. */
type Tables = [FseTable, FseTable, FseTable];

/** What blocks of one frame share. */
export interface History {
  tables: Partial<Tables>;
  /** The last three offsets. */
  offsets: [number, number, number];
}

/** Additional bits of codes, and the value that each code begins at (RFC 8878, section 3.1.1.3.2.1.1). */
function codes(plain: number, first: number, bits: readonly number[]): { bits: number[]; bases: number[] } {
  const all = [...new Array<number>(plain).fill(0), ...bits];
  let base = first;
  const bases = all.map((width) => {
    base += 2 ** width;
    return base - 2 ** width;
  });
  return { bits: all, bases };
}

const LENGTHS = /* @__PURE__ */ codes(16, 0, [1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
const MATCHES = /* @__PURE__ */ codes(32, 3, [1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);

const ones = (count: number) => new Array<number>(count).fill(1);
const rare = (count: number) => new Array<number>(count).fill(-1);
/** By table: the largest symbol, the largest logarithm, and the predefined distribution (section 3.1.1.3.2.2). */
const KINDS = [
  {
    maxSymbol: 35,
    maxLog: 9,
    log: 6,
    predefined: [4, 3, ...ones(11).map(() => 2), 1, 1, 1, ...ones(9).map(() => 2), 3, 2, ...ones(5), ...rare(4)],
  },
  { maxSymbol: 31, maxLog: 8, log: 5, predefined: [...ones(6), 2, 2, 2, ...ones(15), ...rare(5)] },
  { maxSymbol: 52, maxLog: 9, log: 6, predefined: [1, 4, 3, ...ones(6).map(() => 2), ...ones(37), ...rare(7)] },
] as const;

const PREDEFINED = 0;
const CONSTANT = 1;
const COMPRESSED = 2;

/** Reads the header of the sequences section: number of sequences, tables, and the offset of their bits. */
export function readSequencesHeader(block: Uint8Array, at: number, history: History): { count: number; bits: number } {
  const byte = (offset: number) => block[at + offset] ?? 0;
  const first = byte(0);
  ensure(at < block.length, "block without sequences");
  if (first === 0) return { count: 0, bits: at + 1 };
  const [count, size] =
    first < 128
      ? [first, 1]
      : first < 255
        ? [((first - 128) << 8) | byte(1), 2]
        : [(byte(1) | (byte(2) << 8)) + 0x7f00, 3];
  const modes = byte(size);
  ensure((modes & 3) === 0, "reserved bits of the sequences");
  let bits = at + size + 1;
  for (const [index, { maxSymbol, maxLog, log, predefined }] of KINDS.entries()) {
    const mode = (modes >> (6 - 2 * index)) & 3;
    if (mode === PREDEFINED) history.tables[index as 0 | 1 | 2] = fseTable(predefined, log);
    else if (mode === CONSTANT) {
      const symbol = block[bits++] ?? 0;
      ensure(symbol <= maxSymbol, "code of a sequence");
      history.tables[index as 0 | 1 | 2] = constantTable(symbol);
    } else if (mode === COMPRESSED) {
      const { table, end } = readFseTable(block, bits, maxLog, maxSymbol);
      history.tables[index as 0 | 1 | 2] = table;
      bits = end;
    } else ensure(history.tables[index as 0 | 1 | 2] !== undefined, "repeated table without a first one");
  }
  ensure(bits <= block.length, "block ends inside the tables");
  return { count, bits };
}

/** Where a block writes: from `at` on, before `end`. Matches begin at `start` or later. */
export interface Target {
  bytes: Uint8Array;
  start: number;
  at: number;
  end: number;
}

/** Executes the sequences of a block. Returns the number of literals used. */
export function runSequences(
  data: Uint8Array,
  count: number,
  history: History,
  literals: Uint8Array,
  target: Target,
): number {
  const [lengths, offsets, matches] = history.tables as Tables;
  const bits = new BackwardBits(data);
  let lengthState = bits.read(lengths.log);
  let offsetState = bits.read(offsets.log);
  let matchState = bits.read(matches.log);
  let used = 0;
  for (let index = 0; index < count; index++) {
    const lengthCode = lengths.symbols[lengthState] as number;
    const offsetCode = offsets.symbols[offsetState] as number;
    const matchCode = matches.symbols[matchState] as number;
    const offsetValue = 2 ** offsetCode + bits.read(offsetCode);
    const match = (MATCHES.bases[matchCode] as number) + bits.read(MATCHES.bits[matchCode] as number);
    const length = (LENGTHS.bases[lengthCode] as number) + bits.read(LENGTHS.bits[lengthCode] as number);
    const offset = offsetOf(offsetValue, length, history.offsets);
    ensure(used + length <= literals.length && target.at + length + match <= target.end, "sequence of wrong length");
    target.bytes.set(literals.subarray(used, used + length), target.at);
    used += length;
    target.at += length;
    ensure(offset > 0 && offset <= target.at - target.start, "match before the start");
    copyMatch(target.bytes, target.at, offset, match);
    target.at += match;
    if (index === count - 1) break;
    lengthState = (lengths.bases[lengthState] as number) + bits.read(lengths.bits[lengthState] as number);
    matchState = (matches.bases[matchState] as number) + bits.read(matches.bits[matchState] as number);
    offsetState = (offsets.bases[offsetState] as number) + bits.read(offsets.bits[offsetState] as number);
    ensure(bits.left >= 0, "sequences end early");
  }
  ensure(bits.left === 0, "sequences of wrong length");
  return used;
}

/** The offset that a value stands for: 1 to 3 repeat one of the last (section 3.1.1.5). */
function offsetOf(value: number, literalLength: number, last: History["offsets"]): number {
  const [first, second, third] = last;
  if (value > 3) {
    last[2] = second;
    last[1] = first;
    last[0] = value - 3;
    return value - 3;
  }
  const which = literalLength === 0 ? value : value - 1;
  if (which === 0) return first;
  const offset = which === 1 ? second : which === 2 ? third : first - 1;
  if (which > 1) last[2] = second;
  last[1] = first;
  last[0] = offset;
  return offset;
}

function copyMatch(bytes: Uint8Array, at: number, offset: number, length: number): void {
  if (offset >= length) bytes.copyWithin(at, at - offset, at - offset + length);
  // The match overlaps what it makes.
  else for (let index = at; index < at + length; index++) bytes[index] = bytes[index - offset] as number;
}
