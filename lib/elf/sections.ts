import { type Elf, type ElfInput, toElf, windowOf } from "./elf.js";
import type { ReadOptions } from "./limits.js";
import { malformed } from "./malformed.js";
import { remember } from "./remember.js";
import { bytesUpTo } from "./strings.js";
import { asciiText, nameText } from "./text.js";
import type { Window } from "./window.js";

/** One section header (gABI, "Section Header"). */
export interface Section {
  index: number;
  /** sh_name: offset of the name in the section name table. {@link sectionName} reads it. */
  nameOffset: number;
  /** sh_type, such as 7 (SHT_NOTE) or 8 (SHT_NOBITS); `sectionTypeName` names it. */
  type: number;
  /** sh_flags, such as 2 (SHF_ALLOC). */
  flags: number;
  address: bigint;
  /** File offset in bytes; not checked against the file's size. */
  offset: number;
  /** Bytes in the file (for SHT_NOBITS in memory); not checked against the file's size. */
  size: number;
  link: number;
  info: number;
  alignment: number;
  entrySize: number;
}

/** Steps of a section header that is returned, beside the one of looking at it. */
const SECTION_STEPS = 5;
/** Offsets of sh_type and sh_flags, which both classes share. */
const SH_TYPE = 4;
const SH_FLAGS = 8;

/**
 * The section headers, in file order, including the null section 0. With `type`, only those of that type.
 *
 * @example
 * ```ts
 * const SHT_NOTE = 7;
 * const notes = [...readSections(readFileSync("/bin/sh"), SHT_NOTE)];
 * assert.ok(notes.every((section) => section.size > 0));
 * ```
 *
 * @throws {@link OgrtError} NOT_ELF or MALFORMED_ELF.
 */
export function* readSections(input: ElfInput, type?: number): Generator<Section> {
  yield* sectionsWhere(toElf(input), type === undefined ? () => true : (own) => own === type);
}

/** All section headers at once: generators cost as much as reading. */
export function allSections(elf: Elf): Section[] {
  const { offset, entrySize, count } = elf.header.sections;
  const size = elf.header.bits === 64 ? 64 : 40;
  const f = windowOf(elf, offset + count * entrySize);
  const sections: Section[] = [];
  for (let index = 0; index < count; index++) {
    sections.push(sectionAt(elf, f, f.at(offset + index * entrySize, size), index));
  }
  return sections;
}

/** The section headers whose type and flags pass a test. Allocates nothing for the others. */
export function* sectionsWhere(elf: Elf, wanted: (type: number, flags: number) => boolean): Generator<Section> {
  const { offset, entrySize, count } = elf.header.sections;
  const size = elf.header.bits === 64 ? 64 : 40;
  const f = windowOf(elf, offset + count * entrySize);
  for (let index = 0; index < count; index++) {
    const at = f.at(offset + index * entrySize, size);
    // The low half holds all flags that do not depend on the machine.
    const flags = f.u32(at + (elf.header.bits === 64 && elf.header.byteOrder === "big" ? SH_FLAGS + 4 : SH_FLAGS));
    if (wanted(f.u32(at + SH_TYPE), flags)) yield sectionAt(elf, f, at, index);
  }
}

/**
 * One section header by its index; undefined for an index out of range.
 *
 * @example
 * ```ts
 * const SHT_NULL = 0;
 * assert.equal(readSection(readFileSync("/bin/sh"), 0)?.type, SHT_NULL);
 * ```
 *
 * @throws {@link OgrtError} NOT_ELF or MALFORMED_ELF.
 */
export function readSection(input: ElfInput, index: number): Section | undefined {
  const elf = toElf(input);
  const { offset, entrySize, count } = elf.header.sections;
  if (!Number.isInteger(index) || index < 0 || index >= count) return undefined;
  const f = windowOf(elf, offset + (index + 1) * entrySize);
  return sectionAt(elf, f, f.at(offset + index * entrySize, elf.header.bits === 64 ? 64 : 40), index);
}

/** @param at - where the header is in the window. */
function sectionAt({ source, header }: Elf, f: Window, at: number, index: number): Section {
  source.budget.work(SECTION_STEPS, source, header.sections.offset);
  return header.bits === 64
    ? {
        index,
        nameOffset: f.u32(at),
        type: f.u32(at + 4),
        flags: f.u64(at + 8),
        address: f.big(at + 16),
        offset: f.u64(at + 24),
        size: f.u64(at + 32),
        link: f.u32(at + 40),
        info: f.u32(at + 44),
        alignment: f.u64(at + 48),
        entrySize: f.u64(at + 56),
      }
    : {
        index,
        nameOffset: f.u32(at),
        type: f.u32(at + 4),
        flags: f.u32(at + 8),
        address: BigInt(f.u32(at + 12)),
        offset: f.u32(at + 16),
        size: f.u32(at + 20),
        link: f.u32(at + 24),
        info: f.u32(at + 28),
        alignment: f.u32(at + 32),
        entrySize: f.u32(at + 36),
      };
}

