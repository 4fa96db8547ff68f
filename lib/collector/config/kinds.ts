import { isAbsolute, resolve } from "node:path";
import { MAX_SOCKET_PATH_BYTES } from "../../shared/socket-path.js";
import { expectedWholeNumber, isWholeNumber, parseWholeNumber } from "../../shared/whole-number.js";
import { type Address, formatAddress } from "../shared/address.js";
import type { Located } from "./document.js";
import { mistake, readAll, unexpected } from "./mistakes.js";

/* The kinds of values of settings and of options of outputs. */

export interface Kind<T> {
  /** What help and documentation call such a value. */
  readonly name: string;
  /** Kind of the elements of a list. */
  readonly element?: Kind<unknown>;
  /** What the collector reads at such a path. */
  readonly opens?: "file" | "directory";
  /**
   * Reads a command-line option or an environment variable.
   *
   * @throws Error that says what is expected.
   */
  parse(text: string): T;
  /**
   * Reads a value of a file.
   *
   * @throws {@link Mistakes}
   */
  check(value: Located, key: string): T;
  /** Returns the value as it stands in a file. */
  write(value: T): Written | readonly Written[];
}

export type Written = string | number | boolean | { readonly [key: string]: Written };

/** @param accept - reads a value of a file; throws an Error that says what is expected. */
function scalar<T>(kind: Omit<Kind<T>, "check">, accept: (value: Located["value"]) => T): Kind<T> {
  const check = (value: Located, key: string) => {
    try {
      return accept(value.value);
    } catch (error) {
      throw unexpected(key, value, (error as Error).message);
    }
  };
  return { ...kind, check };
}

/** A kind whose values are strings in a file as well. */
function textual<T>(name: string, parse: (text: string) => T, write: (value: T) => string): Kind<T> {
  return scalar({ name, parse, write }, (value) => {
    if (typeof value !== "string") throw new Error("expected a text in quotes");
    if (value.includes("\0")) throw new Error("expected a text without NUL");
    return parse(value);
  });
}

/** Texts that pass a test. */
export function text(name: string, expected: string, test: (text: string) => boolean): Kind<string> {
  const parse = (value: string) => {
    if (!test(value)) throw new Error(`expected ${expected}`);
    return value;
  };
  return textual(name, parse, (value) => value);
}

/** URLs that match an expression. Mistakes do not show the value, which may hold a password. */
export function url(expected: string, expression: RegExp): Kind<string> {
  const kind = text("url", expected, (value) => expression.test(value) && URL.canParse(value));
  const check = (value: Located, key: string) => {
    try {
      return kind.check(value, key);
    } catch {
      throw mistake(value.line, key, `expected ${expected}`);
    }
  };
  return { ...kind, check };
}

/** `HOST:PORT`, `[IPv6]:PORT`, `:PORT` or `PORT` (on loopback); port 0 selects a free one. */
function parseAddress(text: string): Address {
  const match = /^(?:\[([^\]]+)\]:|([^:]*):)?(\d{1,5})$/.exec(text);
  const port = parseWholeNumber(match?.[3] ?? "", 0, 65535);
  if (match === null || port === undefined) throw new Error("expected HOST:PORT");
  return { host: match[1] ?? (match[2] || "127.0.0.1"), port };
}

export const ADDRESS = textual("host:port", parseAddress, formatAddress);

export const SOCKET_PATH = text(
  "path",
  `an absolute path of at most ${MAX_SOCKET_PATH_BYTES} bytes`,
  (value) => isAbsolute(value) && Buffer.byteLength(value) <= MAX_SOCKET_PATH_BYTES,
);

export const CLUSTER = text("name", "the name of a cluster", (value) => value !== "");

/** What a listener receives belongs to a cluster. */
export interface ListenerCluster {
  /** Address or path, as the setting of the listener has it. */
  readonly listener: string;
  readonly cluster: string;
}

export const LISTENER_CLUSTER: Kind<ListenerCluster> = textual(
  "listener=cluster",
  (text) => {
    const [, listener = "", cluster = ""] = /^(.*)=([^=]+)$/s.exec(text) ?? [];
    if (listener === "") throw new Error("expected HOST:PORT=CLUSTER or PATH=CLUSTER");
    return { listener: isAbsolute(listener) ? listener : formatAddress(parseAddress(listener)), cluster };
  },
  ({ listener, cluster }) => `${listener}=${cluster}`,
);

export const HOST_NAME = text("name", "a host name without a port", (value) => /^[\w.-]{1,253}$/.test(value));

/** A directory as reporting hosts name it: it need not exist on this host. */
export const DIRECTORY = text("dir", "an absolute path", isAbsolute);

/** On the command line a path may be relative to the working directory. In a file it must be absolute. */
export const PATH: Kind<string> = {
  ...DIRECTORY,
  name: "path",
  parse: (value) => {
    if (value === "") throw new Error("expected a path");
    return resolve(value);
  },
};

/** A file that the collector reads. */
export const INPUT_FILE: Kind<string> = { ...PATH, opens: "file" };

/** A directory that the collector reads. */
export const INPUT_DIRECTORY: Kind<string> = { ...PATH, opens: "directory" };

/** A path that may be relative to the data directory. */
export const DATA_PATH = text("path", "a path", (value) => value !== "");

/** Name globs. */
export const GLOB = text("name", "a name, in which * stands for any characters", (value) => value !== "");

export const PATTERN = textual(
  "regexp",
  (value) => {
    if (value === "") throw new Error("expected a regular expression");
    return new RegExp(value, "gs");
  },
  ({ source }) => source,
);

/** Whole numbers in a range. */
export function count(name: string, minimum: number, maximum: number): Kind<number> {
  const inRange = (value: unknown) => {
    if (isWholeNumber(value, minimum, maximum)) return value;
    throw new Error(expectedWholeNumber(minimum, maximum));
  };
  const parse = (value: string) => inRange(parseWholeNumber(value, minimum, maximum));
  return scalar({ name, parse, write: (value) => value }, inRange);
}

/** One of a few values. */
export function choice<const V extends string | boolean>(values: readonly V[]): Kind<V> {
  const find = (isMeant: (value: V) => boolean) => {
    const found = values.find(isMeant);
    if (found === undefined) throw new Error(`expected ${values.join(", ")}`);
    return found;
  };
  const parse = (text: string) => find((value) => `${value}` === text);
  return scalar({ name: values.join("|"), parse, write: (value) => value }, (given) =>
    find((value) => value === given),
  );
}

/** Lists. A variable separates the elements by commas. */
export function list<T>(element: Kind<T>): Kind<readonly T[]> {
  return {
    name: element.name,
    element,
    parse: (text) => text.split(",").map((part) => element.parse(part.trim())),
    check: (value, key) => {
      if (!Array.isArray(value.value)) throw unexpected(key, value, "expected a list in brackets");
      return readAll(value.value as readonly Located[], (each) => element.check(each, key));
    },
    write: (values) => values.map((value) => element.write(value) as Written),
  };
}
