import { canonicalUuid } from "../shared/uuid.js";
import type { Verdict } from "../shared/verdicts.js";
import type { Examined, Found, Reported, Reporter, UncheckedReason, VerifyFinding } from "./finding.js";
import { believed } from "./mount-view.js";

/** Signatures of one object in a report; the client counts further ones as omitted. */
const MAX_REPORTED_SIGNATURES = 16;

/**
 * The verdict on a reported object, given what was found on disk. The first row that matches wins:
 *
 * | case                                                                    | verdict                  |
 * | ----------------------------------------------------------------------- | ------------------------ |
 * | not examined (see scope.ts; or overload, or a file system that hangs)    | `unchecked`              |
 * | a reported text is not a UUID                                            | `malformed`              |
 * | nothing at the path                                                      | `missing`                |
 * | not readable, not regular, outside the roots, not a valid ELF file       | `unreadable`             |
 * | the reporter could not read signatures, and a build-id is missing        | `unchecked`              |
 * | the file's ctime or mtime is later than the start of the process         | `changed`, and compared  |
 * | build-ids on both sides and different                                    | `mismatch`               |
 * | signatures reported, and not all found in a file whose notes are damaged | `unreadable`             |
 * | signature reported, none on disk                                         | `stripped`               |
 * | different signatures on both sides                                       | `mismatch`               |
 * | none reported, one on disk                                               | `unreported`             |
 * | none on either side                                                      | `unsigned`               |
 * | the same signatures, and the same build-id where both have one           | `verified`               |
 *
 * Signatures are the same when those that a process can report are: see `sameSignatures`.
 *
 * A process with a mount view of its own may have had another file: then `unchecked` (see mount-view.ts).
 */
export function decide(
  reported: Reported,
  reporter: Reporter,
  found: Found,
  sharedRoots: readonly string[] = [],
): VerifyFinding {
  return believed(decideHere(reported, reporter, found), reported, reporter, found, sharedRoots);
}

function decideHere(reported: Reported, reporter: Reporter, found: Found): VerifyFinding {
  if (found.state === "unchecked") return uncheckedFor(found.reason);
  if (reported.signatures.some((text) => canonicalUuid(text) === undefined)) return finding("malformed");
  if (found.state === "missing") return finding("missing");
  if (found.state === "unreadable") return finding("unreadable", found.reason);

  if (reported.stampsUnknown && (reported.buildId === undefined || found.buildId === undefined)) {
    return uncheckedFor("stamps-unknown");
  }
  const compared = compare(reported, reporter, found);
  const { state: _, identity, ...onDisk } = found;
  const { modified, changed } = identity;
  if (modified > reporter.startedBefore || changed > reporter.startedBefore) {
    return { verdict: "changed", reason: undefined, compared, onDisk };
  }
  const reason = compared === "unreadable" ? "malformed-elf" : undefined;
  return { verdict: compared, reason, compared: undefined, onDisk };
}

/** One finding for each reason: records of many thousand objects share it. */
const uncheckedByReason = new Map<UncheckedReason, VerifyFinding>();

function uncheckedFor(reason: UncheckedReason): VerifyFinding {
  let shared = uncheckedByReason.get(reason);
  if (shared === undefined) {
    shared = finding("unchecked", reason);
    uncheckedByReason.set(reason, shared);
  }
  return shared;
}

function finding(verdict: Verdict, reason?: VerifyFinding["reason"]): VerifyFinding {
  return { verdict, reason, compared: undefined, onDisk: undefined };
}

function compare(reported: Reported, { firstSignatureOnly }: Reporter, found: Examined): Verdict {
  const hasBuildIds = reported.buildId !== undefined && found.buildId !== undefined;
  if (hasBuildIds && reported.buildId !== found.buildId) return "mismatch";
  if (reported.stampsUnknown) return "verified";
  if (reported.signatures.length === 0) {
    if (found.signatures.length === 0) return "unsigned";
    // A process that could not read all notes says nothing about the rest.
    return found.hasLongNotes ? (hasBuildIds ? "verified" : "unsigned") : "unreported";
  }
  if (found.signatures.length > 0 && sameSignatures(reported.signatures, found, firstSignatureOnly)) return "verified";
  // What was not read may hold them.
  if (found.hasDamagedNotes) return "unreadable";
  return found.signatures.length === 0 ? "stripped" : "mismatch";
}

/**
 * Ignores order: a process finds its notes by segment, the reader of a file by section, and linkers may order the two
 * differently. A process reports no more than some signatures, and reads no more than some bytes of notes: what it reports
 * must then be among those of the file.
 */
function sameSignatures(reported: readonly string[], found: Examined, firstOnly: boolean): boolean {
  const onDisk = found.signatures;
  const canonical = reported.map((text) => canonicalUuid(text) ?? text).sort();
  const isCut =
    found.hasLongNotes === true ||
    (firstOnly && canonical.length === 1) ||
    (canonical.length === MAX_REPORTED_SIGNATURES && onDisk.length > MAX_REPORTED_SIGNATURES);
  if (isCut) return canonical.length <= onDisk.length && canonical.every((uuid) => onDisk.includes(uuid));
  const sorted = [...onDisk].sort();
  return canonical.length === sorted.length && canonical.every((uuid, index) => uuid === sorted[index]);
}
