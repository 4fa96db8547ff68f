import { type Elf, type ElfInput, toElf, windowOf } from "./elf.js";
import type { Window } from "./window.js";

/** One program header (gABI, "Program Header"). */
export interface Segment {
  index: number;
  /** p_type, such as 1 (PT_LOAD) or 4 (PT_NOTE); `segmentTypeName` names it. */
  type: number;
  /** p_flags: 1 execute, 2 write, 4 read. */
  flags: number;
  /** File offset in bytes; not checked against the file's size. */
  offset: number;
  virtualAddress: bigint;
  physicalAddress: bigint;
  /** Bytes in the file; not checked against the file's size. */
  fileSize: number;
  /** Bytes in memory. */
  memorySize: bigint;
  alignment: number;
}

/**
 * The program headers, in file order. With `type`, only those of that type.
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
  const elf: Elf = toElf(input);
  const { offset, entrySize, count } = elf.header.segments;
  const size = elf.header.bits === 64 ? 56 : 32;
  const f = windowOf(elf, offset + count * entrySize);
  for (let index = 0; index < count; index++) {
    const at = f.at(offset + index * entrySize, size);
    if (type === undefined || f.u32(at) === type) yield segmentAt(elf, f, at, index);
  }
}

/** All program headers at once: generators cost as much as reading. */
export function allSegments(elf: Elf): Segment[] {
  const { offset, entrySize, count } = elf.header.segments;
  const size = elf.header.bits === 64 ? 56 : 32;
  const f = windowOf(elf, offset + count * entrySize);
  const segments: Segment[] = [];
  for (let index = 0; index < count; index++) {
    segments.push(segmentAt(elf, f, f.at(offset + index * entrySize, size), index));
  }
  return segments;
}

/** @param at - where the header is in the window. */
const segmentAt = ({ header }: Elf, f: Window, at: number, index: number): Segment =>
  header.bits === 64
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
