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

/** The last finding on an object, and what it depends on. */
interface Last {
  readonly finding: VerifyFinding;
  readonly found: Found;
  readonly firstSignatureOnly: boolean;
  readonly mountView: MountView | undefined;
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
    return reachOf(object, reporter, this.#scope);
  }

  decide(object: ObjectReport, reporter: Reporter, found: Found): VerifyFinding {
    const { sharedRoots } = this.#scope;
    const { firstSignatureOnly, mountView, program } = reporter;
    // A finding on a file that changed after the start of the process depends on that time; one on the program of a
    // process with a mount view of its own, on the identity of its file. Findings without a file need no memory.
    if (found.state === "unchecked" || isChangedSince(found, reporter) || program?.path === object.path) {
      return decide(object, reporter, found, sharedRoots);
    }
    const last = this.#last.get(object);
    if (last?.found === found && last.firstSignatureOnly === firstSignatureOnly && last.mountView === mountView) {
      return last.finding;
    }
    const finding = decide(object, reporter, found, sharedRoots);
    this.#last.set(object, { finding, found, firstSignatureOnly, mountView });
    return finding;
  }
}

function isChangedSince(found: Found, { startedBefore }: Reporter): boolean {
  return found.state === "read" && (found.identity.modified > startedBefore || found.identity.changed > startedBefore);
}
