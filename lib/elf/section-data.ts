import { OgrtError } from "../errors.js";
import { ELFCOMPRESS_ZLIB, ELFCOMPRESS_ZSTD, SHF_COMPRESSED, SHT_NOBITS } from "./constants.js";
import { type Elf, type ElfInput, toElf, windowOf } from "./elf.js";
import { inflateZlib } from "./inflate.js";
import { limit, type ReadOptions } from "./limits.js";
import { exceeded, malformed } from "./malformed.js";
import type { Section } from "./sections.js";
import { inflateZstd } from "./zstd/inflate-zstd.js";

/**
 * Bytes of a section, inflated when they are compressed with zlib or zstd (SHF_COMPRESSED: gABI, "Section Compression"); empty
 * for SHT_NOBITS. Neither the stored nor the inflated size may exceed `maxDataBytes`.
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
  const elf = toElf(input);
  const { source } = elf;
  if (section.type === SHT_NOBITS) return new Uint8Array(0);
  const maximum = limit(options, "maxDataBytes");
  const { offset, size, index } = section;
  if (offset + size > source.size) {
    const sentence = `section ${index} (${size} bytes at ${offset}) ends after the file's ${source.size} bytes`;
    throw malformed(source, offset, size, sentence);
  }
  if (size > maximum)
    throw exceeded(source, offset, size, "maxDataBytes", maximum, `section ${index} of ${size} bytes`);
  if ((section.flags & SHF_COMPRESSED) === 0) return source.read(offset, size);

  const { method, inflatedSize, headerSize } = compressionHeader(elf, section);
  if (method !== ELFCOMPRESS_ZLIB && method !== ELFCOMPRESS_ZSTD) {
    const sentence = `section ${index} is compressed with method ${method}; only 1 (zlib) and 2 (zstd) are supported`;
    throw new OgrtError("UNSUPPORTED_COMPRESSION", sentence, { path: source.path, offset, value: method });
  }
  if (inflatedSize > maximum) {
    const what = `section ${index} of ${inflatedSize} bytes inflated`;
    throw exceeded(source, offset, inflatedSize, "maxDataBytes", maximum, what);
  }
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
