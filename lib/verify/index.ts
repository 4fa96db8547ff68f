/** Verdicts on reported objects. Node on Linux only. */

export { type Severity, SUSPICIOUS_VERDICTS, VERDICT_SEVERITY, VERDICTS, type Verdict } from "../shared/verdicts.js";
export { type Conflict, ConflictDetector } from "./conflicts.js";
export { decide } from "./decide.js";
export { type ExamineRequest, examine } from "./examine.js";
export type {
  Examined,
  Found,
  MountView,
  NotRead,
  OnDisk,
  Provenance,
  Reported,
  Reporter,
  UncheckedReason,
  UnreadableReason,
  VerifyFinding,
} from "./finding.js";
export { type HostRoot, mountViewOf, type ReportedRoot, reconciled } from "./mount-view.js";
export { bytesOf, ParsedFiles } from "./parsed-files.js";
export { type Reach, reachOf, rootsOf, type Scope } from "./scope.js";
