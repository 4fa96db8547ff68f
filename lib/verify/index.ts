/** From a reported object to a verdict. Node on Linux only. */
export { type Conflict, ConflictDetector } from "./conflicts.js";
export { decide } from "./decide.js";
export { examine, type Request } from "./examine.js";
export {
  type Examined,
  type Finding,
  type Found,
  type OnDisk,
  type Reported,
  type Reporter,
  type UncheckedReason,
  type UnreadableReason,
  VERDICTS,
  type Verdict,
} from "./finding.js";
export { type Reach, reachOf, rootsOf, type Scope } from "./scope.js";
