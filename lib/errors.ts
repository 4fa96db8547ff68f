/**
 * Every error that this library raises on purpose is an {@link OgrtError} with one of these codes. The code is the
 * stable part: messages may be reworded in any release, codes only in a major one. docs/errors.md explains each; a
 * test keeps the two in step.
 */
export const ERROR_CODES = {
  NOT_ELF: "the bytes do not start with the ELF magic number",
  MALFORMED_ELF: "the file starts as ELF, but an offset, size, count or value in it is impossible",
  MALFORMED_SIGNATURE: "an OGRT note does not have the layout of version 1, or its text is no UUID",
  FILE_UNREADABLE: "the operating system refused to open or read the file",
  FILE_NOT_REGULAR: "the path names a directory, device, FIFO or socket",
  FILE_UNWRITABLE: "the operating system refused to create or write the file",
  FILE_CHANGED: "the file became shorter while it was being read",
  INVALID_UUID: "the text is not a UUID in its 36-character form",
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

export interface ErrorDetails {
  /** File that the error is about, as given by the caller. */
  path?: string | undefined;
  /** Byte offset in that file (or message) where the offending value stands. */
  offset?: number | undefined;
  /** The offending value itself. */
  value?: number | bigint | string | undefined;
  cause?: unknown;
}

/** An error with a stable `code` for programs and one plain sentence for people. */
export class OgrtError extends Error {
  override readonly name = "OgrtError";
  readonly code: ErrorCode;
  readonly path: string | undefined;
  readonly offset: number | undefined;
  readonly value: number | bigint | string | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(details.path === undefined ? message : `${details.path}: ${message}`, { cause: details.cause });
    this.code = code;
    this.path = details.path;
    this.offset = details.offset;
    this.value = details.value;
  }
}
