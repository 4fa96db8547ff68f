import { createHash } from "node:crypto";
import { openFileSource } from "./file-source.js";

const PIECE = 1 << 20;

/**
 * SHA-256 of a file's contents, read piece by piece.
 *
 * @throws `OgrtError` FILE_UNREADABLE, FILE_NOT_REGULAR or FILE_CHANGED.
 */
export function digestFile(path: string): Uint8Array {
  const source = openFileSource(path);
  try {
    const hash = createHash("sha256");
    for (let at = 0; at < source.size; at += PIECE) hash.update(source.read(at, Math.min(PIECE, source.size - at)));
    return hash.digest();
  } finally {
    source.close();
  }
}
