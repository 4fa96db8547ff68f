import { bytesToText } from "../text/escape.js";
import { limit, type ReadOptions } from "./limits.js";
import { malformed } from "./malformed.js";
import type { Source } from "./source.js";

/** Bytes read at first to find the end of a string. */
const FIRST_READ_BYTES = 256;

/**
 * The NUL-terminated string that starts at `offset`, as reversible text. It must end before `end`, which the
 * caller has checked to be inside the file, and within `maxStringBytes`.
 */
export function stringAt(source: Source, offset: number, end: number, what: string, options: ReadOptions): string {
  const longest = Math.min(end - offset, limit(options, "maxStringBytes"));
  for (let length = Math.min(FIRST_READ_BYTES, longest); length > 0; length = Math.min(length * 4, longest)) {
    const bytes = source.read(offset, length);
    const terminator = bytes.indexOf(0);
    if (terminator !== -1) return bytesToText(bytes.subarray(0, terminator));
    if (length === longest) break;
  }
  throw malformed(source, offset, longest, `${what} does not end within ${longest} bytes`);
}
