import { closeSync, fstatSync, openSync, readlinkSync, statfsSync } from "node:fs";
import { isBelowAny } from "./below.js";
import { READ_FLAGS } from "./file-source.js";
import { isPseudoNumber } from "./file-systems.js";
import type { GuardOptions, Refusal } from "./guard-options.js";
import { walk } from "./guarded-walk.js";

/*
 * Opens paths that are hostile input: they may name FIFOs and devices, which can block or have effects when opened, lead
 * out of the allowed roots through symbolic links, or trigger the automounter.
 */

/** Linux's O_PATH (asm-generic/fcntl.h), which Node does not define. Such a descriptor refers to a file without opening it. */
const O_PATH = 0o10000000;

/** Identifies a file and its state. Times are nanoseconds since the epoch. */
export interface FileIdentity {
  readonly device: bigint;
  readonly inode: bigint;
  readonly size: bigint;
  readonly modified: bigint;
  readonly changed: bigint;
}

export interface GuardedFile {
  /** Open for reading; the caller closes it. */
  readonly descriptor: number;
  readonly identity: FileIdentity;
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
/** These say nothing about the file: this process or the machine lacks descriptors or memory. */
const LACKS: ReadonlySet<string> = new Set(["EMFILE", "ENFILE", "ENOMEM", "ENOBUFS"]);

/**
 * Opens a regular file below the roots for reading, or returns why not. Linux only.
 *
 * @throws Error when this process cannot examine any file: without descriptors, memory or /proc.
 */
export function openGuarded(path: Buffer, options: GuardOptions): GuardedFile | Refusal {
  let found: number | undefined;
  try {
    const refusal = walk(path, options);
    if (refusal !== undefined) return refusal;
    found = openSync(path, O_PATH);
    const identity = inspect(found, options);
    if (typeof identity === "string") return identity;
    // Opens the file that was inspected, even if its path leads to another one by now.
    return { descriptor: openSync(procPath(found), READ_FLAGS), identity };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || LACKS.has(code)) throw error;
    return REFUSALS[code] ?? "io-error";
  } finally {
    if (found !== undefined) closeSync(found);
  }
}

/** The identity of a regular file inside the roots, or why it is refused. */
function inspect(descriptor: number, { roots, excluded = [] }: GuardOptions): FileIdentity | Refusal {
  const stats = fstatSync(descriptor, { bigint: true });
  if (!stats.isFile()) return "not-regular";
  const resolved = resolvedPath(descriptor);
  if (!isBelowAny(resolved, roots)) return "outside-roots";
  if (isBelowAny(resolved, excluded)) return "excluded";
  // The mount may be newer than the table of mounts.
  if (isPseudoNumber(statfsSync(procPath(descriptor)).type)) return "pseudo-file-system";
  const { dev: device, ino: inode, size, mtimeNs: modified, ctimeNs: changed } = stats;
  return { device, inode, size, modified, changed };
}

const procPath = (descriptor: number) => `/proc/self/fd/${descriptor}`;

function resolvedPath(descriptor: number): Buffer {
  try {
    return readlinkSync(procPath(descriptor), { encoding: "buffer" });
  } catch (cause) {
    // Without an errno, which would look like a missing reported file.
    throw new Error(`cannot read /proc/self/fd: ${(cause as Error).message}`, { cause });
  }
}
