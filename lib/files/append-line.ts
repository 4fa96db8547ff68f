import { closeSync, constants, fstatSync, openSync, readSync, writeSync } from "node:fs";
import { unwritable } from "./file-errors.js";

const NEWLINE = 0x0a;

/**
 * Appends one line to a file that the caller owns. It takes one `write` with O_APPEND, for which the kernel locks the file,
 * so that lines of concurrent processes never mix. Refuses a file of another user and a symbolic link.
 *
 * @param line - without newlines.
 * @throws `OgrtError` FILE_UNWRITABLE.
 */
export function appendLine(path: string, line: string): void {
  const { O_RDWR, O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK } = constants;
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o644);
    const { size } = checkedStats(descriptor);
    // A full disk may have cut the last line short.
    const bytes = Buffer.from(`${endsInsideLine(descriptor, size) ? "\n" : ""}${line}\n`);
    const written = writeSync(descriptor, bytes);
    if (written < bytes.length) throw Object.assign(new Error(), { code: "ENOSPC" });
  } catch (cause) {
    throw unwritable(path, "cannot be appended to", cause);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function checkedStats(descriptor: number) {
  const stats = fstatSync(descriptor);
  if (!stats.isFile()) throw new Error("not a regular file");
  if (stats.uid !== process.geteuid?.()) throw new Error("owned by another user");
  return stats;
}

function endsInsideLine(descriptor: number, size: number): boolean {
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  return readSync(descriptor, last, 0, 1, size - 1) === 1 && last[0] !== NEWLINE;
}
