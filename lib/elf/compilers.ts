import { OgrtError } from "../errors.js";
import { SHF_ALLOC, SHT_PROGBITS } from "./constants.js";
import { type ElfInput, toElf } from "./elf.js";
import type { ReadOptions } from "./limits.js";
import { sectionText } from "./section-data.js";
import { sectionsNamed } from "./sections.js";
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
 * @throws {@link OgrtError} NOT_ELF, MALFORMED_ELF or LIMIT_EXCEEDED. `options.onProblem` gets the last two instead, and the
 * lines that were read before are returned.
 */
export function readCompilers(input: ElfInput, options: ReadOptions = {}): string[] {
  const elf = toElf(input, options);
  const lines = new Set<string>();
  const notLoaded = (type: number, flags: number) => type === SHT_PROGBITS && (flags & SHF_ALLOC) === 0;
  try {
    for (const section of sectionsNamed(elf, ".comment", notLoaded)) {
      const data = sectionText(elf, section);
      for (let start = 0; start < data.length; ) {
        const terminator = data.indexOf(0, start);
        const end = terminator === -1 ? data.length : terminator;
        if (end > start) lines.add(nameText(data.subarray(start, end)));
        start = end + 1;
      }
    }
  } catch (error) {
    const isAboutContent = error instanceof OgrtError && !error.code.startsWith("FILE_");
    if (!isAboutContent || options.onProblem === undefined) throw error;
    options.onProblem(error);
  }
  return [...lines];
}
