import type { Reporter, VerifyFinding } from "../../verify/index.js";
import type { ObjectReport } from "../../wire/index.js";
import type { Amendments, Late } from "../frames/amendments.js";
import type { Requester } from "../verification/look-budget.js";
import type { Verifier } from "../verification/verifier.js";

/** A record's objects. */
export interface Reported {
  readonly program: ObjectReport | undefined;
  readonly objects: readonly ObjectReport[];
  readonly reporter: Reporter;
  /** Is charged for looking at files. */
  readonly requester: Requester;
  /** Estimated memory of the record, in bytes. */
  readonly memory: number;
}

export interface OnVerdicts {
  /** Called once, at the deadline at the latest. With `late`, some of the verdicts are `unchecked (pending)`. */
  readonly onVerdicts: (program: VerifyFinding | undefined, objects: readonly VerifyFinding[], late?: Late) => void;
  /** Called once after that when `late` was given, with all verdicts. */
  readonly onLate: (program: VerifyFinding | undefined, objects: readonly VerifyFinding[], late: Late) => void;
}

/** Objects of records → verdicts, with a deadline: looking at files must not delay what is stored. */
export class Verdicts {
  readonly #verifier: Verifier;
  readonly #amendments: Amendments;
  readonly #deadlineMs: number;
  /** One list for each program: the verifier caches its findings by list. */
  readonly #programLists = new WeakMap<ObjectReport, readonly ObjectReport[]>();

  constructor(verifier: Verifier, amendments: Amendments, deadlineMs: number) {
    this.#verifier = verifier;
    this.#amendments = amendments;
    this.#deadlineMs = deadlineMs;
  }

  gather({ program, objects, reporter, requester, memory }: Reported, { onVerdicts, onLate }: OnVerdicts): void {
    const verifier = this.#verifier;
    const programs = program === undefined ? NO_OBJECTS : this.#listOf(program);
    let findings: { program: readonly VerifyFinding[]; objects: readonly VerifyFinding[] } = NO_FINDINGS;
    let missing = 2;
    let late: Late | undefined;
    let isOverdue = false;
    let timer: NodeJS.Timeout | undefined;
    const reconcile = ([own]: readonly VerifyFinding[], found: readonly VerifyFinding[]) =>
      [own, verifier.reconcile(objects, found, reporter, own)] as const;
    const onFindings = (some: Partial<typeof findings>) => {
      findings = { ...findings, ...some };
      missing--;
      if (missing > 0) return;
      clearTimeout(timer);
      const all = reconcile(findings.program, findings.objects);
      if (!isOverdue) onVerdicts(...all);
      else if (late !== undefined) onLate(...all, late);
    };
    const programSoFar = verifier.verify(programs, reporter, requester, (found) => onFindings({ program: found }));
    const objectsSoFar = verifier.verify(objects, reporter, requester, (found) => onFindings({ objects: found }));
    if (missing === 0) return;
    timer = setTimeout(() => {
      isOverdue = true;
      late = this.#amendments.expect(memory);
      const reason = late === undefined ? "overload" : "pending";
      onVerdicts(...reconcile(programSoFar(reason), objectsSoFar(reason)), late);
    }, this.#deadlineMs);
  }

  #listOf(program: ObjectReport): readonly ObjectReport[] {
    let list = this.#programLists.get(program);
    if (list === undefined) {
      list = [program];
      this.#programLists.set(program, list);
    }
    return list;
  }
}

const NO_OBJECTS: readonly ObjectReport[] = [];
const NO_FINDINGS = { program: [], objects: [] };
