import { GNU_OWNER, NT_GNU_BUILD_ID } from "./constants.js";
import { readHeader } from "./header.js";
import { noteDescriptor, readNotes } from "./notes.js";
import { type ElfInput, toSource } from "./source.js";

/** Longest build-id accepted, in bytes; linkers write 8 to 32. */
const MAX_BUILD_ID_SIZE = 64;

/**
 * The GNU build-id (note owner `GNU`, type NT_GNU_BUILD_ID = 3) as lower-case hexadecimal, or undefined when the file
 * has none.
 *
 * @throws {@link OgrtError} NOT_ELF or MALFORMED_ELF.
 */
export function readBuildId(input: ElfInput): string | undefined {
  const source = toSource(input);
  for (const note of readNotes(source, readHeader(source))) {
    if (note.owner !== GNU_OWNER || note.type !== NT_GNU_BUILD_ID) continue;
    if (note.descriptorSize === 0 || note.descriptorSize > MAX_BUILD_ID_SIZE) continue;
    return hex(noteDescriptor(source, note));
  }
  return undefined;
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
