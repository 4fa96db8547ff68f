import { createHash } from "node:crypto";
import { readSync } from "node:fs";
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

/** SHA-256 of what comes from an open descriptor until its end, such as 0 for standard input. */
export function digestStream(descriptor: number): Uint8Array {
  const hash = createHash("sha256");
  const piece = Buffer.allocUnsafe(PIECE);
  for (let count = readSync(descriptor, piece); count > 0; count = readSync(descriptor, piece)) {
    hash.update(piece.subarray(0, count));
  }
  return hash.digest();
}
