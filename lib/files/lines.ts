import { OgrtError } from "../errors.js";
import { openFileSource } from "./file-source.js";
import type { ReadBudget } from "./read-budget.js";

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
/** A file with a longer line is not a text: a sparse file has terabytes without a newline. */
const MAX_SKIPPED_LINE_BYTES = 16 * 1024 * 1024;

/**
 * The lines of a regular file, which may be larger than memory.
 *
 * @param maxBytes - length of the longest line whose bytes are returned; less than 256 KiB.
 * @param budget - pays for every line.
 * @throws `OgrtError` FILE_UNREADABLE, FILE_NOT_REGULAR, FILE_CHANGED or LIMIT_EXCEEDED.
 */
export function* linesOf(path: string, maxBytes: number, budget?: ReadBudget): Generator<Line> {
  const source = openFileSource(path);
  try {
    /** Where the line began of which the bytes so far were too long. */
    let longFrom: number | undefined;
    for (let start = 0; start < source.size; ) {
      const piece = source.read(start, Math.min(PIECE_BYTES, source.size - start));
      const isLast = start + piece.length >= source.size;
      let at = 0;
      for (let end = piece.indexOf(NEWLINE); end !== -1; end = piece.indexOf(NEWLINE, at)) {
        budget?.take(end + 1 - at, path, start + at);
        const bytes = longFrom !== undefined || end - at > maxBytes ? undefined : piece.slice(at, end);
        yield { offset: longFrom ?? start + at, bytes, isIncomplete: false };
        longFrom = undefined;
        at = end + 1;
      }
      if (!isLast && piece.length - at <= maxBytes && longFrom === undefined) {
        start += at;
        continue;
      }
      if (isLast && at === piece.length) return;
      budget?.take(piece.length - at, path, start + at);
      if (isLast) {
        const bytes = longFrom !== undefined || piece.length - at > maxBytes ? undefined : piece.slice(at);
        yield { offset: longFrom ?? start + at, bytes, isIncomplete: true };
        return;
      }
      longFrom ??= start + at;
      start += piece.length;
      if (start - longFrom > MAX_SKIPPED_LINE_BYTES) {
        const sentence = `the line at offset ${longFrom} is longer than ${MAX_SKIPPED_LINE_BYTES} bytes`;
        throw new OgrtError("LIMIT_EXCEEDED", sentence, { path, offset: longFrom });
      }
    }
  } finally {
    source.close();
  }
}
