import { isAbsolute, resolve } from "node:path";
import { expectedWholeNumber, isWholeNumber, parseWholeNumber } from "../../shared/whole-number.js";
import type { Located } from "./document.js";

/*
 * Kinds of values that settings have. A kind throws an Error whose message says what it expects, as the end of a
 * sentence that names setting and place.
 */

export interface Kind<T> {
  /** How help and documentation call such a value. */
  readonly name: string;
  /** From an option or an environment variable. */
  readonly parse: (text: string) => T;
  /** From a value of a file. */
  readonly check: (value: Located["value"]) => T;
  /** As a file has it. */
  readonly write: (value: T) => string | number | boolean;
}

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** `HOST:PORT`, `[IPv6]:PORT`, `:PORT` or `PORT` (on loopback); port 0 takes any free one. */
function parseAddress(text: string): Address {
  const match = /^(?:\[([^\]]+)\]:|([^:]*):)?(\d{1,5})$/.exec(text);
  const port = parseWholeNumber(match?.[3] ?? "", 0, 65535);
  if (match === null || port === undefined) throw new Error("expected HOST:PORT");
  return { host: match[1] ?? (match[2] || "127.0.0.1"), port };
}

export function formatAddress({ host, port }: Address): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

/** Of a listener: a path or an address. */
export const addressOf = (listener: Address | { readonly path: string }) =>
  "path" in listener ? listener.path : formatAddress(listener);

/** A kind whose values are texts in files, too. */
function textual<T>(name: string, parse: (text: string) => T, write: (value: T) => string): Kind<T> {
  return { name, parse, check: (value) => parse(expectText(value)), write };
}

const text = (name: string, look: (text: string) => void) =>
  textual(
    name,
    (value) => {
      look(value);
      return value;
    },
    (value) => value,
  );

export const ADDRESS = textual("host:port", parseAddress, formatAddress);

/** Bytes of a path in `sockaddr_un`, its NUL not counted (unix(7)). */
const UNIX_PATH_MAX = 107;

export const SOCKET_PATH = text("path", (value) => {
  if (isAbsolute(value) && Buffer.byteLength(value) <= UNIX_PATH_MAX) return;
  throw new Error(`expected an absolute path of at most ${UNIX_PATH_MAX} bytes`);
});

export const HOST_NAME = text("name", (value) => {
  if (!/^[\w.-]{1,253}$/.test(value)) throw new Error("expected a host name without a port");
});

/** A directory in the view of the hosts that report: it need not exist here. */
export const DIRECTORY = text("dir", (value) => {
  if (!isAbsolute(value)) throw new Error("expected an absolute path");
});

/** On the command line relative to the working directory; a file is read from anywhere, so there it must be absolute. */
export const PATH: Kind<string> = {
  name: "path",
  parse: (value) => {
    if (value === "") throw new Error("expected a path");
    return resolve(value);
  },
  check: (value) => DIRECTORY.check(value),
  write: (value) => value,
};

/** Name globs. */
export const GLOB = text("name", (value) => {
  if (value === "") throw new Error("expected a name, in which * stands for any characters");
});

export const PATTERN = textual(
  "regexp",
  (value) => {
    if (value === "") throw new Error("expected a regular expression");
    return new RegExp(value, "gs");
  },
  ({ source }) => source,
);

/** A whole number in a range. */
export function count(name: string, minimum: number, maximum: number): Kind<number> {
  const inRange = (value: unknown) => {
    if (isWholeNumber(value, minimum, maximum)) return value;
    throw new Error(expectedWholeNumber(minimum, maximum));
  };
  return {
    name,
    parse: (value) => inRange(parseWholeNumber(value, minimum, maximum)),
    check: inRange,
    write: (value) => value,
  };
}

/** One of a few words. */
export function choice<W extends string>(words: readonly W[]): Kind<W> {
  const find = (value: unknown) => {
    const word = words.find((known) => known === value);
    if (word === undefined) throw new Error(`expected ${words.join(", ")}`);
    return word;
  };
  return { name: words.join("|"), parse: find, check: find, write: (value) => value };
}

function expectText(value: Located["value"]): string {
  if (typeof value !== "string") throw new Error("expected a text in quotes");
  if (value.includes("\0")) throw new Error("expected a text without NUL");
  return value;
}
