import { bytesToText } from "../../text/escape.js";
import type { NoteKind } from "./note-kind.js";

/** Identity that the Go tool chain gives (cmd/internal/buildid: owner `Go`, type 4). */
export interface GoBuildIdNote {
  kind: "Go build id";
  /** Two to four hashes joined by slashes. */
  goBuildId: string;
}

export const GoBuildIdNote: NoteKind<GoBuildIdNote> = {
  owner: "Go",
  type: 4,
  decode: (descriptor) => ({ kind: "Go build id", goBuildId: bytesToText(descriptor) }),
  summary: ({ goBuildId }) => `build id ${goBuildId}`,
};
