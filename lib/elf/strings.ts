import { malformed } from "./malformed.js";
import type { BudgetedSource } from "./metered-source.js";
import { nameText } from "./text.js";

/** Bytes read at first to find the end of a string. */
const FIRST_READ_BYTES = 64;

/**
 * The bytes from `offset` up to a terminator. Undefined when there is none before `end`, which the caller has checked to be
 * inside the file, and within `maxStringBytes`.
 */
export function bytesUpTo(source: BudgetedSource, terminator: number, offset: number, end: number) {
  const longest = Math.min(end - offset, source.budget.limits.maxStringBytes);
  for (let length = Math.min(FIRST_READ_BYTES, longest); length > 0; length = Math.min(length * 4, longest)) {
    const bytes = source.read(offset, length);
    const found = bytes.indexOf(terminator);
    if (found !== -1) return bytes.subarray(0, found);
    if (length === longest) break;
  }
  return undefined;
}

/** The NUL-terminated string that starts at `offset`, as reversible text. */
export function stringAt(source: BudgetedSource, offset: number, end: number, what: string): string {
  const bytes = bytesUpTo(source, 0, offset, end);
  if (bytes === undefined) {
    const longest = Math.min(end - offset, source.budget.limits.maxStringBytes);
    throw malformed(source, offset, longest, `${what} does not end within ${longest} bytes`);
  }
  source.budget.text(bytes.length, source, offset);
  return nameText(bytes);
}
