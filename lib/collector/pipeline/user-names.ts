import { execFile } from "node:child_process";
import { BoundedMap } from "../../shared/bounded-map.js";
import { TokenBucket } from "../limits/token-bucket.js";

/** Names of users by uid, for messages that claim a uid and no name. From getent(1), so that LDAP and its kin are asked too. */

const REMEMBERED = 50_000;
/** How long a name (or that there is none) is believed, in milliseconds. */
const BELIEVED = 600_000;
/** When it is asked again after there was no answer, in milliseconds. */
const ASKED_AGAIN = 30_000;
/** Milliseconds that a look-up may take, and that a record waits for one. */
const LIMIT = 2000;
/** Look-ups at once, and a second in the long run: uids are claims, and anybody may claim many. */
const PARALLEL = 4;
const RATE = 50;
/** Look-ups that may wait for their turn: a directory service that hangs answers fewer than are asked. */
const QUEUE_LIMIT = 1000;

type Done = (name: string | undefined) => void;
/** What the directory says of a uid; nothing when it did not answer. */
type Answer = { readonly name: string | undefined } | undefined;
type Lookup = (uid: number, done: (answer: Answer) => void) => void;

interface Known {
  readonly name: string | undefined;
  /** By performance.now(). */
  readonly until: number;
}

export class UserNames {
  readonly #names = new BoundedMap<Known, number>(REMEMBERED);
  /** Uids that are being looked up or wait for that. */
  readonly #asked = new Set<number>();
  readonly #queue: number[] = [];
  readonly #waiting = new Map<number, Done[]>();
  readonly #allowance = new TokenBucket({ perSecond: RATE, burst: RATE * 4 });
  readonly #lookup: Lookup;
  #running = 0;

  constructor(lookup: Lookup = getent) {
    this.#lookup = lookup;
  }

  /**
   * Calls back with the name: at once when there was one lately or nobody may be asked now, and soon in any case. Records
   * wait for this, and a directory service that hangs must not stop them all.
   */
  resolve(uid: number, done: Done): void {
    const known = this.#names.get(uid);
    if (known !== undefined) {
      // An old name is better than a record that waits.
      if (known.until <= performance.now()) this.#ask(uid);
      done(known.name);
      return;
    }
    const waiting = this.#waiting.get(uid);
    if (waiting !== undefined) {
      waiting.push(done);
      return;
    }
    this.#waiting.set(uid, [done]);
    if (this.#ask(uid)) setTimeout(() => this.#tell(uid, undefined), LIMIT).unref();
    else this.#tell(uid, undefined);
  }

  /** False when it is being asked for too long already, or may not be asked now. */
  #ask(uid: number): boolean {
    if (this.#asked.has(uid) || this.#queue.length >= QUEUE_LIMIT || !this.#allowance.take()) return false;
    this.#asked.add(uid);
    this.#queue.push(uid);
    this.#next();
    return true;
  }

  #next(): void {
    if (this.#running >= PARALLEL) return;
    const uid = this.#queue.shift();
    if (uid === undefined) return;
    this.#running++;
    this.#lookup(uid, (answer) => {
      this.#running--;
      this.#asked.delete(uid);
      const { name } = answer ?? this.#names.get(uid) ?? { name: undefined };
      this.#names.set(uid, { name, until: performance.now() + (answer === undefined ? ASKED_AGAIN : BELIEVED) });
      this.#tell(uid, name);
      this.#next();
    });
  }

  #tell(uid: number, name: string | undefined): void {
    const waiting = this.#waiting.get(uid) ?? [];
    this.#waiting.delete(uid);
    for (const done of waiting) done(name);
  }
}

/** What getent(1) ends with when there is no such user. */
const NOT_FOUND = 2;

/** One line of passwd(5). */
function getent(uid: number, done: (answer: Answer) => void): void {
  execFile(
    "getent",
    ["passwd", `${uid}`],
    { timeout: LIMIT, killSignal: "SIGKILL", maxBuffer: 64 * 1024 },
    (error, text) => {
      if (error !== null) return done(error.code === NOT_FOUND ? { name: undefined } : undefined);
      const [name, , id] = text.split(":", 3);
      done({ name: id === `${uid}` && name !== "" ? name : undefined });
    },
  );
}
