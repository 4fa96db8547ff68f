import { bytesToText } from "../text/escape.js";
import { Fields } from "./fields.js";
import type { ElfHeader } from "./header.js";
import { malformed } from "./malformed.js";
import type { Source } from "./source.js";

/** One section header (gABI, "Section Header"). */
export interface Section {
  index: number;
  /** sh_name: where the name starts in the section name table. {@link sectionName} reads it. */
  nameOffset: number;
  /** sh_type, such as 7 (SHT_NOTE) or 8 (SHT_NOBITS). */
  type: number;
  /** sh_flags, such as 2 (SHF_ALLOC). */
  flags: number;
  address: bigint;
  /** File offset in bytes; not yet compared with the file's size. */
  offset: number;
  /** Bytes in the file (for SHT_NOBITS in memory); not yet compared with the file's size. */
  size: number;
  link: number;
  info: number;
  alignment: number;
  entrySize: number;
}

/** The section headers, in file order, the null section 0 included. */
export function* readSections(source: Source, header: ElfHeader): Generator<Section> {
  for (let index = 0; index < header.sections.count; index++) yield readSection(source, header, index);
}

/** One section header by its index, which must be below the header's count. */
export function readSection(source: Source, header: ElfHeader, index: number): Section {
  const { offset, entrySize } = header.sections;
  const wide = header.bits === 64;
  const f = new Fields(source.read(offset + index * entrySize, wide ? 64 : 40), header.byteOrder === "little");
  return wide
    ? {
        index,
        nameOffset: f.u32(0),
        type: f.u32(4),
        flags: f.u64(8),
        address: f.big(16),
        offset: f.u64(24),
        size: f.u64(32),
        link: f.u32(40),
        info: f.u32(44),
        alignment: f.u64(48),
        entrySize: f.u64(56),
      }
    : {
        index,
        nameOffset: f.u32(0),
        type: f.u32(4),
        flags: f.u32(8),
        address: BigInt(f.u32(12)),
        offset: f.u32(16),
        size: f.u32(20),
        link: f.u32(24),
        info: f.u32(28),
        alignment: f.u32(32),
        entrySize: f.u32(36),
      };
}

/** Longer names are cut: no tool makes them, and a name must not cost a file-sized allocation. */
const MAX_NAME_LENGTH = 4096;
const NAME_STEP = 64;

/**
 * Name of a section, from the section name table (e_shstrndx); empty when the file has no such table.
 *
 * @throws {@link OgrtError} MALFORMED_ELF when the table or the name lies outside the file.
 */
export function sectionName(source: Source, header: ElfHeader, section: Section): string {
  if (header.sectionNames === 0) return "";
  const table = readSection(source, header, header.sectionNames);
  const headerOffset = header.sections.offset + header.sectionNames * header.sections.entrySize;
  if (table.offset + table.size > source.size) {
    throw malformed(
      source,
      headerOffset,
      table.offset,
      `section name table ends after the file's ${source.size} bytes`,
    );
  }
  if (section.nameOffset >= table.size) {
    throw malformed(
      source,
      header.sections.offset + section.index * header.sections.entrySize,
      section.nameOffset,
      `name of section ${section.index} starts at ${section.nameOffset} in a table of ${table.size} bytes`,
    );
  }
  const start = table.offset + section.nameOffset;
  const limit = Math.min(table.offset + table.size, start + MAX_NAME_LENGTH);
  for (let end = Math.min(start + NAME_STEP, limit); ; end = Math.min(end + NAME_STEP, limit)) {
    const bytes = source.read(start, end - start);
    const terminator = bytes.indexOf(0);
    if (terminator !== -1) return bytesToText(bytes.subarray(0, terminator));
    if (end === limit) return bytesToText(bytes);
  }
}
