import { OgrtError } from "../errors.js";
import * as elf from "./constants.js";
import { Fields } from "./fields.js";
import { fileType } from "./file-type.js";
import { malformed } from "./malformed.js";
import { type Source, type SourceInput, toSource } from "./source.js";

/** A table of fixed-size records in the file: the program headers or the section headers. */
export interface HeaderTable {
  /** File offset in bytes. */
  offset: number;
  /** Bytes from one record to the next. */
  entrySize: number;
  count: number;
}

/** The ELF header, with extended numbering already resolved (gABI, "ELF Header" and "Section Header Table"). */
export interface ElfHeader {
  /** Word size of the format: ELFCLASS32 or ELFCLASS64. */
  bits: 32 | 64;
  byteOrder: "little" | "big";
  /** e_ident[EI_OSABI]. */
  osAbi: number;
  /** e_ident[EI_ABIVERSION]. */
  abiVersion: number;
  /** e_type, such as 2 (ET_EXEC) or 3 (ET_DYN); `elfTypeName` names it. */
  type: number;
  /** e_machine, such as 62 (EM_X86_64); `machineName` names it. */
  machine: number;
  /** Virtual address of the entry point. */
  entry: bigint;
  /** e_flags, specific to the processor. */
  flags: number;
  segments: HeaderTable;
  sections: HeaderTable;
  /** Index of the section that holds the section names; 0 when there is none. */
  sectionNames: number;
}

const CLASSES = { [elf.ELFCLASS32]: 32, [elf.ELFCLASS64]: 64 } as const;
const DATA_ENCODINGS = { [elf.ELFDATA2LSB]: "little", [elf.ELFDATA2MSB]: "big" } as const;
const VERSIONS = { [elf.EV_CURRENT]: true } as const;

/**
 * Whether the bytes begin with the ELF magic number.
 *
 * @example
 * ```ts
 * assert.equal(isElf(Buffer.from("#!/bin/sh")), false);
 * ```
 */
export function isElf(input: SourceInput): boolean {
  const source = toSource(input);
  return hasMagic(source.read(0, Math.min(source.size, elf.ELF_MAGIC.length)));
}

const hasMagic = (bytes: Uint8Array): boolean => elf.ELF_MAGIC.every((byte, index) => bytes[index] === byte);

/**
 * Parses the ELF header.
 *
 * @throws {@link OgrtError} NOT_ELF when the magic number is missing, MALFORMED_ELF when a field is impossible.
 */
export function parseHeader(source: Source): ElfHeader {
  const bytes = source.read(0, Math.min(source.size, elf.ELF_HEADER_SIZE[64]));
  if (!hasMagic(bytes)) throw notElf(source);
  if (bytes.length < elf.EI_NIDENT) throw truncated(source, `the ${elf.EI_NIDENT} bytes of e_ident`);
  const bits = identified(source, bytes, elf.EI_CLASS, "class", CLASSES);
  const byteOrder = identified(source, bytes, elf.EI_DATA, "data encoding", DATA_ENCODINGS);
  identified(source, bytes, elf.EI_VERSION, "version", VERSIONS);
  if (bytes.length < elf.ELF_HEADER_SIZE[bits])
    throw truncated(source, `the ELF header of ${elf.ELF_HEADER_SIZE[bits]} bytes`);

  const fields = new Fields(bytes, byteOrder === "little");
  const wide = bits === 64;
  const header: ElfHeader = {
    bits,
    byteOrder,
    osAbi: bytes[elf.EI_OSABI] ?? 0,
    abiVersion: bytes[elf.EI_ABIVERSION] ?? 0,
    type: fields.u16(16),
    machine: fields.u16(18),
    entry: wide ? fields.big(24) : BigInt(fields.u32(24)),
    flags: fields.u32(wide ? 48 : 36),
    segments: {
      offset: wide ? fields.u64(32) : fields.u32(28),
      entrySize: fields.u16(wide ? 54 : 42),
      count: fields.u16(wide ? 56 : 44),
    },
    sections: {
      offset: wide ? fields.u64(40) : fields.u32(32),
      entrySize: fields.u16(wide ? 58 : 46),
      count: fields.u16(wide ? 60 : 48),
    },
    sectionNames: fields.u16(wide ? 62 : 50),
  };
  resolveExtendedNumbering(source, header);
  checkTable(source, header.segments, elf.PROGRAM_HEADER_SIZE[bits], wide ? 32 : 28, "program header table");
  checkTable(source, header.sections, elf.SECTION_HEADER_SIZE[bits], wide ? 40 : 32, "section header table");
  if (header.sectionNames >= Math.max(header.sections.count, 1)) {
    const sentence = `e_shstrndx is ${header.sectionNames}, but there are ${header.sections.count} sections`;
    throw malformed(source, wide ? 62 : 50, header.sectionNames, sentence);
  }
  return header;
}

