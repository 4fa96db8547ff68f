import type { NoteKind } from "./note-kind.js";

/** A probe of SystemTap (sys/sdt.h: owner `stapsdt`, type 3). Its descriptor is not decoded. */
export interface ProbeNote {
  kind: "stapsdt";
}

export const ProbeNote: NoteKind<ProbeNote> = {
  owner: "stapsdt",
  type: 3,
  decode: () => ({ kind: "stapsdt" }),
  isNumerous: true,
};
