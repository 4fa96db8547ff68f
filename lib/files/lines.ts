import { openFileSource } from "./file-source.js";

/** A line of a file, without its newline. */
export interface Line {
  readonly offset: number;
  /** Undefined when it is longer than is wanted. */
  readonly bytes: Uint8Array | undefined;
  /** True for the last one when it has no newline. */
  readonly isCut: boolean;
}

const PIECE = 256 * 1024;
const NEWLINE = 0x0a;

/**
 * The lines of a regular file, which may be larger than memory.
 *
 * @param longest - bytes of a line that is wanted; fewer than 256 KiB.
 * @throws `OgrtError` when the file can't be opened or read.
 */
export function* linesOf(path: string, longest: number): Generator<Line> {
  const source = openFileSource(path);
  try {
    let start = 0;
    while (start < source.size) {
      const piece = source.read(start, Math.min(PIECE, source.size - start));
      const isLast = start + piece.length >= source.size;
      let at = 0;
      for (let end = piece.indexOf(NEWLINE); end !== -1; end = piece.indexOf(NEWLINE, at)) {
        const bytes = end - at > longest ? undefined : piece.slice(at, end);
        yield { offset: start + at, bytes, isCut: false };
        at = end + 1;
      }
      if (isLast) {
        if (at < piece.length) yield { offset: start + at, bytes: rest(piece, at, longest), isCut: true };
        return;
      }
      if (piece.length - at > longest) {
        const next = afterNewline(source, start + piece.length);
        yield { offset: start + at, bytes: undefined, isCut: next === undefined };
        start = next ?? source.size;
      } else {
        start += at;
      }
    }
  } finally {
    source.close();
  }
}

const rest = (piece: Uint8Array, at: number, longest: number) =>
  piece.length - at > longest ? undefined : piece.slice(at);

function afterNewline(source: ReturnType<typeof openFileSource>, from: number): number | undefined {
  for (let start = from; start < source.size; start += PIECE) {
    const end = source.read(start, Math.min(PIECE, source.size - start)).indexOf(NEWLINE);
    if (end !== -1) return start + end + 1;
  }
  return undefined;
}
