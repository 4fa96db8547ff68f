import { isBelowAny } from "../files/below.js";
import { textToBytes } from "../text/escape.js";
import type { Found, MountView, Reported, Reporter, UncheckedReason, VerifyFinding } from "./finding.js";

/*
 * Processes of this host that may see other files than the host at the same paths. Which files differ is unknown: a job
 * with a private /tmp sees the host's programs, a sandbox may see none of them. So a verdict on such a report needs
 * evidence that the file here is the one that the process had.
 */

/**
 * Reasons that no later look changes. After any other (overload, timeout and the like), the file may be examined later,
 * for all processes that reported the object, when nobody knows any more that this one had a view of its own.
 */
const FINAL_REASONS: ReadonlySet<UncheckedReason> = new Set<UncheckedReason>([
  "relative-path",
  "vdso",
  "memfd",
  "deleted",
  "other-host",
  "container",
  "mount-namespace",
  "policy",
]);

/** The root directory of a process as it reports it. */
export interface ReportedRoot {
  readonly device: bigint;
  readonly inode: bigint;
  readonly mountId: bigint | undefined;
}

/** The root directory of this host, and the mounts that it is seen through. */
export interface HostRoot {
  readonly device: bigint;
  readonly inode: bigint;
  /** Ids of the mount in the mount namespaces of the host and of this process; empty when unknown. */
  readonly mountIds: readonly bigint[];
}

/**
 * Undefined for a process that sees the files of the host, or of which nothing says otherwise. Mount ids and devices of
 * other hosts compare with nothing here.
 */
export function mountViewOf(root: ReportedRoot | undefined, host: HostRoot | undefined): MountView | undefined {
  if (root === undefined || host === undefined) return undefined;
  if (root.device !== host.device || root.inode !== host.inode) return "other-root";
  const { mountId } = root;
  const isKnown = mountId !== undefined && host.mountIds.length > 0;
  return isKnown && !host.mountIds.includes(mountId) ? "own-mounts" : undefined;
}

/** A finding on a report of a process with its own view, which is not believed where the files may be two. */
export function believed(
  finding: VerifyFinding,
  reported: Reported,
  reporter: Reporter,
  found: Found,
  sharedRoots: readonly string[],
): VerifyFinding {
  if (reporter.mountView === undefined || finding.verdict === "malformed") return finding;
  if (found.state === "unchecked" && FINAL_REASONS.has(found.reason)) return finding;
  const file = sameFile(finding, reported, reporter, found);
  if (file === "same") return finding;
  if (file === "unknown" && found.state !== "missing") {
    const bytes = Buffer.from(textToBytes(reported.path));
    if (reporter.mountView === "own-mounts" && isBelowAny(bytes, sharedRoots)) return finding;
    if (sameBuild(finding, reported)) return finding;
  }
  return NOT_BELIEVED;
}

/**
 * The findings on the objects of a process, after that on its program. A shared root below which the program may be
 * another file is not shared with this process: its other files there need evidence, too.
 */
export function reconciled(
  objects: readonly Reported[],
  findings: readonly VerifyFinding[],
  reporter: Reporter,
  program: VerifyFinding,
  sharedRoots: readonly string[],
): readonly VerifyFinding[] {
  if (reporter.mountView !== "own-mounts" || reporter.program === undefined) return findings;
  if (program.verdict !== "unchecked") return findings;
  const path = Buffer.from(textToBytes(reporter.program.path));
  const roots = sharedRoots.filter((root) => isBelowAny(path, [root]));
  if (roots.length === 0) return findings;
  return findings.map((finding, index) => {
    const object = objects[index] as Reported;
    const isFinal = finding.verdict === "unchecked" || finding.verdict === "malformed" || sameBuild(finding, object);
    return isFinal || !isBelowAny(Buffer.from(textToBytes(object.path)), roots) ? finding : NOT_BELIEVED;
  });
}

const NOT_BELIEVED: VerifyFinding = {
  verdict: "unchecked",
  reason: "mount-namespace",
  compared: undefined,
  onDisk: undefined,
};

/** Whether the file here is the one that the process had, by device and inode: known of the program only. */
function sameFile({ verdict }: VerifyFinding, { path }: Reported, { program }: Reporter, found: Found) {
  if (program === undefined || program.path !== path || found.state !== "read") return "unknown";
  const { device, inode } = found.identity;
  if (device === program.device && inode === program.inode) return "same";
  // A file that was replaced after the start is another one, on the same device.
  return verdict === "changed" && device === program.device ? "unknown" : "other";
}

/** Whether both sides state the same build. Two files that state nothing may be any two files. */
function sameBuild({ verdict, compared, onDisk }: VerifyFinding, { buildId }: Reported): boolean {
  const comparison = compared ?? verdict;
  if (comparison === "verified") return true;
  return comparison === "unsigned" && buildId !== undefined && buildId === onDisk?.buildId;
}
