import { GNU_OWNER, NT_GNU_ABI_TAG } from "../constants.js";
import type { NoteKind } from "./note-kind.js";

/** Oldest kernel that the file was made for (LSB, "Note Section": NT_GNU_ABI_TAG). */
export interface AbiTag {
  kind: "GNU ABI tag";
  /** Operating system; its number where it has no name. */
  os: string | number;
  /** Oldest kernel, such as `3.2.0`. */
  version: string;
}

const SYSTEMS = ["Linux", "Hurd", "Solaris", "FreeBSD", "NetBSD", "Syllable", "NaCl"];

/** Four words: the operating system, then the three parts of its version. */
export const AbiTag: NoteKind<AbiTag> = {
  owner: GNU_OWNER,
  type: NT_GNU_ABI_TAG,
  decode(descriptor, fields) {
    if (descriptor.length < 16) return undefined;
    const os = fields.u32(0);
    return { kind: "GNU ABI tag", os: SYSTEMS[os] ?? os, version: [4, 8, 12].map((at) => fields.u32(at)).join(".") };
  },
};
