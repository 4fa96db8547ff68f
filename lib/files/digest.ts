import { createHash } from "node:crypto";
import { readSync } from "node:fs";
import type { Source } from "../elf/index.js";
import { openFileSource } from "./file-source.js";

const PIECE_BYTES = 1 << 20;

/**
 * SHA-256 of a file's contents.
 *
 * @throws `OgrtError` FILE_UNREADABLE, FILE_NOT_REGULAR or FILE_CHANGED.
 */
export function digestFile(path: string): Uint8Array {
  const source = openFileSource(path);
  try {
    return digestSource(source);
  } finally {
    source.close();
  }
}

/** SHA-256 of all bytes of a source. */
export function digestSource(source: Source): Buffer {
  const hash = createHash("sha256");
  for (let at = 0; at < source.size; at += PIECE_BYTES) {
    hash.update(source.read(at, Math.min(PIECE_BYTES, source.size - at)));
  }
  return hash.digest();
}

/** SHA-256 of everything that an open descriptor, such as 0 for standard input, still returns. */
export function digestStream(descriptor: number): Uint8Array {
  const hash = createHash("sha256");
  const piece = Buffer.allocUnsafe(PIECE_BYTES);
  for (let count = readSync(descriptor, piece); count > 0; count = readSync(descriptor, piece)) {
    hash.update(piece.subarray(0, count));
  }
  return hash.digest();
}
