import type { FusePolicy } from "../../files/guard-options.js";
import { MountTable } from "../../files/mounts.js";
import { BoundedMap } from "../../shared/bounded-map.js";
import { textToBytes } from "../../text/escape.js";
import { type Found, type Reach, rootsOf, type Scope } from "../../verify/index.js";
import { TokenBucket } from "../limits/token-bucket.js";
import { MountBreaker } from "./breaker.js";
import { Examiner } from "./examiner.js";
import { type Examination, toWireIdentity } from "./protocol.js";

/** The result of the last examination of a path. The file was in this state at the time of the request or later. */
export interface CachedFile {
  readonly found: Found;
  /** Milliseconds since the epoch. */
  readonly requestedAt: number;
  /** By performance.now(), which changes of the system clock do not affect. */
  readonly requestedAtMonotonic: number;
}

export interface FileCacheOptions {
  /** Child processes that examine files. */
  readonly children: number;
  /** Time for one file. */
  readonly fileTimeoutMs: number;
  /** Files that wait to be examined; beyond it a file is not examined. */
  readonly maxQueued: number;
  /** Examinations per second of paths that the cache does not hold, and of paths that it holds. */
  readonly newPathsPerSecond: number;
  readonly knownPathsPerSecond: number;
}

export const FILE_CACHE_DEFAULTS: FileCacheOptions = {
  children: 2,
  fileTimeoutMs: 5000,
  maxQueued: 20_000,
  newPathsPerSecond: 5000,
  knownPathsPerSecond: 2000,
};

/** Results of one generation: some 50,000 paths. Senders choose the paths, and files the notes. */
const MAX_CACHE_BYTES = 32 * 1024 * 1024;
/** Memory of a result besides its texts, which take up to two bytes per character. */
const RESULT_OVERHEAD_BYTES = 400;
const TEXT_OVERHEAD_CHARACTERS = 32;
/** Killed children that have not ended yet; beyond it no file is examined. */
const MAX_UNDEAD_CHILDREN = 8;

/**
 * Paths → results of examinations. A result stays in the cache until a caller asks for a new examination. A file whose
 * device, inode, size and times are still the same is then not parsed again.
 */
export class FileCache {
  readonly #options: FileCacheOptions;
  readonly #roots: Record<Reach, readonly string[]>;
  readonly #excluded: readonly string[];
  readonly #fuse: FusePolicy | undefined;
  readonly #files = new BoundedMap<CachedFile>(MAX_CACHE_BYTES, weightOf);
  readonly #waiting = new Map<string, ((found: Found) => void)[]>();
  readonly #examiners: Examiner[];
  readonly #newPaths: TokenBucket;
  readonly #knownPaths: TokenBucket;
  readonly #mounts = new MountTable();
  readonly #breaker = new MountBreaker();
  #lastId = 0;

  constructor(scope: Scope, options: FileCacheOptions, onFault: (text: string) => void) {
    const { children, fileTimeoutMs, newPathsPerSecond, knownPathsPerSecond } = options;
    this.#options = options;
    this.#roots = { host: rootsOf("host", scope), shared: rootsOf("shared", scope) };
    this.#excluded = scope.excluded ?? [];
    this.#fuse = scope.fuse;
    // Every start of the collector brings a burst of new paths.
    this.#newPaths = new TokenBucket({ perSecond: newPathsPerSecond, burst: newPathsPerSecond * 4 });
    this.#knownPaths = new TokenBucket({ perSecond: knownPathsPerSecond, burst: knownPathsPerSecond });
    this.#examiners = Array.from({ length: children }, () => new Examiner(fileTimeoutMs, onFault));
  }

  get(path: string, reach: Reach): CachedFile | undefined {
    return this.#files.get(keyOf(path, reach));
  }

  /**
   * Examines a path now, once for all callers that wait for it. When too much waits already, the result is the cached
   * one, or else `overload`.
   */
  examine(path: string, reach: Reach, onFound: (found: Found) => void): void {
    const key = keyOf(path, reach);
    const waiting = this.#waiting.get(key);
    if (waiting !== undefined) {
      waiting.push(onFound);
      return;
    }
    const cached = this.#files.get(key)?.found;
    if (!this.#isAllowed(cached === undefined ? this.#newPaths : this.#knownPaths)) {
      // `overload` does not enter the cache: the next process may get a result.
      onFound(cached ?? { state: "unchecked", reason: "overload" });
      return;
    }
    const mount = this.#mounts.of(Buffer.from(textToBytes(path))).point;
    if (!this.#breaker.allows(mount)) {
      onFound({ state: "unchecked", reason: "timeout" });
      return;
    }
    this.#waiting.set(key, [onFound]);
    const request = {
      id: ++this.#lastId,
      path,
      roots: this.#roots[reach],
      excluded: this.#excluded,
      fuse: this.#fuse,
      known: cached?.state === "read" ? toWireIdentity(cached.identity) : undefined,
    };
    const requested = { requestedAt: Date.now(), requestedAtMonotonic: performance.now() };
    this.#leastBusy().add({ request, onResult: (result) => this.#take(key, requested, mount, result) });
  }

  #isAllowed(rate: TokenBucket): boolean {
    const undead = this.#examiners.reduce((sum, examiner) => sum + examiner.undead, 0);
    return this.queued < this.#options.maxQueued && undead < MAX_UNDEAD_CHILDREN && rate.take();
  }

  #leastBusy(): Examiner {
    return this.#examiners.reduce((best, examiner) => (examiner.load < best.load ? examiner : best));
  }

  #take(key: string, requested: Omit<CachedFile, "found">, mount: string, result: Examination): void {
    if (result.state === "unchecked" && result.reason === "timeout") this.#breaker.onHang(mount);
    else this.#breaker.onAnswer(mount);
    const cached = this.#files.get(key);
    let found: Found;
    if (result.state !== "unmodified") found = result;
    else if (cached !== undefined) found = cached.found;
    // The entry left the cache during the examination, which is rare.
    else found = { state: "unchecked", reason: "overload" };
    this.#files.set(key, { found, ...requested });
    const waiting = this.#waiting.get(key) ?? [];
    this.#waiting.delete(key);
    for (const onFound of waiting) onFound(found);
  }

  /** Number of files that wait to be examined. */
  get queued(): number {
    return this.#examiners.reduce((sum, examiner) => sum + examiner.load, 0);
  }

  close(): void {
    for (const examiner of this.#examiners) examiner.close();
  }
}

/** The reach is part of the key: a path may be readable in one reach only. No path contains a NUL. */
const keyOf = (path: string, reach: Reach) => (reach === "host" ? path : `\0${path}`);

function weightOf(key: string, { found }: CachedFile): number {
  if (found.state !== "read") return RESULT_OVERHEAD_BYTES + 2 * key.length;
  const lists = [...found.signatures, ...(found.compilers ?? [])];
  const own = (found.buildId?.length ?? 0) + (found.package?.length ?? 0);
  const texts = lists.reduce((sum, text) => sum + text.length + TEXT_OVERHEAD_CHARACTERS, own);
  return RESULT_OVERHEAD_BYTES + 2 * (key.length + texts);
}
