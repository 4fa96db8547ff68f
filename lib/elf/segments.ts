import { type Elf, type ElfInput, toElf, windowOf } from "./elf.js";
import { remember } from "./remember.js";

/** One program header (gABI, "Program Header"). */
export interface Segment {
  readonly index: number;
  /** p_type, such as 1 (PT_LOAD) or 4 (PT_NOTE); `segmentTypeName` names it. */
  readonly type: number;
  /** p_flags: 1 execute, 2 write, 4 read. */
  readonly flags: number;
  /** File offset in bytes; not yet compared with the file's size. */
  readonly offset: number;
  readonly virtualAddress: bigint;
  readonly physicalAddress: bigint;
  /** Bytes in the file; not yet compared with the file's size. */
  readonly fileSize: number;
  /** Bytes in memory. */
  readonly memorySize: bigint;
  readonly alignment: number;
}

/**
 * The program headers, in file order; only those of one type when it is given.
 *
 * @example
 * ```ts
 * const PT_LOAD = 1;
 * const [first] = readSegments(readFileSync("/bin/sh"), PT_LOAD);
 * assert.equal(first?.offset, 0);
 * ```
 *
 * @throws {@link OgrtError} NOT_ELF or MALFORMED_ELF.
 */
export function* readSegments(input: ElfInput, type?: number): Generator<Segment> {
  const elf = toElf(input);
  if (elf.header.segments.count <= SMALL_TABLE) {
    const segments = remember(elf, "small segment table", () => decodeAll(elf));
    for (const segment of segments) if (type === undefined || segment.type === type) yield segment;
    return;
  }
  const at = segmentDecoder(elf);
  for (let index = 0; index < elf.header.segments.count; index++) {
    const segment = at(index);
    if (type === undefined || segment.type === type) yield segment;
  }
}

/** Files have a dozen segments, which are asked for again and again by type: tables up to this size are kept. */
const SMALL_TABLE = 64;

function decodeAll(elf: Elf): Segment[] {
  const at = segmentDecoder(elf);
  const segments: Segment[] = [];
  for (let index = 0; index < elf.header.segments.count; index++) segments.push(at(index));
  return segments;
}

function segmentDecoder(elf: Elf): (index: number) => Segment {
  const { offset, entrySize, count } = elf.header.segments;
  const wide = elf.header.bits === 64;
  const f = windowOf(elf, offset + count * entrySize);
  return (index) => {
    const at = f.at(offset + index * entrySize, wide ? 56 : 32);
    return wide
      ? {
          index,
          type: f.u32(at),
          flags: f.u32(at + 4),
          offset: f.u64(at + 8),
          virtualAddress: f.big(at + 16),
          physicalAddress: f.big(at + 24),
          fileSize: f.u64(at + 32),
          memorySize: f.big(at + 40),
          alignment: f.u64(at + 48),
        }
      : {
          index,
          type: f.u32(at),
          flags: f.u32(at + 24),
          offset: f.u32(at + 4),
          virtualAddress: BigInt(f.u32(at + 8)),
          physicalAddress: BigInt(f.u32(at + 12)),
          fileSize: f.u32(at + 16),
          memorySize: BigInt(f.u32(at + 20)),
          alignment: f.u32(at + 28),
        };
  };
}
