import { closeSync, constants, fstatSync, openSync, readSync, writeSync } from "node:fs";
import { OgrtError } from "../errors.js";

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
    const { size } = checkedStats(descriptor, path);
    // A full disk may have cut the last line short.
    const bytes = Buffer.from(`${endsInsideLine(descriptor, size) ? "\n" : ""}${line}\n`);
    const written = writeSync(descriptor, bytes);
    if (written < bytes.length) throw unwritable(path, "no space left on the device", "ENOSPC");
  } catch (cause) {
    if (cause instanceof OgrtError) throw cause;
    const { code, message } = cause as NodeJS.ErrnoException;
    throw unwritable(path, REASONS[code ?? ""] ?? message, code, cause);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

const REASONS: Record<string, string> = {
  ENOENT: "no such directory",
  ENOTDIR: "no such directory",
  EACCES: "permission denied",
  ELOOP: "a symbolic link",
  EISDIR: "a directory",
  ENXIO: "not a regular file",
  ENOSPC: "no space left on the device",
  EROFS: "read-only file system",
};

function checkedStats(descriptor: number, path: string) {
  const stats = fstatSync(descriptor);
  if (!stats.isFile()) throw unwritable(path, "not a regular file");
  if (stats.uid !== process.geteuid?.()) throw unwritable(path, "owned by another user");
  return stats;
}

function endsInsideLine(descriptor: number, size: number): boolean {
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  return readSync(descriptor, last, 0, 1, size - 1) === 1 && last[0] !== NEWLINE;
}

function unwritable(path: string, reason: string, code?: string, cause?: unknown): OgrtError {
  return new OgrtError("FILE_UNWRITABLE", `cannot be appended to: ${reason}`, { path, value: code, cause });
}
