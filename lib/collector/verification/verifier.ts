import {
  type MountView,
  type Reach,
  type Reporter,
  reconciled,
  rootsOf,
  type Scope,
  type UncheckedReason,
  type VerifyFinding,
} from "../../verify/index.js";
import type { ObjectReport } from "../../wire/index.js";
import { type ExaminationEvents, type ExaminationOptions, Examinations } from "./examinations.js";
import { FileCache } from "./file-cache.js";
import { isAgreement, isConclusive, RESULT_LIFETIME_MS } from "./freshness.js";
import type { Requester } from "./look-budget.js";
import type { ExaminedFile } from "./looks.js";
import { ObjectFindings } from "./object-findings.js";

/** Examinations of the collector's own accord. */
export const COLLECTOR: Requester = { sender: "", user: undefined, isPatient: true };

/** Receives the findings in the order of the objects. */
type OnFindings = (findings: readonly VerifyFinding[]) => void;

/** The findings so far, with a reason in place of those that are still missing. */
export type FindingsSoFar = (reason: UncheckedReason) => readonly VerifyFinding[];

interface Report {
  readonly reporter: Reporter;
  readonly requester: Requester;
  /** When it reached the verifier, in milliseconds since the epoch. */
  readonly reportedAt: number;
}

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
  readonly mountView: MountView | undefined;
  readonly firstSignatureOnly: boolean;
  readonly findings: readonly VerifyFinding[];
}

/** Every result is older than the process: it says nothing about the file that the process started from. */
const OUTDATED: VerifyFinding = { verdict: "unchecked", reason: "overload", compared: undefined, onDisk: undefined };

