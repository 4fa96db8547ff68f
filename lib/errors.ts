/**
 * Every error that this library raises on purpose is an {@link OgrtError} with one of these codes. The code is the
 * stable part: messages may be reworded in any release, codes only in a major one. docs/reference/errors.md explains each; a
 * test keeps the two in step.
 */
export const ERROR_CODES = {
  NOT_ELF: "the bytes do not start with the ELF magic number",
  MALFORMED_ELF: "the file starts as ELF, but an offset, size, count or value in it is impossible",
  MALFORMED_ARCHIVE: "a member header or name of an ar archive is impossible, or the file is none",
  UNSUPPORTED_COMPRESSION: "a section is compressed with a method that this library cannot inflate",
  LIMIT_EXCEEDED: "the file holds more of something than a limit of the reader allows",
  MALFORMED_CATALOGUE: "a line of a catalogue of installed files is none, or its version is newer than this release",
  MALFORMED_SIGNATURE: "an OGRT note does not have the layout of version 1, or its text is no UUID",
  FILE_UNREADABLE: "the operating system refused to open or read the file",
  FILE_NOT_REGULAR: "the path names a directory, device, FIFO or socket",
  FILE_UNWRITABLE: "the operating system refused to create or write the file",
  FILE_CHANGED: "the file became shorter while it was being read",
  INVALID_UUID: "the text is not a UUID in its 36-character form",
  INVALID_TARGET: "stamps cannot be made for a target of this name",
  INVALID_METADATA: "a text about a package has bytes in it that no note should hold, or is too long",
  INVALID_IDENTITY: "the options choose no UUID for a stamp, or more than one",
  INVALID_TIME: "SOURCE_DATE_EPOCH is not a number of seconds since the epoch",
  INVALID_REGISTER: "a line in a register of stamps is none of its entries",
  INVALID_SERVER: "the text is not a server URL, or its host has no address",
  SERVER_UNREACHABLE: "the server of a job's start or end frame took no connection",
  PRELOAD_MISSING: "libogrt.so is not there, or lies where LD_PRELOAD cannot name it",
  LINKER_MISSING: "ogrt-ld, the linker wrapper, is not built",
  ADDRESS_UNAVAILABLE: "the collector cannot listen on the address it was told",
  ENGINE_MISSING: "an optional package that only the collector needs is not installed",
  DATA_DIRECTORY_UNSAFE: "the data directory belongs to another user, or others may enter it",
  COLLECTOR_FAILED: "a part of the collector ended by itself",
  STORE_BUSY: "another process has the data directory's store open",
  STORE_UNREADABLE: "the data directory or the store in it cannot be opened",
  STORE_VERSION: "the store was written by a newer release",
  COLLECTOR_UNREACHABLE: "a collector did not answer, or refused",
  INVALID_CONFIGURATION:
    "a setting of the collector, or the file with them, has no sense; the error names line and key",
  INVALID_PARAMETER: "a parameter of a request or query has no sense; the error names it",
  ANSWER_TOO_EXPENSIVE: "an answer would have taken more time or memory than one may take",
  ANSWER_NOT_READY: "an answer could not be begun in time: the store is brought up to date, or others ask much",
  TOKEN_REQUIRED: "a request came without the collector's token",
  TOO_MANY_ATTEMPTS: "too many wrong tokens or login codes came from one address",
  HOST_REFUSED: "the Host header of a request names neither an IP address nor this host",
  ORIGIN_REFUSED: "a browser sent a request on behalf of another site",
  TLS_UNUSABLE: "a certificate or key file for TLS cannot be used",
  NOT_FOUND: "there is nothing at the requested address",
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

export interface ErrorDetails {
  /** File that the error is about, as given by the caller. */
  path?: string | undefined;
  /** Byte offset in that file (or message) where the offending value stands. */
  offset?: number | undefined;
  /** Line in that file, from 1. */
  line?: number | undefined;
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
  readonly line: number | undefined;
  readonly value: number | bigint | string | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    const place = details.line === undefined ? details.path : `${details.path}:${details.line}`;
    super(place === undefined ? message : `${place}: ${message}`, { cause: details.cause });
    this.code = code;
    this.path = details.path;
    this.offset = details.offset;
    this.line = details.line;
    this.value = details.value;
  }
}
