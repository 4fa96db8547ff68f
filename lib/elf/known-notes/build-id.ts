import { hex } from "../../shared/hex.js";
import { GNU_OWNER, NT_GNU_BUILD_ID } from "../constants.js";
import type { NoteKind } from "./note-kind.js";

/** Identity of a build (NT_GNU_BUILD_ID). */
export interface BuildIdNote {
  kind: "GNU build-id";
  /** Lower-case hexadecimal. */
  buildId: string;
}

export const BuildIdNote: NoteKind<BuildIdNote> = {
  owner: GNU_OWNER,
  type: NT_GNU_BUILD_ID,
  decode: (descriptor) => ({ kind: "GNU build-id", buildId: hex(descriptor) }),
};