function notElf(source: Source): OgrtError {
  const type = fileType(source);
  const sentence = type === undefined ? "not an ELF file" : `not an ELF file (${type})`;
  return new OgrtError("NOT_ELF", sentence, { path: source.path, offset: 0, value: type });
}

function truncated(source: Source, inside: string): OgrtError {
  return malformed(source, source.size, source.size, `file ends inside ${inside} (${source.size} bytes)`);
}

function identified<T>(source: Source, ident: Uint8Array, at: number, what: string, known: Record<number, T>): T {
  const value = ident[at] ?? 0;
  const meaning = known[value];
  if (meaning === undefined) throw malformed(source, at, value, `unknown ${what} ${value}`);
  return meaning;
}

/** Counts too large for 16 bits are in section header 0 (gABI, "Section Header Table"). */
function resolveExtendedNumbering(source: Source, header: ElfHeader): void {
  const { sections, segments, bits } = header;
  const wide = bits === 64;
  const hasManySegments = segments.count === elf.PN_XNUM;
  const hasManySections = header.sectionNames === elf.SHN_XINDEX;
  if (sections.offset === 0) {
    removeSections(header);
    return;
  }
  if (sections.count > 0 && !hasManySections && !hasManySegments) return;
  const size = elf.SECTION_HEADER_SIZE[bits];
  const isLost = sections.entrySize < size || sections.offset + size > source.size;
  if (isLost && !hasManySections && !hasManySegments) {
    removeSections(header);
    return;
  }
  checkTable(source, { ...sections, count: 1 }, size, wide ? 40 : 32, "section header 0");
  const fields = new Fields(source.read(sections.offset, size), header.byteOrder === "little");
  if (hasManySegments) segments.count = fields.u32(wide ? 44 : 28);
  if (sections.count === 0) {
    const count = wide ? fields.u64(32) : fields.u32(20);
    const isNull = fields.u32(0) === 0 && fields.u32(4) === elf.SHT_NULL;
    const fits = sections.offset + count * sections.entrySize <= source.size;
    // Tools that remove the section table may leave e_shoff, which then leads to anything.
    if (count > 0 && (hasManySections || (isNull && fits))) sections.count = count;
    else removeSections(header);
  }
  if (hasManySections && sections.count > 0) header.sectionNames = fields.u32(wide ? 40 : 24);
}

/** Without a section table, what the header says about it is meaningless: stripped files keep stale values. */
function removeSections(header: ElfHeader): void {
  header.sections.count = 0;
  header.sectionNames = 0;
}

function checkTable(source: Source, table: HeaderTable, minimum: number, at: number, what: string): void {
  const { offset, entrySize, count } = table;
  if (count === 0) return;
  if (entrySize < minimum) {
    const sentence = `entries of the ${what} have ${entrySize} bytes, fewer than ${minimum}`;
    throw malformed(source, at, entrySize, sentence);
  }
  if (offset === 0 || offset + count * entrySize > source.size) {
    const sentence = `${what} (${count} × ${entrySize} bytes at ${offset}) is outside the file of ${source.size} bytes`;
    throw malformed(source, at, offset, sentence);
  }
}
