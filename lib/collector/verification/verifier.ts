import { decide, type Reach, type Reporter, reachOf, type Scope, type VerifyFinding } from "../../verify/index.js";
import type { ObjectReport } from "../../wire/index.js";
import { FileCache, type FileCacheOptions } from "./file-cache.js";
import { isAgreement, isConclusive, RESULT_LIFETIME_MS } from "./freshness.js";
import { ObjectFindings } from "./object-findings.js";

/** Receives the findings in the order of the objects. */
type OnFindings = (findings: readonly VerifyFinding[]) => void;

/** Until when, and for which processes, findings hold. */
interface Validity {
  /** By performance.now(); 0 for findings that hold for one process only. */
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

const NO_OBJECTS: ListFindings = {
  host: undefined,
  inContainer: false,
  firstSignatureOnly: false,
  findings: [],
  validUntil: Number.POSITIVE_INFINITY,
  lastChange: 0n,
};

/**
 * Lists of reported objects → findings. Most come from caches: of whole lists, of objects, of files. Only where the cache
 * of files holds no conclusive result, the file is examined (see freshness.ts).
 */
export class Verifier {
  readonly #scope: Scope;
  readonly #files: FileCache;
  readonly #objects: ObjectFindings;
  /** The decoder gives the same array for equal lists. */
  readonly #lists = new WeakMap<readonly ObjectReport[], ListFindings>();

  /** @param onFault - receives what a child process prints, which means that something is wrong with the child itself. */
  constructor(scope: Scope, options: FileCacheOptions, onFault: (text: string) => void) {
    this.#scope = scope;
    this.#files = new FileCache(scope, options, onFault);
    this.#objects = new ObjectFindings(scope);
  }

  /**
   * Calls back once: at once when the caches hold all findings. As long as nothing changes, the same list of objects gets
   * the same array of findings, so that callers can compare by identity.
   */
  verify(objects: readonly ObjectReport[], reporter: Reporter, onFindings: OnFindings): void {
    const cached = objects.length === 0 ? NO_OBJECTS : this.#lists.get(objects);
    if (cached !== undefined && (cached === NO_OBJECTS || holdsFor(cached, reporter))) {
      onFindings(cached.findings);
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
      // Even when the result comes at once: "overload" and the like hold for this process only.
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

  /** The finding; or the reach in which the file must be examined. Narrows `validity` to that of the finding. */
  #fromCache(object: ObjectReport, reporter: Reporter, validity: Validity): VerifyFinding | Reach {
    const reach = this.#objects.reachOf(object, reporter);
    if (reach !== "host" && reach !== "shared") {
      return this.#objects.decide(object, reporter, { state: "unchecked", reason: reach });
    }
    const file = this.#files.get(object.path, reach);
    if (file === undefined) return reach;
    const finding = this.#objects.decide(object, reporter, file.found);
    if (!isConclusive(finding, file, reporter)) return reach;
    validity.validUntil = isAgreement(finding)
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
