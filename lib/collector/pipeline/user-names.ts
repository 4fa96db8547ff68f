import { execFile } from "node:child_process";
import { BoundedMap } from "../../wire/bounded-map.js";
import { Allowance } from "../verification/allowance.js";

/** Names of users by uid, for messages that claim a uid and no name. From getent(1), so that LDAP and its kin are asked too. */

const REMEMBERED = 50_000;
/** How long a name (or that there is none) is believed, in milliseconds. */
const BELIEVED = 600_000;
/** Milliseconds that a directory service may take; the record waits for it. */
const LIMIT = 2000;
/** Look-ups at once, and a second in the long run: uids are claims, and anybody may claim many. */
const PARALLEL = 4;
const RATE = 50;

type Done = (name: string | undefined) => void;
type Lookup = (uid: number, done: Done) => void;

export class UserNames {
  readonly #names = new BoundedMap<{ name: string | undefined; until: number }>(REMEMBERED);
  readonly #waiting = new Map<number, Done[]>();
  readonly #allowance = new Allowance(RATE, RATE * 4);
  readonly #queue: number[] = [];
  readonly #lookup: Lookup;
  #running = 0;

  constructor(lookup: Lookup = getent) {
    this.#lookup = lookup;
  }

  /** Calls back with the name: at once when it is known or nobody may be asked now. */
  resolve(uid: number, done: Done): void {
    const known = this.#names.get(`${uid}`);
    if (known !== undefined && known.until > performance.now()) {
      done(known.name);
      return;
    }
    const waiting = this.#waiting.get(uid);
    if (waiting !== undefined) {
      waiting.push(done);
      return;
    }
    if (!this.#allowance.take()) {
      done(known?.name);
      return;
    }
    this.#waiting.set(uid, [done]);
    this.#queue.push(uid);
    this.#next();
  }

  #next(): void {
    if (this.#running >= PARALLEL) return;
    const uid = this.#queue.shift();
    if (uid === undefined) return;
    this.#running++;
    this.#lookup(uid, (name) => {
      this.#running--;
      this.#names.set(`${uid}`, { name, until: performance.now() + BELIEVED });
      const waiting = this.#waiting.get(uid) ?? [];
      this.#waiting.delete(uid);
      for (const done of waiting) done(name);
      this.#next();
    });
  }
}

/** One line of passwd(5); nothing when there is no such user, no getent, or no answer in time. */
function getent(uid: number, done: Done): void {
  execFile(
    "getent",
    ["passwd", `${uid}`],
    { timeout: LIMIT, killSignal: "SIGKILL", maxBuffer: 64 * 1024 },
    (error, text) => {
      const [name, , id] = error === null ? text.split(":", 3) : [];
      done(id === `${uid}` && name !== "" ? name : undefined);
    },
  );
}
