/** What the registry holds about one error code. */
export interface ErrorDescription {
  readonly meaning: string;
  /** Exit code of a tool that this error ends; 0 marks a warning, after which the tool continues. */
  readonly exit: 0 | 2 | 3;
  /** Status of an HTTP answer with this code; absent where the error cannot reach HTTP. */
  readonly status?: number;
}

/**
 * The registry of errors. Every error that this library raises on purpose is an {@link OgrtError} with one of these
 * codes. Codes change only in a major release; messages may change in any release. docs/reference/errors.md is
 * generated from this table.
 */
export const ERRORS = {
  NOT_ELF: { exit: 3, meaning: "the bytes do not start with the ELF magic number" },
  MALFORMED_ELF: { exit: 3, meaning: "an offset, size, count or other value in the ELF file is impossible" },
  AMBIGUOUS_NOTES: { exit: 0, meaning: "a list of notes is padded otherwise than its alignment says" },
  MALFORMED_ARCHIVE: { exit: 3, meaning: "the file is not an ar archive, or one of its member headers is invalid" },
  MEMBER_UNREAD: { exit: 0, meaning: "a member of an archive was not read: the error says why" },
  UNSUPPORTED_COMPRESSION: {
    exit: 3,
    meaning: "this library cannot inflate the compression of a section or kernel module",
  },
  LIMIT_EXCEEDED: { exit: 3, meaning: "the file holds more of something than a limit of the reader allows" },
  MALFORMED_CATALOGUE: { exit: 3, meaning: "a line of a catalogue is invalid, or a newer release wrote it" },
  MALFORMED_SIGNATURE: { exit: 0, meaning: "an OGRT note does not have the layout of version 1, or no UUID" },
  FILE_UNREADABLE: { exit: 3, meaning: "the operating system refused to open or read the file" },
  FILE_NOT_REGULAR: { exit: 3, meaning: "the path names a directory, device, FIFO or socket" },
  FILE_UNWRITABLE: { exit: 3, status: 500, meaning: "the operating system refused to create or write the file" },
  FILE_CHANGED: { exit: 3, meaning: "the file became shorter while it was being read" },
  INVALID_UUID: { exit: 2, meaning: "the text is not a UUID in its 36-character form" },
  INVALID_TARGET: { exit: 2, meaning: "there is no stamp target of this name" },
  INVALID_METADATA: { exit: 2, meaning: "a text about a package is too long, or has bytes that a note must not hold" },
  INVALID_IDENTITY: { exit: 2, meaning: "the options select no UUID for a stamp, or more than one" },
  INVALID_TIME: { exit: 2, meaning: "SOURCE_DATE_EPOCH is not a number of seconds since the epoch" },
  INVALID_REGISTER: { exit: 0, meaning: "a line in a register of stamps is not a valid entry" },
  INVALID_SERVER: { exit: 2, meaning: "the text is not a server URL, or its host has no address" },
  SERVER_UNREACHABLE: { exit: 3, meaning: "the server for a job's start or end frame accepted no connection" },
  PRELOAD_MISSING: { exit: 3, meaning: "libogrt.so is missing, or its path cannot stand in LD_PRELOAD" },
  LINKER_MISSING: { exit: 3, meaning: "ogrt-ld, the linker wrapper, is not built" },
  ADDRESS_UNAVAILABLE: { exit: 3, meaning: "the collector cannot listen on a configured address" },
  ENGINE_MISSING: { exit: 3, meaning: "an optional package that only the collector needs is not installed" },
  DATA_DIRECTORY_UNSAFE: { exit: 3, meaning: "another user owns or can enter the data directory" },
  COLLECTOR_FAILED: { exit: 3, status: 500, meaning: "a thread of the collector ended unexpectedly" },
  STORE_BUSY: { exit: 3, status: 500, meaning: "another process has the data directory's store open" },
  STORE_MISSING: { exit: 3, meaning: "there is no store, or no data directory, at the given path" },
  STORE_UNREADABLE: { exit: 3, status: 500, meaning: "the data directory or the store in it cannot be opened" },
  STORE_VERSION: { exit: 3, status: 500, meaning: "this release cannot read the layout of the store" },
  COLLECTOR_UNREACHABLE: { exit: 3, meaning: "no collector answered" },
  COLLECTOR_FOREIGN: {
    exit: 3,
    meaning: "another user's process, which has not shown that it is meant, receives at the address of a collector",
  },
  COLLECTOR_REFUSED: { exit: 3, meaning: "a collector refused a request with a code that this release does not know" },
  INVALID_CONFIGURATION: { exit: 2, meaning: "a setting or the configuration file is invalid; the error names it" },
  INVALID_PARAMETER: { exit: 2, status: 400, meaning: "a parameter is invalid; the error names it" },
  AMBIGUOUS_JOB: { exit: 2, status: 400, meaning: "several clusters have a job of this id; the error names them" },
  BAD_REQUEST: { exit: 3, status: 400, meaning: "a request is not valid HTTP, or its body is not the expected JSON" },
  ANSWER_TOO_EXPENSIVE: { exit: 3, status: 503, meaning: "an answer exceeds its limit of time or memory" },
  ANSWER_NOT_READY: { exit: 3, status: 503, meaning: "an answer waited too long for the rollup or other questions" },
  CURSOR_EXPIRED: {
    exit: 3,
    status: 410,
    meaning: "the snapshot that a cursor continues has ended: unused for too long, or the store was rewritten",
  },
  TOKEN_REQUIRED: { exit: 3, status: 401, meaning: "a request has no valid token, login code or session" },
  TOO_MANY_ATTEMPTS: { exit: 3, status: 429, meaning: "one address sent too many wrong tokens or login codes" },
  TOO_MANY_CONNECTIONS: { exit: 3, status: 503, meaning: "a WebSocket endpoint has reached its limit of connections" },
  HOST_REFUSED: { exit: 3, status: 403, meaning: "the Host header is neither an IP address nor a name of this host" },
  ORIGIN_REFUSED: { exit: 3, status: 403, meaning: "a browser sent a request on behalf of another site" },
  TLS_UNUSABLE: { exit: 3, meaning: "a certificate or key file for TLS cannot be used" },
  NOT_FOUND: { exit: 3, status: 404, meaning: "there is nothing at the requested address" },
  INTERNAL: { exit: 3, status: 500, meaning: "the collector failed to answer; its log has the details" },
} as const satisfies Readonly<Record<string, ErrorDescription>>;

export type ErrorCode = keyof typeof ERRORS;

export interface ErrorDetails {
  /** File that the error is about, as given by the caller. */
  path?: string | undefined;
  /** Byte offset of the offending value in that file or message. */
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
