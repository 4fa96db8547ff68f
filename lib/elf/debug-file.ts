import { SHF_ALLOC, SHF_WRITE, SHT_NOBITS, SHT_NOTE, SHT_NULL } from "./constants.js";
import { type Elf, type ElfInput, toElf } from "./elf.js";
import { remember } from "./remember.js";
import { sectionsWhere } from "./sections.js";

/**
 * Whether the file holds only the debug information of another one (`objcopy --only-keep-debug`, `eu-strip -f`). Such a
 * file lists all sections of its program, but loaded sections have no content. It repeats the notes of its program, so
 * it does not count as a stamped file, and its program headers describe the program.
 *
 * @example
 * ```ts
 * assert.equal(isSeparateDebugFile(readFileSync("/bin/sh")), false);
 * ```
 *
 * @throws {@link OgrtError} NOT_ELF or MALFORMED_ELF.
 */
export function isSeparateDebugFile(input: ElfInput): boolean {
  const elf = toElf(input);
  return remember(elf, "separate debug file", () => onlyListsSections(elf));
}

function onlyListsSections(elf: Elf): boolean {
  let emptied = false;
  const loaded = (type: number, flags: number) => (flags & SHF_ALLOC) !== 0 && type !== SHT_NULL && type !== SHT_NOTE;
  for (const { type, flags, size } of sectionsWhere(elf, loaded)) {
    if (size === 0) continue;
    if (type !== SHT_NOBITS) return false;
    // Writable sections (.bss) have no content in any file. Code and constants lack it in debug files only.
    if ((flags & SHF_WRITE) === 0) emptied = true;
  }
  return emptied;
}
