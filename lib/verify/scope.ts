import { isBelowAny } from "../files/below.js";
import type { FusePolicy } from "../files/guard-options.js";
import { textToBytes } from "../text/escape.js";
import type { Reported, Reporter, UncheckedReason } from "./finding.js";

/** Which reported paths refer to files that this host can read. */
export interface Scope {
  /** Name of this host as its processes report it: uname(2)'s nodename. */
  readonly host: string;
  /** Absolute directories below which files of this host's processes are read. */
  readonly roots: readonly string[];
  /** Absolute directories of shared file systems, which are the same on every host and in every container. */
  readonly sharedRoots: readonly string[];
  /** Absolute directories, with links resolved, below which nothing is read. */
  readonly excluded?: readonly string[] | undefined;
  /** Which FUSE file systems are read; those that root mounted, by default. */
  readonly fuse?: FusePolicy | undefined;
}

/** Names of the vDSO in reports (musl reports an empty one). It is code of the kernel, not a file. */
const VDSO_NAME = /^(linux-vdso|linux-gate)[^/]*$|^\[vdso\]$|^$/;
/** Suffix that the kernel adds to the path of a mapped file that was deleted. */
const DELETED = " (deleted)";

/** The roots below which a path may be read: those of this host, or those that all hosts share. */
export type Reach = "host" | "shared";

/** The reach of a reported object, or why it is not examined. */
export function reachOf(reported: Reported, reporter: Reporter, scope: Scope): Reach | UncheckedReason {
  const { path } = reported;
  if (VDSO_NAME.test(path)) return "vdso";
  if (path.startsWith("/memfd:")) return "memfd";
  if (!path.startsWith("/")) return "relative-path";
  if (path.endsWith(DELETED)) return "deleted";
  if (isBelow(path, scope.excluded)) return "policy";
  const isOwn = reporter.host === scope.host;
  if (isOwn && reporter.inContainer !== true && reporter.mountView !== "other-root") return "host";
  if (isBelow(path, scope.sharedRoots)) return "shared";
  if (!isOwn) return "other-host";
  return reporter.inContainer === true ? "container" : "mount-namespace";
}

const isBelow = (path: string, directories: readonly string[] = []) =>
  directories.length > 0 && isBelowAny(Buffer.from(textToBytes(path)), directories);

/** The roots of a reach. */
export function rootsOf(reach: Reach, scope: Scope): readonly string[] {
  return reach === "shared" ? scope.sharedRoots : [...scope.roots, ...scope.sharedRoots];
}
