import { hex } from "../../shared/hex.js";
import { GNU_OWNER, NT_GNU_BUILD_ID } from "../constants.js";
import type { NoteKind } from "./note-kind.js";

/** Identity of a build (NT_GNU_BUILD_ID). */
export interface BuildIdNote {
  kind: "GNU build-id";
  /** Lower-case hexadecimal. */
  buildId: string;
}

/** A linker writes what `--build-id=0x…` gives. The preload library has the same limit (native-preload/src/elf/notes.h). */
const MAX_BUILD_ID_BYTES = 1024;

export const BuildIdNote: NoteKind<BuildIdNote> = {
  owner: GNU_OWNER,
  type: NT_GNU_BUILD_ID,
  decode: (descriptor) =>
    descriptor.length === 0 || descriptor.length > MAX_BUILD_ID_BYTES
      ? undefined
      : { kind: "GNU build-id", buildId: hex(descriptor) },
};
