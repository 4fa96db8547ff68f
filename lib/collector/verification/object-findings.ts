import {
  decide,
  type Found,
  type Reach,
  type Reporter,
  reachOf,
  type Scope,
  type UncheckedReason,
  type VerifyFinding,
} from "../../verify/index.js";
import type { ObjectReport } from "../../wire/index.js";

/** The last results for an object. */
interface Last {
  host: string | undefined;
  inContainer: boolean;
  reach: Reach | UncheckedReason | undefined;
  found: Found | undefined;
  firstSignatureOnly: boolean;
  finding: VerifyFinding | undefined;
}

/** A cache of findings by object. The decoder gives the same object for equal reports. */
export class ObjectFindings {
  readonly #scope: Scope;
  readonly #last = new WeakMap<ObjectReport, Last>();

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  /** In which reach the path of an object can be examined, or why it cannot. */
  reachOf(object: ObjectReport, reporter: Reporter): Reach | UncheckedReason {
    const last = this.#lastOf(object);
    const inContainer = reporter.inContainer === true;
    if (last.reach === undefined || last.host !== reporter.host || last.inContainer !== inContainer) {
      last.host = reporter.host;
      last.inContainer = inContainer;
      last.reach = reachOf(object, reporter, this.#scope);
    }
    return last.reach;
  }

  decide(object: ObjectReport, reporter: Reporter, found: Found): VerifyFinding {
    // A finding on a file that changed after the start of the process depends on that time.
    if (isChangedSince(found, reporter)) return decide(object, reporter, found);
    const last = this.#lastOf(object);
    if (
      last.finding === undefined ||
      last.found === undefined ||
      !isSame(last.found, found) ||
      last.firstSignatureOnly !== reporter.firstSignatureOnly
    ) {
      last.found = found;
      last.firstSignatureOnly = reporter.firstSignatureOnly;
      last.finding = decide(object, reporter, found);
    }
    return last.finding;
  }

  #lastOf(object: ObjectReport): Last {
    let last = this.#last.get(object);
    if (last === undefined) {
      last = {
        host: undefined,
        inContainer: false,
        reach: undefined,
        found: undefined,
        firstSignatureOnly: false,
        finding: undefined,
      };
      this.#last.set(object, last);
    }
    return last;
  }
}

function isSame(a: Found, b: Found): boolean {
  return a === b || (a.state === "unchecked" && b.state === "unchecked" && a.reason === b.reason);
}

function isChangedSince(found: Found, { startedBefore }: Reporter): boolean {
  return found.state === "read" && (found.identity.modified > startedBefore || found.identity.changed > startedBefore);
}
