import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { OgrtError } from "../errors.js";

/** The files of a data directory. Only its owner may enter it. */
export interface DataDirectory {
  readonly path: string;
  readonly store: string;
  readonly token: string;
  readonly addresses: string;
  /** Directories of copies of the store and of Parquet files, made on order. */
  readonly backups: string;
  readonly exports: string;
}

/** Where a running collector is to be found, for tools on the same machine. */
export interface Addresses {
  readonly pid: number;
  /** URL of the HTTP server. */
  readonly http: string;
}

/** `$XDG_DATA_HOME/ogrt`, by the XDG Base Directory Specification. */
export function defaultDataDirectory(): string {
  // biome-ignore lint/complexity/useLiteralKeys: tsconfig wants names of the environment in brackets
  const home = process.env["XDG_DATA_HOME"];
  return join(home?.startsWith("/") ? home : join(homedir(), ".local/share"), "ogrt");
}

export function dataDirectory(path: string): DataDirectory {
  const absolute = resolve(path);
  return {
    path: absolute,
    store: join(absolute, "ogrt.duckdb"),
    token: join(absolute, "token"),
    addresses: join(absolute, "collector.json"),
    backups: join(absolute, "backups"),
    exports: join(absolute, "exports"),
  };
}

/** Creates the directory where it is missing, and the token at the first start. Returns the token. */
export function prepareDataDirectory(directory: DataDirectory): string {
  try {
    mkdirSync(directory.path, { recursive: true, mode: 0o700 });
    chmodSync(directory.path, 0o700);
    if (!existsSync(directory.token)) {
      writeFileSync(directory.token, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600, flag: "wx" });
    }
  } catch (cause) {
    throw unreadable(directory.path, cause);
  }
  return readToken(directory.token);
}

export function readToken(path: string): string {
  let token: string;
  try {
    token = readFileSync(path, "utf8").trim();
  } catch (cause) {
    throw new OgrtError("FILE_UNREADABLE", `the token cannot be read: ${(cause as Error).message}`, { path, cause });
  }
  if (!/^[\w.~+/-]{16,}=*$/.test(token)) throw new OgrtError("FILE_UNREADABLE", "holds no token", { path });
  return token;
}

export function writeAddresses({ addresses: path }: DataDirectory, addresses: Addresses): void {
  const temporary = `${path}.new`;
  writeFileSync(temporary, `${JSON.stringify(addresses)}\n`, { mode: 0o600 });
  renameSync(temporary, path);
}

/** Undefined when no collector left its addresses. They may be those of one that was killed. */
export function readAddresses({ addresses }: DataDirectory): Addresses | undefined {
  let text: string;
  try {
    text = readFileSync(addresses, "utf8");
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

export function removeAddresses({ addresses }: DataDirectory): void {
  rmSync(addresses, { force: true });
}

function unreadable(path: string, cause: unknown): OgrtError {
  return new OgrtError("STORE_UNREADABLE", (cause as Error).message, { path, cause });
}
