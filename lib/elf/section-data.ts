import { ELFCOMPRESS_ZLIB, ELFCOMPRESS_ZSTD, SHF_COMPRESSED, SHT_NOBITS } from "./constants.js";
import { type Elf, type ElfInput, toElf, windowOf } from "./elf.js";
import { inflateZlib } from "./inflate.js";
import type { ReadOptions } from "./limits.js";
import { malformed, problem } from "./malformed.js";
import type { Section } from "./sections.js";
import { inflateZstd } from "./zstd/inflate-zstd.js";

/**
 * Bytes of a section, inflated when they are compressed with zlib or zstd (SHF_COMPRESSED: gABI, "Section Compression");
 * empty for SHT_NOBITS. The bytes of all calls for one file, stored and inflated, may not exceed `maxDataBytes`.
 *
 * @example
 * ```ts
 * const elf = toElf(readFileSync("/bin/sh"));
 * const dynamic = [...readSections(elf)].find((section) => sectionName(elf, section) === ".dynamic");
 * assert.equal(readSectionData(elf, dynamic).length, dynamic.size);
 * ```
 *
 * @throws {@link OgrtError} MALFORMED_ELF, LIMIT_EXCEEDED, or UNSUPPORTED_COMPRESSION for another method.
 */
export function readSectionData(input: ElfInput, section: Section, options: ReadOptions = {}): Uint8Array {
  const elf = toElf(input, options);
  return read(elf, section, (bytes) => elf.source.budget.data(bytes, elf.source, section.offset));
}

/** Bytes of a section that become text, within `maxTextBytes`. */
export function sectionText(elf: Elf, section: Section): Uint8Array {
  return read(elf, section, (bytes) => elf.source.budget.text(bytes, elf.source, section.offset));
}

/** @param charge - charges stored bytes before they are read, and inflated ones before there is memory for them. */
function read(elf: Elf, section: Section, charge: (bytes: number) => void): Uint8Array {
  const { source } = elf;
  if (section.type === SHT_NOBITS) return new Uint8Array(0);
  const { offset, size, index } = section;
  if (offset + size > source.size) {
    const sentence = `section ${index} (${size} bytes at ${offset}) ends after the file's ${source.size} bytes`;
    throw malformed(source, offset, size, sentence);
  }
  charge(size);
  if ((section.flags & SHF_COMPRESSED) === 0) return source.read(offset, size);

  const { method, inflatedSize, headerSize } = compressionHeader(elf, section);
  if (method !== ELFCOMPRESS_ZLIB && method !== ELFCOMPRESS_ZSTD) {
    const sentence = `section ${index} is compressed with method ${method}; only 1 (zlib) and 2 (zstd) are supported`;
    throw problem("UNSUPPORTED_COMPRESSION", source, offset, method, sentence);
  }
  charge(inflatedSize);
  source.budget.inflating(inflatedSize, source, offset);
  const inflate = method === ELFCOMPRESS_ZLIB ? inflateZlib : inflateZstd;
  const data = inflate(source.read(offset + headerSize, size - headerSize), inflatedSize);
  if (data?.length !== inflatedSize) {
    throw malformed(source, offset, inflatedSize, `section ${index} does not inflate to ${inflatedSize} bytes`);
  }
  return data;
}

/** Elf32_Chdr or Elf64_Chdr. */
function compressionHeader(elf: Elf, { offset, size, index }: Section) {
  const wide = elf.header.bits === 64;
  const headerSize = wide ? 24 : 12;
  if (size < headerSize) {
    throw malformed(elf.source, offset, size, `section ${index} ends inside its compression header`);
  }
  const f = windowOf(elf, offset + headerSize);
  const at = f.at(offset, headerSize);
  return { method: f.u32(at), inflatedSize: wide ? f.u64(at + 8) : f.u32(at + 4), headerSize };
}
