import type { Reporter, VerifyFinding } from "../../verify/index.js";
import type { ExaminedFile } from "./looks.js";

/*
 * When a cached result is fresh enough for a report. One that agrees with the report is. One that contradicts it may be
 * outdated, because the file was replaced and then started; it counts only when it is younger than the process.
 */

/** How long a cached result that agrees with a report is valid. */
export const RESULT_LIFETIME_MS = 30_000;
/** Pause of a path at which a file system hung. */
const HANG_PAUSE_MS = 60_000;

/**
 * Whether a finding from an examined file is final: a new examination would not change it.
 *
 * @param reportedAt - when the process certainly ran, in milliseconds since the epoch. Its own statement of its start may
 * be imprecise, or in the future.
 */
export function isConclusive(
  { verdict, reason }: VerifyFinding,
  file: ExaminedFile,
  { startedBefore }: Reporter,
  reportedAt: number,
): boolean {
  const ageMs = performance.now() - file.beganAtMonotonic;
  if (reason === "timeout") return ageMs < HANG_PAUSE_MS;
  if (ageMs > RESULT_LIFETIME_MS) return false;
  // A file that changed after the start of a process stays changed.
  if (isAgreement({ verdict }) || verdict === "changed") return true;
  return file.beganAt >= reportedAt || BigInt(file.beganAt) * 1_000_000n >= startedBefore;
}

/** Verdicts that a new examination would not improve: the file agrees with the report, or the report is malformed. */
export const isAgreement = ({ verdict }: Pick<VerifyFinding, "verdict">) =>
  verdict === "verified" || verdict === "unsigned" || verdict === "malformed";
