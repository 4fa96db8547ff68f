import {
  decide,
  type Reach,
  type Reporter,
  reachOf,
  type Scope,
  type Verdict,
  type VerifyFinding,
} from "../../verify/index.js";
import type { ObjectReport } from "../../wire/index.js";
import { type CachedFile, FileCache, type FileCacheOptions } from "./file-cache.js";
import { ObjectFindings } from "./object-findings.js";

/** How long a cached result that agrees with a report is valid. */
const RESULT_LIFETIME_MS = 30_000;
/** Pause of a path at which a file system hung. */
const HANG_PAUSE_MS = 60_000;

/** Receives the findings in the order of the objects. */
type OnFindings = (findings: readonly VerifyFinding[]) => void;

/** Until when, and for which processes, findings hold. */
interface Validity {
  /** A time of performance.now(); 0 for findings that hold for one process only. */
  validUntil: number;
  /** Latest change of one of the files, in nanoseconds since the epoch. The findings hold for processes started later. */
  lastChange: bigint;
}

/** The last findings for a whole list of objects. */
interface ListFindings extends Validity {
  readonly host: string | undefined;
  readonly inContainer: boolean;
  readonly firstSignatureOnly: boolean;
  readonly findings: readonly VerifyFinding[];
}

const NO_FINDINGS: readonly VerifyFinding[] = [];

/**
 * Lists of reported objects → findings. Most come from caches: of whole lists, of objects, of files. The verifier
 * examines a file only when the cache of files holds no conclusive result for it.
 */
export class Verifier {
  readonly #scope: Scope;
  readonly #files: FileCache;
  readonly #objects: ObjectFindings;
  /** The decoder gives the same array for equal lists. */
  readonly #lists = new WeakMap<readonly ObjectReport[], ListFindings>();

  /** @param onFault - receives what a child process prints; a child prints only its own faults. */
  constructor(scope: Scope, options: FileCacheOptions, onFault: (text: string) => void) {
    this.#scope = scope;
    this.#files = new FileCache(scope, options, onFault);
    this.#objects = new ObjectFindings(scope);
  }

  /**
   * Calls back once; synchronously when the caches hold all findings. As long as nothing changes, the same list of objects
   * gets the same array of findings, so that callers can compare by identity.
   */
  verify(objects: readonly ObjectReport[], reporter: Reporter, onFindings: OnFindings): void {
    const cached = this.#lists.get(objects);
    if (objects.length === 0 || (cached !== undefined && holdsFor(cached, reporter))) {
      onFindings(cached?.findings ?? NO_FINDINGS);
      return;
    }
    const findings: VerifyFinding[] = new Array(objects.length);
    const validity: Validity = { validUntil: Number.POSITIVE_INFINITY, lastChange: 0n };
    let missing = 1;
    const onFinding = () => {
      missing--;
      if (missing === 0) onFindings(findings);
    };
    for (let index = 0; index < objects.length; index++) {
      const object = objects[index] as ObjectReport;
      const result = this.#fromCache(object, reporter, validity);
      if (typeof result !== "string") {
        findings[index] = result;
        continue;
      }
      missing++;
      // Also when the result comes at once: "overload" and the like hold for this process only.
      validity.validUntil = 0;
      this.#files.examine(object.path, result, (found) => {
        findings[index] = this.#objects.decide(object, reporter, found);
        onFinding();
      });
    }
    if (missing === 1 && validity.validUntil > performance.now()) {
      const { host, inContainer = false, firstSignatureOnly } = reporter;
      // Equal findings keep their array, for callers that compare by identity.
      const isSame = cached !== undefined && findings.every((finding, index) => finding === cached.findings[index]);
      const list = isSame ? cached.findings : findings;
      this.#lists.set(objects, { ...validity, host, inContainer, firstSignatureOnly, findings: list });
      onFindings(list);
    } else {
      onFinding();
    }
  }

  /** The finding, or the reach in which to examine the file. Narrows `validity` to that of the finding. */
  #fromCache(object: ObjectReport, reporter: Reporter, validity: Validity): VerifyFinding | Reach {
    const reach = this.#objects.reachOf(object, reporter);
    if (reach !== "host" && reach !== "shared") {
      return this.#objects.decide(object, reporter, { state: "unchecked", reason: reach });
    }
    const file = this.#files.get(object.path, reach);
    if (file === undefined) return reach;
    const finding = this.#objects.decide(object, reporter, file.found);
    if (!isConclusive(finding, file, reporter)) return reach;
    validity.validUntil = isAgreement(finding.verdict)
      ? Math.min(validity.validUntil, file.requestedAtMonotonic + RESULT_LIFETIME_MS)
      : 0;
    if (file.found.state === "read") {
      const { modified, changed } = file.found.identity;
      if (modified > validity.lastChange) validity.lastChange = modified;
      if (changed > validity.lastChange) validity.lastChange = changed;
    }
    return finding;
  }

  /** Examines a file now, for a record that is stored already. Calls back with undefined for paths outside the scope. */
  reverify(
    object: ObjectReport,
    onFound: (decideFor: ((reporter: Reporter) => VerifyFinding) | undefined) => void,
  ): void {
    const anyTime = { host: this.#scope.host, startedBefore: 0n, firstSignatureOnly: false };
    const reach = reachOf(object, anyTime, this.#scope);
    if (reach !== "host" && reach !== "shared") onFound(undefined);
    else this.#files.examine(object.path, reach, (found) => onFound((reporter) => decide(object, reporter, found)));
  }

  /** Number of files that wait to be examined. */
  get queued(): number {
    return this.#files.queued;
  }

  close(): void {
    this.#files.close();
  }
}

function holdsFor(list: ListFindings, { host, inContainer = false, startedBefore, firstSignatureOnly }: Reporter) {
  return (
    list.host === host &&
    list.inContainer === inContainer &&
    list.firstSignatureOnly === firstSignatureOnly &&
    startedBefore >= list.lastChange &&
    list.validUntil > performance.now()
  );
}

/**
 * Whether a finding from a cached result is final. One that agrees with the report is. One that contradicts it may be
 * outdated, when the file was replaced and then started; it is final only when it is younger than the process.
 */
function isConclusive({ verdict, reason }: VerifyFinding, file: CachedFile, reporter: Reporter): boolean {
  const ageMs = performance.now() - file.requestedAtMonotonic;
  if (reason === "timeout") return ageMs < HANG_PAUSE_MS;
  if (ageMs > RESULT_LIFETIME_MS) return false;
  // A file that changed after the start of a process stays changed.
  if (isAgreement(verdict) || verdict === "changed") return true;
  return BigInt(file.requestedAt) * 1_000_000n >= reporter.startedBefore;
}

/** Verdicts that a new examination would not improve: the file agrees with the report, or the report is malformed. */
const isAgreement = (verdict: Verdict) => verdict === "verified" || verdict === "unsigned" || verdict === "malformed";