/** Largest name table that is read at once. */
const MAX_WHOLE_TABLE_BYTES = 4096;

/**
 * Name of a section, from the section name table (e_shstrndx); empty when the file has no such table. Names are
 * cut to `maxStringBytes`.
 *
 * @example
 * ```ts
 * const elf = toElf(readFileSync("/bin/sh"));
 * const names = Array.from(readSections(elf), (section) => sectionName(elf, section));
 * assert.ok(names.includes(".dynamic"));
 * ```
 *
 * @throws {@link OgrtError} MALFORMED_ELF when the table or the name lies outside the file, or LIMIT_EXCEEDED.
 */
export function sectionName(input: ElfInput, section: Section, options: ReadOptions = {}): string {
  return sectionNames(toElf(input, options))(section);
}

/** {@link sectionName} for many sections of one file: finds the table once, and reads a small one as a whole. */
export function sectionNames(elf: Elf): (section: Section) => string {
  const names = nameTable(elf);
  if (names === undefined) return () => "";
  const { source } = elf;
  const { budget } = source;
  const { table, whole } = names;
  if (table.offset + table.size > source.size) {
    const sentence = `section name table ends after the file's ${source.size} bytes`;
    throw malformed(source, headerOffset(elf, table.index), table.offset, sentence);
  }
  const longest = budget.limits.maxStringBytes;
  return ({ index, nameOffset }) => {
    if (nameOffset >= table.size) {
      const sentence = `name of section ${index} starts at ${nameOffset} in a table of ${table.size} bytes`;
      throw malformed(source, headerOffset(elf, index), nameOffset, sentence);
    }
    const start = table.offset + nameOffset;
    if (whole !== undefined) {
      const terminator = whole.indexOf("\0", nameOffset);
      const end = Math.min(terminator === -1 ? whole.length : terminator, nameOffset + longest);
      budget.text(end - nameOffset, source, start);
      return whole.slice(nameOffset, end);
    }
    const end = table.offset + table.size;
    const bytes = bytesUpTo(source, 0, start, end) ?? source.read(start, Math.min(end - start, longest));
    budget.text(bytes.length, source, start);
    return nameText(bytes);
  };
}

/**
 * The sections of one name whose type and flags pass a test. Names are compared, not made into text, and one that cannot be
 * read is another name.
 */
export function* sectionsNamed(
  elf: Elf,
  name: string,
  wanted: (type: number, flags: number) => boolean,
): Generator<Section> {
  const names = nameTable(elf);
  if (names === undefined) return;
  const { source } = elf;
  const { table, whole } = names;
  const end = Math.min(table.offset + table.size, source.size);
  for (const section of sectionsWhere(elf, wanted)) {
    const start = table.offset + section.nameOffset;
    if (start + name.length >= end) continue;
    const isIt =
      whole !== undefined
        ? whole.startsWith(`${name}\0`, section.nameOffset)
        : spells(source.read(start, name.length + 1), name);
    if (isIt) yield section;
  }
}

/** Whether the bytes are an ASCII name and a NUL. */
function spells(bytes: Uint8Array, name: string): boolean {
  for (let index = 0; index < name.length; index++) if (bytes[index] !== name.charCodeAt(index)) return false;
  return bytes[name.length] === 0;
}

const nameTable = (elf: Elf) => remember(elf, "section names", () => readNameTable(elf));

/** The section name table, with its whole text if it is small and sound; undefined when the file has none. */
function readNameTable(elf: Elf): { table: Section; whole: string | undefined } | undefined {
  const { source, header } = elf;
  const table = header.sectionNames === 0 ? undefined : readSection(elf, header.sectionNames);
  if (table === undefined) return undefined;
  const isSmall = table.size <= MAX_WHOLE_TABLE_BYTES && table.offset + table.size <= source.size;
  return { table, whole: isSmall ? asciiText(source.read(table.offset, table.size)) : undefined };
}

const headerOffset = ({ header }: Elf, index: number): number =>
  header.sections.offset + index * header.sections.entrySize;
