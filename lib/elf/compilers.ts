import { SHF_ALLOC, SHT_PROGBITS } from "./constants.js";
import { type ElfInput, toElf } from "./elf.js";
import type { ReadOptions } from "./limits.js";
import { readSectionData } from "./section-data.js";
import { sectionNames, sectionsWhere } from "./sections.js";
import { nameText } from "./text.js";

/**
 * The compilers and linkers that made the file, as they state in `.comment`: each distinct line once, in file order. Empty
 * without that section.
 *
 * @example
 * ```ts
 * assert.ok(Array.isArray(readCompilers(readFileSync("/bin/sh"))));
 * ```
 *
 * @throws {@link OgrtError} NOT_ELF, MALFORMED_ELF or LIMIT_EXCEEDED.
 */
export function readCompilers(input: ElfInput, options: ReadOptions = {}): string[] {
  const elf = toElf(input);
  const nameOf = sectionNames(elf, options);
  const lines = new Set<string>();
  for (const section of sectionsWhere(elf, (type, flags) => type === SHT_PROGBITS && (flags & SHF_ALLOC) === 0)) {
    if (nameOf(section) !== ".comment") continue;
    const data = readSectionData(elf, section, options);
    for (let start = 0; start < data.length; ) {
      const terminator = data.indexOf(0, start);
      const end = terminator === -1 ? data.length : terminator;
      if (end > start) lines.add(nameText(data.subarray(start, end)));
      start = end + 1;
    }
  }
  return [...lines];
}
