import { type ErrorCode, OgrtError } from "../errors.js";

/** What strerror(3) says, as the engine's messages hold it, and what a person reads. */
const REASONS: Readonly<Record<string, readonly [strerror: string, reason: string]>> = {
  ENOSPC: ["No space left on device", "no space left on the device"],
  EDQUOT: ["Disk quota exceeded", "the disk quota is exceeded"],
  EFBIG: ["File too large", "the file would be larger than the file system or the limit of the process allows"],
  EROFS: ["Read-only file system", "read-only file system"],
  EIO: ["Input/output error", "input/output error of the device"],
  EACCES: ["Permission denied", "permission denied"],
  EPERM: ["Operation not permitted", "operation not permitted"],
  EMFILE: ["Too many open files", "too many open files"],
  ENFILE: ["Too many open files in system", "too many open files on this machine"],
  ESTALE: ["Stale file handle", "the file server does not know the file any more"],
  ENAMETOOLONG: ["File name too long", "the name is too long"],
  ENOTDIR: ["Not a directory", "a part of the path is not a directory"],
  ELOOP: ["Too many levels of symbolic links", "too many symbolic links"],
  EISDIR: ["Is a directory", "a directory"],
};

const READ_REASONS: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  ENXIO: "a socket or device without a partner",
};

const WRITE_REASONS: Readonly<Record<string, string>> = {
  ENOENT: "no such directory",
  ENOTDIR: "no such directory",
  ELOOP: "a symbolic link",
  ENXIO: "not a regular file",
};

/** Why the operating system refused something: the name of its error and a reason for people. */
interface SystemReason {
  readonly errno: string;
  readonly reason: string;
}

/** Undefined for an error that is not the operating system's. Other programs' messages hold the text of strerror(3). */
export function systemReason(cause: unknown): SystemReason | undefined {
  const { code, message = "" } = cause as Partial<NodeJS.ErrnoException>;
  const known = Object.entries(REASONS).find(([errno, [text]]) => errno === code || message.includes(text));
  if (known !== undefined) return { errno: known[0], reason: known[1][1] };
  const isErrno = code !== undefined && /^E[A-Z0-9]+$/.test(code);
  return isErrno ? { errno: code, reason: message.replace(/^E\w+: ([^,]*), .*$/s, "$1") } : undefined;
}

/** An error of the operating system about a file. @param what - such as `cannot be written`. */
export function fileError(
  code: ErrorCode,
  path: string,
  what: string,
  cause: unknown,
  reasons: Readonly<Record<string, string>> = {},
): OgrtError {
  const { errno, reason } = systemReason(cause) ?? { errno: undefined, reason: (cause as Error).message };
  return new OgrtError(code, `${what}: ${reasons[errno ?? ""] ?? reason}`, { path, value: errno, cause });
}

/** The error for a file that the operating system refuses to create or write. @param what - such as `cannot be written`. */
export const unwritable = (path: string, what: string, cause: unknown): OgrtError =>
  fileError("FILE_UNWRITABLE", path, what, cause, WRITE_REASONS);

/** The error for a file that the operating system refuses to open or read. */
export const unreadable = (path: string, cause: unknown): OgrtError =>
  fileError("FILE_UNREADABLE", path, "cannot be read", cause, READ_REASONS);

/** The error for a file that became shorter than it was when it was opened. */
export function endedEarly(path: string, offset: number, size: number): OgrtError {
  const sentence = `file ended at ${offset} while it was being read`;
  return new OgrtError("FILE_CHANGED", sentence, { path, offset, value: size });
}
