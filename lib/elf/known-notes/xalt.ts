import { bytesToText } from "../../text/escape.js";
import type { NoteKind } from "./note-kind.js";

/** What XALT's linker wrapper left in a program (owner `XALT`, type 0x746c6158). */
export interface XaltNote {
  kind: "XALT";
  /** Layout version. */
  version: number;
  /** Pairs in the order of the note; names may repeat. */
  entries: [name: string, value: string][];
}

/** A version byte, then NUL-terminated names and values in turn. */
export const XaltNote: NoteKind<XaltNote> = {
  owner: "XALT",
  type: 0x746c6158,
  decode(descriptor) {
    const [version] = descriptor;
    if (version === undefined) return undefined;
    const strings: string[] = [];
    for (let start = 1; start < descriptor.length; ) {
      const terminator = descriptor.indexOf(0, start);
      if (terminator === -1) return undefined;
      strings.push(bytesToText(descriptor.subarray(start, terminator)));
      start = terminator + 1;
    }
    const entries: XaltNote["entries"] = [];
    for (let i = 0; i + 1 < strings.length; i += 2) entries.push([strings[i] ?? "", strings[i + 1] ?? ""]);
    return { kind: "XALT", version, entries };
  },
  summary: ({ entries }) => entries.map(([name, value]) => `${name}=${value}`).join(" "),
};
