import { isBelow } from "../files/guarded.js";
import { textToBytes } from "../text/escape.js";
import type { Reported, Reporter, UncheckedReason } from "./finding.js";

/** Which reported paths mean files that this host can look at. */
export interface Scope {
  /** Name of this host as its processes report it: uname(2)'s nodename. */
  readonly host: string;
  /** Absolute directories below which files of this host's processes are read. */
  readonly roots: readonly string[];
  /** Absolute directories that are the same on every host (a shared file system). */
  readonly sharedRoots: readonly string[];
}

/** What the vDSO is called in reports (musl gives it no name); it is code of the kernel, not a file. */
const VDSO_NAME = /^(linux-vdso|linux-gate)[^/]*$|^\[vdso\]$|^$/;
/** How the kernel shows a mapped file whose last name is gone. */
const DELETED = " (deleted)";

/** Where to look for a reported object: the path and the roots that hold for it, or why not to look at all. */
export function locate(
  reported: Reported,
  reporter: Reporter,
  scope: Scope,
): { path: Buffer; roots: readonly string[] } | UncheckedReason {
  const { path } = reported;
  if (VDSO_NAME.test(path)) return "vdso";
  if (path.startsWith("/memfd:")) return "memfd";
  if (!path.startsWith("/")) return "relative-path";
  if (path.endsWith(DELETED)) return "deleted";
  const bytes = Buffer.from(textToBytes(path));
  if (reporter.host === scope.host) return { path: bytes, roots: [...scope.roots, ...scope.sharedRoots] };
  if (scope.sharedRoots.some((root) => isBelow(bytes, Buffer.from(root))))
    return { path: bytes, roots: scope.sharedRoots };
  return "other-host";
}
