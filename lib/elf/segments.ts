import { Fields } from "./fields.js";
import type { ElfHeader } from "./header.js";
import type { Source } from "./source.js";

/** One program header (gABI, "Program Header"). */
export interface Segment {
  index: number;
  /** p_type, such as 1 (PT_LOAD) or 4 (PT_NOTE). */
  type: number;
  /** p_flags: 1 execute, 2 write, 4 read. */
  flags: number;
  /** File offset in bytes; not yet compared with the file's size. */
  offset: number;
  virtualAddress: bigint;
  physicalAddress: bigint;
  /** Bytes in the file; not yet compared with the file's size. */
  fileSize: number;
  /** Bytes in memory. */
  memorySize: bigint;
  alignment: number;
}

/** The program headers, in file order. */
export function* readSegments(source: Source, header: ElfHeader): Generator<Segment> {
  const { offset, entrySize, count } = header.segments;
  const wide = header.bits === 64;
  const size = wide ? 56 : 32;
  for (let index = 0; index < count; index++) {
    const f = new Fields(source.read(offset + index * entrySize, size), header.byteOrder === "little");
    yield wide
      ? {
          index,
          type: f.u32(0),
          flags: f.u32(4),
          offset: f.u64(8),
          virtualAddress: f.big(16),
          physicalAddress: f.big(24),
          fileSize: f.u64(32),
          memorySize: f.big(40),
          alignment: f.u64(48),
        }
      : {
          index,
          type: f.u32(0),
          flags: f.u32(24),
          offset: f.u32(4),
          virtualAddress: BigInt(f.u32(8)),
          physicalAddress: BigInt(f.u32(12)),
          fileSize: f.u32(16),
          memorySize: BigInt(f.u32(20)),
          alignment: f.u32(28),
        };
  }
}
