import { execFile } from "node:child_process";
import { BoundedMap } from "../../shared/bounded-map.js";
import { TokenBucket } from "../limits/token-bucket.js";

/** Time for one lookup, after which it is killed. */
const LOOKUP_TIMEOUT_MS = 2000;
const MAX_CACHED_NAMES = 50_000;
/** How long the cache keeps the answer for a uid. */
const CACHE_MS = 600_000;
/** Delay until the next lookup when the directory service did not answer. */
const RETRY_DELAY_MS = 30_000;
/** Lookups at once and per second. A uid is a claim, and a sender may claim many. */
const MAX_PARALLEL_LOOKUPS = 4;
const LOOKUPS_PER_SECOND = 50;
/** Lookups that may wait for their turn. */
const MAX_QUEUED_LOOKUPS = 1000;

/** Exit code of getent(1) when there is no such user. */
const NOT_FOUND = 2;

/** The name of a user, if there is one; undefined when the directory service did not answer. */
type Answer = { readonly name: string | undefined } | undefined;
type OnName = (name: string | undefined) => void;
type Lookup = (uid: number, onAnswer: (answer: Answer) => void) => void;

/** Names of users by uid, for messages with a uid and no name. */
export class UserNames {
  /** Names by uid, valid until a time of performance.now(). */
  readonly #cache = new BoundedMap<{ name: string | undefined; until: number }, number>(MAX_CACHED_NAMES);
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
   * Calls back with the name: at once when it is cached or the limits allow no lookup now, otherwise within the timeout.
   * Records wait for the name, and a directory service that hangs must not stop them.
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

  /** Queues a lookup; false when one of this uid has timed out but still runs, or the limits allow none now. */
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

/** Looks a user up with getent(1), which supports LDAP and other sources of nsswitch.conf(5), and reads passwd(5). */
function getent(uid: number, onAnswer: (answer: Answer) => void): void {
  execFile(
    "getent",
    ["passwd", `${uid}`],
    { timeout: LOOKUP_TIMEOUT_MS, killSignal: "SIGKILL", maxBuffer: 64 * 1024 },
    (error, text) => {
      if (error !== null) return onAnswer(error.code === NOT_FOUND ? { name: undefined } : undefined);
      const [name, , id] = text.split(":", 3);
      onAnswer({ name: id === `${uid}` && name !== "" ? name : undefined });
    },
  );
}
