import { OgrtError } from "../errors.js";

const READ_REASONS: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  EACCES: "permission denied",
  ENXIO: "a socket or device without a partner",
  EISDIR: "a directory",
  ELOOP: "too many symbolic links",
};

const WRITE_REASONS: Readonly<Record<string, string>> = {
  ENOENT: "no such directory",
  ENOTDIR: "no such directory",
  EACCES: "permission denied",
  ELOOP: "a symbolic link",
  EISDIR: "a directory",
  ENXIO: "not a regular file",
  ENOSPC: "no space left on the device",
  EROFS: "read-only file system",
};

/** The error for a file that the operating system refuses to create or write. @param what - such as `cannot be written`. */
export function unwritable(path: string, what: string, cause: unknown): OgrtError {
  const { code, message } = cause as NodeJS.ErrnoException;
  const reason = WRITE_REASONS[code ?? ""] ?? message;
  return new OgrtError("FILE_UNWRITABLE", `${what}: ${reason}`, { path, value: code, cause });
}

/** The error for a file that the operating system refuses to open or read. */
export function unreadable(path: string, cause: unknown): OgrtError {
  const { code, message } = cause as NodeJS.ErrnoException;
  const reason = READ_REASONS[code ?? ""] ?? message;
  return new OgrtError("FILE_UNREADABLE", `cannot be read: ${reason}`, { path, value: code, cause });
}

/** The error for a file that became shorter than it was when it was opened. */
export function endedEarly(path: string, offset: number, size: number): OgrtError {
  const sentence = `file ended at ${offset} while it was being read`;
  return new OgrtError("FILE_CHANGED", sentence, { path, offset, value: size });
}
