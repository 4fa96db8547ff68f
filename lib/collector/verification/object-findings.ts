import {
  decide,
  type Found,
  type MountView,
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
  mountView: MountView | undefined;
  /** Depends on the three above. */
  reach: Reach | UncheckedReason | undefined;
  found: Found | undefined;
  firstSignatureOnly: boolean;
  foundIn: MountView | undefined;
  /** Depends on the three above. */
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
    const { host, inContainer = false, mountView } = reporter;
    const isSameReporter = last.host === host && last.inContainer === inContainer && last.mountView === mountView;
    if (last.reach === undefined || !isSameReporter) {
      last.host = host;
      last.inContainer = inContainer;
      last.mountView = mountView;
      last.reach = reachOf(object, reporter, this.#scope);
    }
    return last.reach;
  }

  decide(object: ObjectReport, reporter: Reporter, found: Found): VerifyFinding {
    const { sharedRoots } = this.#scope;
    const { firstSignatureOnly, mountView, program } = reporter;
    // A finding on a file that changed after the start of the process depends on that time; one on the program of a
    // process with a mount view of its own, on the identity of its file.
    if (isChangedSince(found, reporter) || program?.path === object.path) {
      return decide(object, reporter, found, sharedRoots);
    }
    const last = this.#lastOf(object);
    if (
      last.finding === undefined ||
      last.found === undefined ||
      !isSame(last.found, found) ||
      last.firstSignatureOnly !== firstSignatureOnly ||
      last.foundIn !== mountView
    ) {
      last.found = found;
      last.firstSignatureOnly = firstSignatureOnly;
      last.foundIn = mountView;
      last.finding = decide(object, reporter, found, sharedRoots);
    }
    return last.finding;
  }

  #lastOf(object: ObjectReport): Last {
    let last = this.#last.get(object);
    if (last === undefined) {
      last = {
        host: undefined,
        inContainer: false,
        mountView: undefined,
        reach: undefined,
        found: undefined,
        firstSignatureOnly: false,
        foundIn: undefined,
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
