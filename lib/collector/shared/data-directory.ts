import { randomBytes } from "node:crypto";
import { linkSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { OgrtError } from "../../errors.js";
import { unreadable, unwritable } from "../../files/file-errors.js";
import { readOwn } from "../../files/read-own.js";

/** The files of a data directory. Only its owner may enter it. */
export interface DataDirectory {
  readonly path: string;
  readonly store: string;
  readonly token: string;
  readonly addresses: string;
  /** Time of the last deletion of old data. */
  readonly clock: string;
  /** Index of the stored frames; it is derived from the store. */
  readonly duplicates: string;
  /** Directories of backups of the store and of exports to Parquet. */
  readonly backups: string;
  readonly exports: string;
}

/** Addresses of a running collector, for tools on the same host. */
export interface Addresses {
  readonly pid: number;
  /** URL of the HTTP server. */
  readonly http: string;
}

/**
 * `$XDG_DATA_HOME/ogrt`, by the XDG Base Directory Specification; undefined without a home directory, as services have none.
 */
export function defaultDataDirectory(): string | undefined {
  const home = process.env["XDG_DATA_HOME"];
  if (home?.startsWith("/")) return join(home, "ogrt");
  return isAbsolute(homedir()) ? join(homedir(), ".local/share/ogrt") : undefined;
}

export function dataDirectory(path: string): DataDirectory {
  const absolute = resolve(path);
  return {
    path: absolute,
    store: join(absolute, "ogrt.duckdb"),
    token: join(absolute, "token"),
    addresses: join(absolute, "collector.json"),
    clock: join(absolute, "clock"),
    duplicates: join(absolute, "duplicates"),
    backups: join(absolute, "backups"),
    exports: join(absolute, "exports"),
  };
}

/**
 * Creates a missing directory, and a missing token: at the first start, or when it was removed to replace it. Returns the
 * token.
 *
 * @throws {@link OgrtError} DATA_DIRECTORY_UNSAFE, FILE_UNWRITABLE or FILE_UNREADABLE.
 */
export function prepareDataDirectory(directory: DataDirectory, onTokenCreated: () => void = () => {}): string {
  try {
    createDirectory(directory.path);
    refuseOpenDirectory(directory.path);
    if (createToken(directory.token)) onTokenCreated();
  } catch (cause) {
    if (cause instanceof OgrtError) throw cause;
    throw unwritable(directory.path, "cannot be prepared", cause);
  }
  return readToken(directory.token);
}

/** Directory by directory: Node's recursive mkdir never ends on a file system such as /proc. */
function createDirectory(path: string): void {
  if (statSync(path, { throwIfNoEntry: false }) !== undefined) return;
  createDirectory(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process created it first; it is checked next.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

/** The collector refuses such a directory instead of changing its mode or owner: that is its owner's choice. */
function refuseOpenDirectory(path: string): void {
  const { mode, uid } = statSync(path);
  const refuse = (sentence: string) => new OgrtError("DATA_DIRECTORY_UNSAFE", sentence, { path, value: mode & 0o7777 });
  if (!statSync(path).isDirectory()) throw refuse("is not a directory");
  if (uid !== process.getuid?.()) throw refuse("belongs to another user");
  if ((mode & 0o077) !== 0)
    throw refuse("other users may enter it; run chmod 700, or with systemd set StateDirectoryMode=0700");
}

/**
 * Returns whether there was none. The token gets its name when it is complete, and never replaces another: of two
 * concurrent starts one is first.
 */
function createToken(path: string): boolean {
  if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) return false;
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600, flush: true });
  try {
    linkSync(temporary, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  } finally {
    rmSync(temporary, { force: true });
  }
}

export function readToken(path: string): string {
  let token: string;
  try {
    token = readFileSync(path, "utf8").trim();
  } catch (cause) {
    throw unreadable(path, cause);
  }
  if (!/^[\w.~+/-]{16,}=*$/.test(token)) throw new OgrtError("FILE_UNREADABLE", "does not hold a token", { path });
  return token;
}

export function writeAddresses({ addresses: path }: DataDirectory, addresses: Addresses): void {
  const temporary = `${path}.new`;
  writeFileSync(temporary, `${JSON.stringify(addresses)}\n`, { mode: 0o600 });
  renameSync(temporary, path);
}

const MAX_ADDRESSES_BYTES = 64 * 1024;

/** Undefined when there are none. A collector that was killed leaves its addresses behind. */
export function readAddresses({ addresses }: DataDirectory): Addresses | undefined {
  let text: string;
  try {
    text = readOwn(addresses, MAX_ADDRESSES_BYTES).toString();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw unreadable(addresses, cause);
  }
  try {
    return JSON.parse(text) as Addresses;
  } catch {
    return undefined;
  }
}

/** What cannot be removed stays, as when a collector is killed. */
export function removeAddresses({ addresses }: DataDirectory): void {
  try {
    rmSync(addresses, { force: true });
  } catch {
    // The directory may have lost its permissions while the collector ran. That must not keep it from stopping.
  }
}
