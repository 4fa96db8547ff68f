import { hex } from "../shared/hex.js";
import { GNU_OWNER, NT_GNU_BUILD_ID } from "./constants.js";
import { type ElfInput, toElf } from "./elf.js";
import { noteDescriptor, readNotes } from "./notes.js";

/** Linkers write 8 to 32 bytes. */
const MAX_BUILD_ID_BYTES = 64;

/**
 * The GNU build-id (note owner `GNU`, type NT_GNU_BUILD_ID = 3) as lower-case hexadecimal, or undefined without
 * one.
 *
 * @example
 * ```ts
 * const buildId = readBuildId(readFileSync("/bin/sh"));
 * assert.match(buildId, /^[0-9a-f]{16,64}$/);
 * ```
 *
 * @throws {@link OgrtError} NOT_ELF or MALFORMED_ELF.
 */
export function readBuildId(input: ElfInput): string | undefined {
  const elf = toElf(input);
  for (const note of readNotes(elf, {}, NT_GNU_BUILD_ID)) {
    if (note.owner !== GNU_OWNER) continue;
    if (note.descriptorSize === 0 || note.descriptorSize > MAX_BUILD_ID_BYTES) continue;
    return hex(noteDescriptor(elf, note));
  }
  return undefined;
}
