import { OgrtError } from "../errors.js";
import { GNU_OWNER, NT_GNU_BUILD_ID } from "./constants.js";
import { type ElfInput, toElf } from "./elf.js";
import { decodeNote } from "./known-notes/index.js";
import type { ReadOptions } from "./limits.js";
import { readNotes } from "./notes.js";

/**
 * The GNU build-id (note owner `GNU`, type NT_GNU_BUILD_ID = 3) as lower-case hexadecimal, or undefined without one. It is
 * the first such note of 1 to 1024 bytes: linkers write 8 to 32 bytes by default, and any number on request.
 *
 * @example
 * ```ts
 * const buildId = readBuildId(readFileSync("/bin/sh"));
 * assert.match(buildId, /^[0-9a-f]{16,64}$/);
 * ```
 *
 * @throws {@link OgrtError} NOT_ELF or MALFORMED_ELF; `options.onProblem` gets build-ids of other sizes.
 */
export function readBuildId(input: ElfInput, options: ReadOptions = {}): string | undefined {
  const elf = toElf(input, options);
  for (const note of readNotes(elf, options, NT_GNU_BUILD_ID)) {
    if (note.owner !== GNU_OWNER) continue;
    try {
      const known = decodeNote(elf, note, options);
      if (known?.kind === "GNU build-id") return known.buildId;
    } catch (error) {
      if (!(error instanceof OgrtError) || error.code !== "MALFORMED_ELF") throw error;
      options.onProblem?.(error);
    }
  }
  return undefined;
}