const NO_OBJECTS: ListFindings = {
  host: undefined,
  inContainer: false,
  mountView: undefined,
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
  readonly #examinations: Examinations;
  readonly #files: FileCache;
  readonly #objects: ObjectFindings;
  /** The decoder gives the same array for equal lists. */
  readonly #lists = new WeakMap<readonly ObjectReport[], ListFindings>();

  constructor(scope: Scope, options: ExaminationOptions, events: ExaminationEvents) {
    this.#scope = scope;
    const { excluded = [], fuse = "root" } = scope;
    const roots = { host: rootsOf("host", scope), shared: rootsOf("shared", scope) };
    this.#examinations = new Examinations({ roots, excluded, fuse }, options, events);
    this.#files = new FileCache(this.#examinations);
    this.#objects = new ObjectFindings(scope);
  }

  /**
   * Calls back once: at once when the caches hold all findings. As long as nothing changes, the same list of objects gets
   * the same array of findings, so that callers can compare by identity.
   *
   * @param requester - is charged for what is not cached.
   */
  verify(
    objects: readonly ObjectReport[],
    reporter: Reporter,
    requester: Requester,
    onFindings: OnFindings,
  ): FindingsSoFar {
    const cached = objects.length === 0 ? NO_OBJECTS : this.#lists.get(objects);
    const { program } = reporter;
    // The finding on this one depends on its file, which each process has for itself.
    const hasProgram = program !== undefined && objects.some(({ path }) => path === program.path);
    if (cached !== undefined && (cached === NO_OBJECTS || (holdsFor(cached, reporter) && !hasProgram))) {
      onFindings(cached.findings);
      return () => cached.findings;
    }
    const findings: VerifyFinding[] = new Array(objects.length);
    const report = { reporter, requester, reportedAt: Date.now() };
    const validity: Validity = { validUntil: Number.POSITIVE_INFINITY, lastChange: 0n };
    let missing = 1;
    const onFinding = () => {
      missing--;
      if (missing === 0) onFindings(findings);
    };
    for (let index = 0; index < objects.length; index++) {
      const object = objects[index] as ObjectReport;
      const result = this.#fromCache(object, report, validity);
      if (typeof result !== "string") {
        findings[index] = result;
        continue;
      }
      missing++;
      // Even when the result comes at once: "overload" and the like hold for this process only.
      validity.validUntil = 0;
      this.#examine(object, result, report, (finding) => {
        findings[index] = finding;
        onFinding();
      });
    }
    if (missing === 1 && validity.validUntil > performance.now() && !hasProgram) {
      const { host, inContainer = false, mountView, firstSignatureOnly } = reporter;
      // Equal findings keep their array, for callers that compare by identity.
      const isSame = cached !== undefined && findings.every((finding, index) => finding === cached.findings[index]);
      const list = isSame ? cached.findings : findings;
      this.#lists.set(objects, { ...validity, host, inContainer, mountView, firstSignatureOnly, findings: list });
      onFindings(list);
    } else {
      onFinding();
    }
    return (reason) =>
      objects.map(
        (object, index) => findings[index] ?? this.#objects.decide(object, reporter, { state: "unchecked", reason }),
      );
  }

  /**
   * Examines a file. An examination that was under way already may be older than the process: then another one follows,
   * which is not.
   */
  #examine(
    object: ObjectReport,
    reach: Reach,
    { reporter, requester, reportedAt }: Report,
    onFinding: (finding: VerifyFinding) => void,
  ): void {
    const examine = (onFile: (file: ExaminedFile, finding: VerifyFinding) => void) =>
      this.#files.examine(object.path, reach, requester, (file) =>
        onFile(file, this.#objects.decide(object, reporter, file.found)),
      );
    const isFinal = (file: ExaminedFile, finding: VerifyFinding) =>
      file.found.state === "unchecked" || isConclusive(finding, file, reporter, reportedAt);
    examine((file, finding) => {
      if (isFinal(file, finding)) onFinding(finding);
      else examine((again, second) => onFinding(isFinal(again, second) ? second : OUTDATED));
    });
  }

  /** The finding; or the reach in which the file must be examined. Narrows `validity` to that of the finding. */
  #fromCache(object: ObjectReport, report: Report, validity: Validity): VerifyFinding | Reach {
    const { reporter, reportedAt } = report;
    const reach = this.#objects.reachOf(object, reporter);
    if (reach !== "host" && reach !== "shared") {
      return this.#objects.decide(object, reporter, { state: "unchecked", reason: reach });
    }
    const file = this.#files.get(object.path, reach);
    if (file === undefined) return reach;
    const finding = this.#objects.decide(object, reporter, file.found);
    if (!isConclusive(finding, file, reporter, reportedAt)) return reach;
    validity.validUntil = isAgreement(finding)
      ? Math.min(validity.validUntil, file.beganAtMonotonic + RESULT_LIFETIME_MS)
      : 0;
    if (file.found.state === "read") {
      const { modified, changed } = file.found.identity;
      if (modified > validity.lastChange) validity.lastChange = modified;
      if (changed > validity.lastChange) validity.lastChange = changed;
    }
    return finding;
  }

  /** Number of files that wait to be examined. */
  get queued(): number {
    return this.#examinations.queued;
  }

  /** The findings on the objects of a process, when that on its program is known as well. */
  reconcile(
    objects: readonly ObjectReport[],
    findings: readonly VerifyFinding[],
    reporter: Reporter,
    program: VerifyFinding | undefined,
  ): readonly VerifyFinding[] {
    if (program === undefined) return findings;
    return reconciled(objects, findings, reporter, program, this.#scope.sharedRoots);
  }

  /** Why files are not examined. The texts are public: /readyz needs no token. */
  warnings(): string[] {
    return this.#examinations.warnings();
  }

  close(): void {
    this.#examinations.close();
  }
}

function holdsFor(list: ListFindings, reporter: Reporter) {
  const { host, inContainer = false, mountView, startedBefore, firstSignatureOnly } = reporter;
  return (
    list.host === host &&
    list.inContainer === inContainer &&
    list.mountView === mountView &&
    list.firstSignatureOnly === firstSignatureOnly &&
    startedBefore >= list.lastChange &&
    list.validUntil > performance.now()
  );
}
