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
import { type CachedFile, FileCache, type FileCacheOptions } from "./file-cache.js";

/** How long an answer that agrees with the report is believed, in milliseconds. */
const BELIEVED = 30_000;
/** How long a path at which a file system hung is left alone. */
const AVOIDED = 60_000;

/** Findings in the order of the objects. */
type Done = (findings: readonly VerifyFinding[]) => void;

/**
 * Verdicts for lists of reported objects, mostly out of the cache. An answer from the cache that agrees with a report
 * is taken. One that does not may only be too old (the file was replaced, then started), so it is taken only where it
 * was looked up after the process had started; otherwise the file is looked at again.
 */
export class Verifier {
  readonly #scope: Scope;
  readonly #files: FileCache;
  /** Equal reports are the same object (the decoder sees to that), so nothing needs to be worked out twice. */
  readonly #memos = new WeakMap<ObjectReport, Memo>();
  readonly #lists = new WeakMap<readonly ObjectReport[], ListMemo>();

  /** @param onFault - told what a child process prints, which it only does when something is wrong with itself. */
  constructor(scope: Scope, options: FileCacheOptions, onFault: (text: string) => void) {
    this.#scope = scope;
    this.#files = new FileCache(scope, options, onFault);
  }

  /**
   * Calls `done` once, at once where everything is known. While nothing changes, the same list of objects gets the
   * same array of findings, so that callers can tell by identity.
   */
  verify(objects: readonly ObjectReport[], reporter: Reporter, done: Done): void {
    const memo = objects.length === 0 ? NOTHING : this.#lists.get(objects);
    if (memo !== undefined && (memo === NOTHING || holdsFor(memo, reporter))) {
      done(memo.findings);
      return;
    }
    const findings: VerifyFinding[] = new Array(objects.length);
    const terms: Terms = { believedUntil: Number.POSITIVE_INFINITY, youngest: 0n };
    let missing = 1;
    const settled = () => {
      missing--;
      if (missing === 0) done(findings);
    };
    for (let index = 0; index < objects.length; index++) {
      const object = objects[index] as ObjectReport;
      const known = this.#fromCache(object, reporter, terms);
      if (typeof known !== "string") {
        findings[index] = known;
        continue;
      }
      missing++;
      // Also an answer that comes at once, as that nobody may look now, is one for this process only.
      terms.believedUntil = 0;
      this.#files.look(object.path, known, (found) => {
        findings[index] = this.#decide(object, reporter, found);
        settled();
      });
    }
    if (missing === 1 && terms.believedUntil > performance.now()) {
      const { host, inContainer = false, firstSignatureOnly } = reporter;
      // The same findings as before: the same array, for those who compare by identity.
      const same = memo !== undefined && findings.every((finding, index) => finding === memo.findings[index]);
      const list = same ? memo.findings : findings;
      this.#lists.set(objects, { ...terms, host, inContainer, firstSignatureOnly, findings: list });
      done(list);
    } else {
      settled();
    }
  }

  /** Looks at a file now, for a verdict that is wanted later; undefined where its path means none of this host's. */
  reverify(object: ObjectReport, done: (decide: ((reporter: Reporter) => VerifyFinding) | undefined) => void): void {
    const reach = reachOf(
      object,
      { host: this.#scope.host, startedBefore: 0n, firstSignatureOnly: false },
      this.#scope,
    );
    if (reach !== "host" && reach !== "shared") done(undefined);
    else this.#files.look(object.path, reach, (found) => done((reporter) => decide(object, reporter, found)));
  }

  /** Files that wait to be looked at. */
  get queued(): number {
    return this.#files.queued;
  }

  close(): void {
    this.#files.close();
  }

  /** The finding, or how far the file must be looked for. `terms` become those on which the finding holds. */
  #fromCache(object: ObjectReport, reporter: Reporter, terms: Terms): VerifyFinding | Reach {
    const reach = this.#reachOf(object, reporter);
    if (reach !== "host" && reach !== "shared") {
      return this.#decide(object, reporter, { state: "unchecked", reason: reach });
    }
    const file = this.#files.peek(object.path, reach);
    if (file === undefined) return reach;
    const finding = this.#decide(object, reporter, file.found);
    if (!isBelievable(finding, file, reporter)) return reach;
    if (isAgreement(finding)) terms.believedUntil = Math.min(terms.believedUntil, file.asked + BELIEVED);
    else terms.believedUntil = 0;
    if (file.found.state === "read") {
      const { modified, changed } = file.found.identity;
      if (modified > terms.youngest) terms.youngest = modified;
      if (changed > terms.youngest) terms.youngest = changed;
    }
    return finding;
  }

  #reachOf(object: ObjectReport, reporter: Reporter): Reach | UncheckedReason {
    const memo = this.#memo(object);
    const inContainer = reporter.inContainer === true;
    if (memo.reach === undefined || memo.host !== reporter.host || memo.inContainer !== inContainer) {
      memo.host = reporter.host;
      memo.inContainer = inContainer;
      memo.reach = reachOf(object, reporter, this.#scope);
    }
    return memo.reach;
  }

  #decide(object: ObjectReport, reporter: Reporter, found: Found): VerifyFinding {
    const memo = this.#memo(object);
    const isKnown =
      memo.found !== undefined && isSame(memo.found, found) && memo.firstOnly === reporter.firstSignatureOnly;
    if (isKnown && memo.finding !== undefined && !isLater(found, reporter)) return memo.finding;
    const finding = decide(object, reporter, found);
    if (!isLater(found, reporter)) {
      memo.found = found;
      memo.firstOnly = reporter.firstSignatureOnly;
      memo.finding = finding;
    }
    return finding;
  }

  #memo(object: ObjectReport): Memo {
    let memo = this.#memos.get(object);
    if (memo === undefined) {
      memo = {
        host: undefined,
        inContainer: false,
        reach: undefined,
        found: undefined,
        firstOnly: false,
        finding: undefined,
      };
      this.#memos.set(object, memo);
    }
    return memo;
  }
}

