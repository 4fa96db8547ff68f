import {
  decide,
  type Finding,
  type Found,
  type Reach,
  type Reporter,
  reachOf,
  type Scope,
  type UncheckedReason,
} from "../../verify/index.js";
import type { ObjectReport } from "../../wire/index.js";
import { type CachedFile, FileCache, type FileCacheOptions } from "./file-cache.js";

/** How long an answer that agrees with the report is believed, in milliseconds. */
const BELIEVED = 30_000;
/** How long a path at which a file system hung is left alone. */
const AVOIDED = 60_000;

/** Findings in the order of the objects. */
type Done = (findings: readonly Finding[]) => void;

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

  constructor(scope: Scope, options: FileCacheOptions) {
    this.#scope = scope;
    this.#files = new FileCache(scope, options);
  }

  /** Calls `done` once, at once where everything is known. */
  verify(objects: readonly ObjectReport[], reporter: Reporter, done: Done): void {
    const findings: Finding[] = new Array(objects.length);
    let missing = 1;
    const settled = () => {
      missing--;
      if (missing === 0) done(findings);
    };
    for (let index = 0; index < objects.length; index++) {
      const object = objects[index] as ObjectReport;
      const known = this.#fromCache(object, reporter);
      if (typeof known !== "string") {
        findings[index] = known;
        continue;
      }
      missing++;
      this.#files.look(object.path, known, (found) => {
        findings[index] = this.#decide(object, reporter, found);
        settled();
      });
    }
    settled();
  }

  close(): void {
    this.#files.close();
  }

  /** The finding, or how far the file must be looked for. */
  #fromCache(object: ObjectReport, reporter: Reporter): Finding | Reach {
    const reach = this.#reachOf(object, reporter);
    if (reach !== "host" && reach !== "shared") {
      return this.#decide(object, reporter, { state: "unchecked", reason: reach });
    }
    const file = this.#files.peek(object.path, reach);
    if (file === undefined) return reach;
    const finding = this.#decide(object, reporter, file.found);
    return isBelievable(finding, file, reporter) ? finding : reach;
  }

  #reachOf(object: ObjectReport, reporter: Reporter): Reach | UncheckedReason {
    const memo = this.#memo(object);
    if (memo.reach === undefined || memo.host !== reporter.host) {
      memo.host = reporter.host;
      memo.reach = reachOf(object, reporter, this.#scope);
    }
    return memo.reach;
  }

  #decide(object: ObjectReport, reporter: Reporter, found: Found): Finding {
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
      memo = { host: undefined, reach: undefined, found: undefined, firstOnly: false, finding: undefined };
      this.#memos.set(object, memo);
    }
    return memo;
  }
}

/** What was worked out last for an object. */
interface Memo {
  host: string | undefined;
  reach: Reach | UncheckedReason | undefined;
  found: Found | undefined;
  firstOnly: boolean;
  finding: Finding | undefined;
}

function isSame(a: Found, b: Found): boolean {
  return a === b || (a.state === "unchecked" && b.state === "unchecked" && a.reason === b.reason);
}

function isLater(found: Found, { startedBefore }: Reporter): boolean {
  return found.state === "read" && (found.identity.modified > startedBefore || found.identity.changed > startedBefore);
}

function isBelievable({ verdict, reason }: Finding, { lookedAt }: CachedFile, reporter: Reporter): boolean {
  const age = Date.now() - lookedAt;
  if (reason === "timeout") return age < AVOIDED;
  if (age > BELIEVED) return false;
  // A file only ever gets younger: once changed after the start, it stays so.
  if (verdict === "verified" || verdict === "unsigned" || verdict === "changed" || verdict === "malformed") return true;
  return BigInt(lookedAt) * 1_000_000n >= reporter.startedBefore;
}
