import { closeSync, fstatSync, lstatSync, openSync, readlinkSync } from "node:fs";
import { READ_FLAGS } from "./file-source.js";
import { MountTable } from "./mounts.js";

/*
 * Opens paths that are hostile input: they may name FIFOs and devices, which can block or have effects when opened, lead
 * out of the allowed roots through symbolic links, or trigger the automounter.
 */

/** Linux's O_PATH (asm-generic/fcntl.h), which Node does not define. Such a descriptor refers to a file without opening it. */
const O_PATH = 0o10000000;
/** Never entered, even below a root: they hold no program files, and opening some of their files has effects. */
const NEVER_BELOW = ["/proc", "/sys", "/dev"];
/** As the kernel's MAXSYMLINKS. */
const MAX_LINKS = 40;
const SLASH = 0x2f;

/** Identifies a file and its state. Times are nanoseconds since the epoch. */
export interface FileIdentity {
  readonly device: bigint;
  readonly inode: bigint;
  readonly size: bigint;
  readonly modified: bigint;
  readonly changed: bigint;
}

/** Why a path was not opened. */
export type Refusal =
  | "missing"
  | "permission"
  | "not-regular"
  | "outside-roots"
  | "excluded"
  | "automount"
  | "io-error";

export interface GuardedFile {
  /** Open for reading; the caller closes it. */
  readonly descriptor: number;
  readonly identity: FileIdentity;
}

export interface GuardOptions {
  /** Absolute directories; the file must lie below one of them after all symbolic links are resolved. */
  readonly roots: readonly string[];
  /** Absolute directories, with links resolved, below which nothing is touched, wherever the path begins. */
  readonly excluded?: readonly string[] | undefined;
}

/** Refusals by errno; any other is `io-error`. */
const REFUSALS: Readonly<Record<string, Refusal>> = {
  ENOENT: "missing",
  ENOTDIR: "missing",
  ENAMETOOLONG: "missing",
  EACCES: "permission",
  EPERM: "permission",
  ENXIO: "not-regular",
  EISDIR: "not-regular",
};

const mounts = new MountTable();

/** Opens a regular file below the roots for reading, or returns why not. Linux only. */
export function openGuarded(path: Buffer, options: GuardOptions): GuardedFile | Refusal {
  let found: number | undefined;
  try {
    const refusal = walk(path, options);
    if (refusal !== undefined) return refusal;
    found = openSync(path, O_PATH);
    const identity = inspect(found, options);
    if (typeof identity === "string") return identity;
    // Opens the file that was inspected, even if its path leads to another one by now.
    return { descriptor: openSync(`/proc/self/fd/${found}`, READ_FLAGS), identity };
  } catch (error) {
    return REFUSALS[(error as NodeJS.ErrnoException).code ?? ""] ?? "io-error";
  } finally {
    if (found !== undefined) closeSync(found);
  }
}

/** The identity of a regular file inside the roots, or why it is refused. */
function inspect(descriptor: number, { roots, excluded = [] }: GuardOptions): FileIdentity | Refusal {
  const stats = fstatSync(descriptor, { bigint: true });
  if (!stats.isFile()) return "not-regular";
  const resolved = readlinkSync(`/proc/self/fd/${descriptor}`, { encoding: "buffer" });
  if (!isInside(resolved, roots)) return "outside-roots";
  if (isBelowAny(resolved, excluded)) return "excluded";
  const { dev: device, ino: inode, size, mtimeNs: modified, ctimeNs: changed } = stats;
  return { device, inode, size, modified, changed };
}

/**
 * Resolves the path step by step with lstat and readlink only, so that neither a forbidden directory nor an automount
 * point is entered. Another process may swap a link between this check and the opening. The caller therefore checks the
 * opened file again, so that no file outside the roots is ever read; the race can at most trigger the automounter. So can
 * an automount point that is newer than the cached mount table.
 */
function walk(path: Buffer, { roots, excluded = [] }: GuardOptions): Refusal | undefined {
  if (path[0] !== SLASH || path.includes(0)) return "missing";
  let resolved: Buffer = Buffer.from("/");
  let pending = components(path);
  for (let links = 0; ; ) {
    const name = pending.shift();
    if (name === undefined) break;
    if (name.equals(DOT)) continue;
    if (name.equals(DOT_DOT)) {
      resolved = parent(resolved);
      continue;
    }
    const next = Buffer.concat([resolved, resolved.length > 1 ? Buffer.from("/") : Buffer.alloc(0), name]);
    if (isBelowAny(next, NEVER_BELOW)) return "outside-roots";
    if (isBelowAny(next, excluded)) return "excluded";
    if (mounts.isAutomount(resolved, next)) return "automount";
    const stats = lstatSync(next);
    if (!stats.isSymbolicLink()) {
      resolved = next;
      continue;
    }
    if (++links > MAX_LINKS) return "missing";
    const target = readlinkSync(next, { encoding: "buffer" });
    if (target[0] === SLASH) resolved = Buffer.from("/");
    pending = [...components(target), ...pending];
  }
  return isInside(resolved, roots) ? undefined : "outside-roots";
}

const DOT = Buffer.from(".");
const DOT_DOT = Buffer.from("..");

function components(path: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let start = 0; start < path.length; ) {
    const slash = path.indexOf(SLASH, start);
    const end = slash === -1 ? path.length : slash;
    if (end > start) parts.push(path.subarray(start, end));
    start = end + 1;
  }
  return parts;
}

function parent(path: Buffer): Buffer {
  const slash = path.lastIndexOf(SLASH);
  return slash <= 0 ? Buffer.from("/") : path.subarray(0, slash);
}

const isInside = (path: Buffer, roots: readonly string[]): boolean =>
  isBelowAny(path, roots) && !isBelowAny(path, NEVER_BELOW);

/** Whether a path is one of the directories or lies below one. */
export const isBelowAny = (path: Buffer, directories: readonly string[]): boolean =>
  directories.some((directory) => isBelow(path, Buffer.from(directory)));

/** Whether a path is a directory or lies below it. */
export function isBelow(path: Buffer, directory: Buffer): boolean {
  const length = directory.length > 1 && directory.at(-1) === SLASH ? directory.length - 1 : directory.length;
  if (length === 1) return path[0] === SLASH;
  if (path.length < length || !path.subarray(0, length).equals(directory.subarray(0, length))) return false;
  return path.length === length || path[length] === SLASH;
}
