import type { Reporter, VerifyFinding } from "../../verify/index.js";
import type { CachedFile } from "./file-cache.js";

/*
 * When a cached result is fresh enough for a report. One that agrees with the report is. One that contradicts it may be
 * outdated, because the file was replaced and then started; it counts only when it is younger than the process.
 */

/** How long a cached result that agrees with a report is valid. */
export const RESULT_LIFETIME_MS = 30_000;
/** Pause of a path at which a file system hung. */
const HANG_PAUSE_MS = 60_000;

/** Whether a finding from a cached file is final: a new examination would not change it. */
export function isConclusive({ verdict, reason }: VerifyFinding, file: CachedFile, reporter: Reporter): boolean {
  const ageMs = performance.now() - file.requestedAtMonotonic;
  if (reason === "timeout") return ageMs < HANG_PAUSE_MS;
  if (ageMs > RESULT_LIFETIME_MS) return false;
  // A file that changed after the start of a process stays changed.
  if (isAgreement({ verdict }) || verdict === "changed") return true;
  return BigInt(file.requestedAt) * 1_000_000n >= reporter.startedBefore;
}

/** Verdicts that a new examination would not improve: the file agrees with the report, or the report is malformed. */
export const isAgreement = ({ verdict }: Pick<VerifyFinding, "verdict">) =>
  verdict === "verified" || verdict === "unsigned" || verdict === "malformed";
