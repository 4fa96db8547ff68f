import { isBelow } from "../files/guarded.js";
import { textToBytes } from "../text/escape.js";
import type { Reported, Reporter, UncheckedReason } from "./finding.js";

/** Which reported paths mean files that this host can look at. */
export interface Scope {
  /** Name of this host as its processes report it: uname(2)'s nodename. */
  readonly host: string;
  /** Absolute directories below which files of this host's processes are read. */
  readonly roots: readonly string[];
  /** Absolute directories that are the same on every host and in every container (a shared file system). */
  readonly sharedRoots: readonly string[];
  /** Absolute directories, links resolved, below which nothing is looked at. */
  readonly excluded?: readonly string[] | undefined;
}

/** What the vDSO is called in reports (musl gives it no name); it is code of the kernel, not a file. */
const VDSO_NAME = /^(linux-vdso|linux-gate)[^/]*$|^\[vdso\]$|^$/;
/** How the kernel shows a mapped file whose last name is gone. */
const DELETED = " (deleted)";

/** Under whose roots a path may be read: those for processes of this host, or those that all hosts share. */
export type Reach = "host" | "shared";

/** How far a reported object can be looked for, or why not at all. */
export function reachOf(reported: Reported, reporter: Reporter, scope: Scope): Reach | UncheckedReason {
  const { path } = reported;
  if (VDSO_NAME.test(path)) return "vdso";
  if (path.startsWith("/memfd:")) return "memfd";
  if (!path.startsWith("/")) return "relative-path";
  if (path.endsWith(DELETED)) return "deleted";
  const bytes = Buffer.from(textToBytes(path));
  const isBelowOne = (roots: readonly string[]) => roots.some((root) => isBelow(bytes, Buffer.from(root)));
  if (scope.excluded !== undefined && isBelowOne(scope.excluded)) return "policy";
  const isOwn = reporter.host === scope.host;
  if (isOwn && reporter.inContainer !== true) return "host";
  if (isBelowOne(scope.sharedRoots)) return "shared";
  return isOwn ? "container" : "other-host";
}

/** The roots that hold for a reach. */
export function rootsOf(reach: Reach, scope: Scope): readonly string[] {
  return reach === "shared" ? scope.sharedRoots : [...scope.roots, ...scope.sharedRoots];
}
