import { BoundedMap } from "../../shared/bounded-map.js";
import { TokenBucket } from "../limits/token-bucket.js";
import { type Answer, getent, LOOKUP_TIMEOUT_MS } from "./getent.js";

const MAX_CACHED_NAMES = 50_000;
/** How long the cache keeps a name, or that a uid has none. */
const CACHE_MS = 600_000;
/** Delay until the next lookup when the directory service did not answer. */
const RETRY_DELAY_MS = 30_000;
/** Lookups at once and per second. A uid is a claim, and a sender may claim many. */
const MAX_PARALLEL_LOOKUPS = 4;
const LOOKUPS_PER_SECOND = 50;
/** Lookups that may wait for their turn. */
const MAX_QUEUED_LOOKUPS = 1000;

type OnName = (name: string | undefined) => void;
type Lookup = (uid: number, onAnswer: (answer: Answer) => void) => void;

interface CachedName {
  readonly name: string | undefined;
  /** By performance.now(). */
  readonly until: number;
}

/** Names of users by uid, for messages with a uid and no name. */
export class UserNames {
  readonly #cache = new BoundedMap<CachedName, number>(MAX_CACHED_NAMES);
  /** Uids whose lookup runs or is queued. */
  readonly #inLookup = new Set<number>();
  readonly #queue: number[] = [];
  readonly #waiting = new Map<number, OnName[]>();
  readonly #rate = new TokenBucket({ perSecond: LOOKUPS_PER_SECOND, burst: LOOKUPS_PER_SECOND * 4 });
  readonly #lookup: Lookup;
  #running = 0;

  constructor(lookup: Lookup = getent) {
    this.#lookup = lookup;
  }

  /**
   * Calls back with the name: at once when it is cached or no lookup is allowed now, otherwise within the timeout. Records
   * wait for the name, and a directory service that hangs must not stop them.
   */
  resolve(uid: number, onName: OnName): void {
    const cached = this.#cache.get(uid);
    if (cached !== undefined) {
      // An outdated name is better than a record that waits.
      if (cached.until <= performance.now()) this.#enqueue(uid);
      onName(cached.name);
      return;
    }
    const waiting = this.#waiting.get(uid);
    if (waiting !== undefined) {
      waiting.push(onName);
      return;
    }
    this.#waiting.set(uid, [onName]);
    if (this.#enqueue(uid)) setTimeout(() => this.#answer(uid, undefined), LOOKUP_TIMEOUT_MS).unref();
    else this.#answer(uid, undefined);
  }

  /** False when a lookup of this uid takes too long already, or no lookup is allowed now. */
  #enqueue(uid: number): boolean {
    if (this.#inLookup.has(uid) || this.#queue.length >= MAX_QUEUED_LOOKUPS || !this.#rate.take()) return false;
    this.#inLookup.add(uid);
    this.#queue.push(uid);
    this.#next();
    return true;
  }

  #next(): void {
    if (this.#running >= MAX_PARALLEL_LOOKUPS) return;
    const uid = this.#queue.shift();
    if (uid === undefined) return;
    this.#running++;
    this.#lookup(uid, (answer) => {
      this.#running--;
      this.#inLookup.delete(uid);
      const { name } = answer ?? this.#cache.get(uid) ?? { name: undefined };
      this.#cache.set(uid, { name, until: performance.now() + (answer === undefined ? RETRY_DELAY_MS : CACHE_MS) });
      this.#answer(uid, name);
      this.#next();
    });
  }

  #answer(uid: number, name: string | undefined): void {
    const waiting = this.#waiting.get(uid) ?? [];
    this.#waiting.delete(uid);
    for (const onName of waiting) onName(name);
  }
}