/** On what the findings of a list hold. */
interface Terms {
  /** By performance.now(); 0 when they hold for one process only. */
  believedUntil: number;
  /** Latest change of one of the files, in nanoseconds since the epoch: processes that started before it need others. */
  youngest: bigint;
}

/** What was found last for a whole list. */
interface ListMemo extends Terms {
  readonly host: string | undefined;
  readonly inContainer: boolean;
  readonly firstSignatureOnly: boolean;
  readonly findings: readonly VerifyFinding[];
}

const NOTHING: ListMemo = {
  host: undefined,
  inContainer: false,
  firstSignatureOnly: false,
  findings: [],
  believedUntil: Number.POSITIVE_INFINITY,
  youngest: 0n,
};

function holdsFor(memo: ListMemo, { host, inContainer = false, startedBefore, firstSignatureOnly }: Reporter): boolean {
  return (
    memo.host === host &&
    memo.inContainer === inContainer &&
    memo.firstSignatureOnly === firstSignatureOnly &&
    startedBefore >= memo.youngest &&
    memo.believedUntil > performance.now()
  );
}

/** What was worked out last for an object. */
interface Memo {
  host: string | undefined;
  inContainer: boolean;
  reach: Reach | UncheckedReason | undefined;
  found: Found | undefined;
  firstOnly: boolean;
  finding: VerifyFinding | undefined;
}

function isSame(a: Found, b: Found): boolean {
  return a === b || (a.state === "unchecked" && b.state === "unchecked" && a.reason === b.reason);
}

function isLater(found: Found, { startedBefore }: Reporter): boolean {
  return found.state === "read" && (found.identity.modified > startedBefore || found.identity.changed > startedBefore);
}

function isBelievable(
  { verdict, reason }: VerifyFinding,
  { lookedAt, asked }: CachedFile,
  reporter: Reporter,
): boolean {
  const age = performance.now() - asked;
  if (reason === "timeout") return age < AVOIDED;
  if (age > BELIEVED) return false;
  // A file only ever gets younger: once changed after the start, it stays so.
  if (isAgreement({ verdict }) || verdict === "changed") return true;
  return BigInt(lookedAt) * 1_000_000n >= reporter.startedBefore;
}

/** Verdicts that need no second look: what is on disk agrees with the report, or the report is nonsense. */
const isAgreement = ({ verdict }: Pick<VerifyFinding, "verdict">) =>
  verdict === "verified" || verdict === "unsigned" || verdict === "malformed";
