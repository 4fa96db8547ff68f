import { lstatSync, readlinkSync } from "node:fs";
import { isBelowAny } from "./below.js";
import { isFuse, isPseudoName } from "./file-systems.js";
import type { FusePolicy, GuardOptions, Refusal } from "./guard-options.js";
import { type Mount, MountTable } from "./mounts.js";

/** As the kernel's MAXSYMLINKS. */
const MAX_LINKS = 40;
/** As the kernel's PATH_MAX, without the NUL at the end. */
const MAX_PATH_BYTES = 4095;
/** Names that are looked up. Links whose targets go back and forth make more of them than any real path has. */
const MAX_LOOKUPS = 2048;
const SLASH = 0x2f;
const ROOT = Buffer.from("/");
const DOT = Buffer.from(".");
const DOT_DOT = Buffer.from("..");

const mounts = new MountTable();

/**
 * Resolves a path step by step with lstat and readlink only, so that no directory is entered that must not be: an excluded
 * one, a pseudo file system, an automount point, a file system that hangs. Another process may swap a link between this
 * check and the opening. The caller therefore checks the opened file again, so that no file outside the roots is ever
 * read; the race can at most trigger the automounter. So can an automount point that is newer than the cached mount table.
 */
export function walk(path: Buffer, options: GuardOptions): Refusal | undefined {
  const { roots, onMount } = options;
  if (path[0] !== SLASH || path.includes(0) || path.length > MAX_PATH_BYTES) return "missing";
  let resolved: Buffer = ROOT;
  let mount = mounts.of(ROOT);
  let isDirectory = true;
  // As long as it is straight, the path leads to the mount that its text names.
  let told = mounts.of(path).point;
  let isStraight = true;
  onMount?.(told);
  const pending = components(path).reverse();
  for (let links = 0, lookups = 0; ; ) {
    const name = pending.pop();
    if (name === undefined) break;
    if (!isDirectory) return "missing";
    if (name.equals(DOT)) continue;
    if (name.equals(DOT_DOT)) {
      // Whether it is a directory is known of the mount point only.
      if (isPseudoName(mount.type) && resolved.toString("latin1") !== mount.point) break;
      resolved = parent(resolved);
      mount = mounts.of(resolved);
      isStraight = false;
      continue;
    }
    if (++lookups > MAX_LOOKUPS) return "limit-exceeded";
    const next = Buffer.concat([resolved, resolved.length > 1 ? ROOT : Buffer.alloc(0), name]);
    const entered = mounts.get(next) ?? mount;
    if (!isStraight && entered.point !== told) {
      told = entered.point;
      onMount?.(told);
    }
    const refusal = refusalTo(next, entered, entered !== mount, options);
    if (refusal !== undefined) return refusal;
    if (isPseudoName(entered.type)) {
      // Not touched, but another file system may be mounted below it, such as /dev/shm.
      resolved = next;
      mount = entered;
      continue;
    }
    const stats = lstatSync(next);
    if (!stats.isSymbolicLink()) {
      resolved = next;
      mount = entered;
      isDirectory = stats.isDirectory();
      continue;
    }
    if (++links > MAX_LINKS) return "missing";
    isStraight = false;
    const target = readlinkSync(next, { encoding: "buffer" });
    if (target[0] === SLASH) {
      resolved = ROOT;
      mount = mounts.of(ROOT);
    }
    pending.push(...components(target).reverse());
  }
  if (isPseudoName(mount.type)) return "pseudo-file-system";
  return isBelowAny(resolved, roots) ? undefined : "outside-roots";
}

/** Why a path in a mount must not be touched. */
function refusalTo(
  path: Buffer,
  mount: Mount,
  isMountPoint: boolean,
  { excluded = [], fuse, avoid }: GuardOptions,
): Refusal | undefined {
  if (isBelowAny(path, excluded)) return "excluded";
  // Right below an autofs, and at an autofs on which nothing is mounted yet, a look-up triggers the automounter.
  if (mount.type === "autofs") return "automount";
  if (isMountPoint && !isFuseAllowed(mount, fuse)) return "excluded";
  return avoid?.includes(mount.point) === true ? "avoided" : undefined;
}

function isFuseAllowed({ type, fuseUser }: Mount, policy: FusePolicy = "root"): boolean {
  return !isFuse(type) || policy === "all" || (policy === "root" && fuseUser === 0);
}

/** The names of a path. A slash at the end means "/.", since only a directory may have it (path_resolution(7)). */
function components(path: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let start = 0; start < path.length; ) {
    const slash = path.indexOf(SLASH, start);
    const end = slash === -1 ? path.length : slash;
    if (end > start) parts.push(path.subarray(start, end));
    start = end + 1;
  }
  if (path.at(-1) === SLASH) parts.push(DOT);
  return parts;
}

function parent(path: Buffer): Buffer {
  const slash = path.lastIndexOf(SLASH);
  return slash <= 0 ? ROOT : path.subarray(0, slash);
}
