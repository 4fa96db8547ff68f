import { SHF_ALLOC, SHF_WRITE, SHT_NOBITS, SHT_NOTE, SHT_NULL } from "./constants.js";
import { type Elf, type ElfInput, toElf } from "./elf.js";
import { remember } from "./remember.js";
import { sectionsWhere } from "./sections.js";

/**
 * Whether the file holds only the debug information of another one (`objcopy --only-keep-debug`, `eu-strip -f`): it
 * lists all sections of its program, but those that are loaded have no content here. Such a file repeats the
 * notes of its program, so it is no second stamped file, and its program headers describe the program.
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
    // Writable ones (.bss) have no content in any file; code and constants have none in debug files only.
    if ((flags & SHF_WRITE) === 0) emptied = true;
  }
  return emptied;
}
