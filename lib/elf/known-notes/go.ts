import { bytesToText } from "../../text/escape.js";

/** Identity that the Go tool chain gives (cmd/internal/buildid: owner `Go`, type 4). */
export interface GoBuildIdNote {
  kind: "Go build id";
  /** Two to four hashes joined by slashes. */
  goBuildId: string;
}

export const decodeGoBuildId = (descriptor: Uint8Array): GoBuildIdNote => ({
  kind: "Go build id",
  goBuildId: bytesToText(descriptor),
});
