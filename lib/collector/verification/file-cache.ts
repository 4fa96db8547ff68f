import { MountTable } from "../../files/mounts.js";
import { BoundedMap } from "../../shared/bounded-map.js";
import { textToBytes } from "../../text/escape.js";
import { type Found, type Reach, rootsOf, type Scope } from "../../verify/index.js";
import { TokenBucket } from "../limits/token-bucket.js";
import { MountBreaker } from "./breaker.js";
import { Examiner } from "./examiner.js";
import { type Examination, toWireIdentity } from "./protocol.js";

/** What was found at a path, and when. */
export interface CachedFile {
  found: Found;
  /** When that was asked for, in milliseconds since the epoch: the answer is at least as young. */
  lookedAt: number;
  /** The same on a clock that nobody sets, by performance.now(). */
  asked: number;
}

export interface FileCacheOptions {
  /** Child processes that read files. */
  readonly children: number;
  /** Milliseconds that one file may take. */
  readonly fileTimeout: number;
  /** Files that may wait to be examined; more are not looked at. */
  readonly queueLimit: number;
  /** Examinations a second in the long run: of new paths, and of paths that were looked at before. */
  readonly newRate: number;
  readonly againRate: number;
}

export const FILE_CACHE_DEFAULTS: FileCacheOptions = {
  children: 2,
  fileTimeout: 5000,
  queueLimit: 20_000,
  newRate: 5000,
  againRate: 2000,
};

/** Bytes of what is remembered per generation: some 50,000 paths. Paths are claims, and notes are files' own. */
const REMEMBERED = 32 * 1024 * 1024;
/** Of an entry, besides its texts, which may take two bytes a character. */
const OVERHEAD = 400;
/** Killed children that may still hang about before no more files are looked at. */
const UNDEAD_LIMIT = 8;

/**
 * Files by path, as they were when they were looked at last. Found or not found, an answer is kept until a caller asks
 * for a fresh look; then a file whose device, inode, size and times are the same is not parsed again.
 */
export class FileCache {
  readonly #options: FileCacheOptions;
  readonly #roots: Record<Reach, readonly string[]>;
  readonly #excluded: readonly string[];
  readonly #files = new BoundedMap<CachedFile>(REMEMBERED, weightOf);
  readonly #waiting = new Map<string, ((found: Found) => void)[]>();
  readonly #examiners: Examiner[];
  readonly #newAllowance: TokenBucket;
  readonly #againAllowance: TokenBucket;
  readonly #mounts = new MountTable();
  readonly #breaker = new MountBreaker();
  #lastId = 0;

  constructor(scope: Scope, options: FileCacheOptions, onFault: (text: string) => void) {
    this.#options = options;
    this.#roots = { host: rootsOf("host", scope), shared: rootsOf("shared", scope) };
    this.#excluded = scope.excluded ?? [];
    // A burst of new paths is what every start of the collector brings.
    this.#newAllowance = new TokenBucket({ perSecond: options.newRate, burst: options.newRate * 4 });
    this.#againAllowance = new TokenBucket({ perSecond: options.againRate, burst: options.againRate });
    this.#examiners = Array.from({ length: options.children }, () => new Examiner(options.fileTimeout, onFault));
  }

  /** What is known about a path. */
  peek(path: string, reach: Reach): CachedFile | undefined {
    return this.#files.get(keyOf(path, reach));
  }

  /**
   * Looks at a path now (once for all who ask meanwhile). When there is too much to do, the answer is what was known
   * before, or else that nobody looked.
   */
  look(path: string, reach: Reach, done: (found: Found) => void): void {
    const key = keyOf(path, reach);
    const waiting = this.#waiting.get(key);
    if (waiting !== undefined) {
      waiting.push(done);
      return;
    }
    const known = this.#files.get(key)?.found;
    if (!this.#mayLook(known === undefined ? this.#newAllowance : this.#againAllowance)) {
      // Not remembered: the next process may have more luck.
      done(known ?? { state: "unchecked", reason: "overload" });
      return;
    }
    const mount = this.#mounts.pointOf(Buffer.from(textToBytes(path)));
    if (!this.#breaker.allows(mount)) {
      done({ state: "unchecked", reason: "timeout" });
      return;
    }
    this.#waiting.set(key, [done]);
    const request = {
      id: ++this.#lastId,
      path,
      roots: this.#roots[reach],
      excluded: this.#excluded,
      known: known?.state === "read" ? toWireIdentity(known.identity) : undefined,
    };
    const when = { lookedAt: Date.now(), asked: performance.now() };
    this.#leastBusy().add({ request, done: (result) => this.#found(key, when, mount, result) });
  }

  close(): void {
    for (const examiner of this.#examiners) examiner.close();
  }

  #found(key: string, when: Omit<CachedFile, "found">, mount: string, result: Examination): void {
    if (result.state === "unchecked" && result.reason === "timeout") this.#breaker.hung(mount);
    else this.#breaker.answered(mount);
    const known = this.#files.get(key);
    let found: Found;
    if (result.state !== "unmodified") found = result;
    else if (known !== undefined) found = known.found;
    // It was forgotten while it was being looked at; rare enough to leave it.
    else found = { state: "unchecked", reason: "overload" };
    this.#files.set(key, { found, ...when });
    const waiting = this.#waiting.get(key) ?? [];
    this.#waiting.delete(key);
    for (const done of waiting) done(found);
  }

  /** Files that wait to be examined. */
  get queued(): number {
    return this.#examiners.reduce((sum, examiner) => sum + examiner.load, 0);
  }

  #mayLook(allowance: TokenBucket): boolean {
    const undead = this.#examiners.reduce((sum, examiner) => sum + examiner.undead, 0);
    return this.queued < this.#options.queueLimit && undead < UNDEAD_LIMIT && allowance.take();
  }

  #leastBusy(): Examiner {
    return this.#examiners.reduce((best, examiner) => (examiner.load < best.load ? examiner : best));
  }
}

/** Not only the path: it may be readable in one reach and not in the other. No path holds a NUL. */
const keyOf = (path: string, reach: Reach) => (reach === "host" ? path : `\0${path}`);

function weightOf(key: string, { found }: CachedFile): number {
  if (found.state !== "read") return OVERHEAD + 2 * key.length;
  const lists = [...found.signatures, ...(found.compilers ?? [])];
  const own = (found.buildId?.length ?? 0) + (found.package?.length ?? 0);
  const texts = lists.reduce((sum, text) => sum + text.length + 32, own);
  return OVERHEAD + 2 * (key.length + texts);
}
