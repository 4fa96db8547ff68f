import type { Source } from "../elf/index.js";
import { openFileSource } from "./file-source.js";

/** A line of a file, without its newline. */
export interface Line {
  readonly offset: number;
  /** Undefined when the line is too long. */
  readonly bytes: Uint8Array | undefined;
  /** True for a last line without a newline. */
  readonly isIncomplete: boolean;
}

const PIECE_BYTES = 256 * 1024;
const NEWLINE = 0x0a;

/**
 * The lines of a regular file, which may be larger than memory.
 *
 * @param maxBytes - length of the longest line whose bytes are returned; less than 256 KiB.
 * @throws `OgrtError` FILE_UNREADABLE, FILE_NOT_REGULAR or FILE_CHANGED.
 */
export function* linesOf(path: string, maxBytes: number): Generator<Line> {
  const source = openFileSource(path);
  try {
    for (let start = 0; start < source.size; ) {
      const piece = source.read(start, Math.min(PIECE_BYTES, source.size - start));
      const isLast = start + piece.length >= source.size;
      let at = 0;
      for (let end = piece.indexOf(NEWLINE); end !== -1; end = piece.indexOf(NEWLINE, at)) {
        const bytes = end - at > maxBytes ? undefined : piece.slice(at, end);
        yield { offset: start + at, bytes, isIncomplete: false };
        at = end + 1;
      }
      if (isLast) {
        if (at === piece.length) return;
        const bytes = piece.length - at > maxBytes ? undefined : piece.slice(at);
        yield { offset: start + at, bytes, isIncomplete: true };
        return;
      }
      if (piece.length - at > maxBytes) {
        const next = afterNewline(source, start + piece.length);
        yield { offset: start + at, bytes: undefined, isIncomplete: next === undefined };
        start = next ?? source.size;
      } else {
        start += at;
      }
    }
  } finally {
    source.close();
  }
}

/** Offset behind the next newline. */
function afterNewline(source: Source, from: number): number | undefined {
  for (let start = from; start < source.size; start += PIECE_BYTES) {
    const end = source.read(start, Math.min(PIECE_BYTES, source.size - start)).indexOf(NEWLINE);
    if (end !== -1) return start + end + 1;
  }
  return undefined;
}
