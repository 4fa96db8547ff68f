import type { Reporter } from "../../verify/index.js";
import { NO_USER } from "./requester.js";
import { UuidTable } from "./uuid-table.js";

/** The table holds at least this many processes, and at most twice as many. */
const MIN_PROCESSES = 2 ** 17;

const OWN_HOST = 1;
const IN_CONTAINER = 2;
const FIRST_SIGNATURE_ONLY = 4;
const OWN_MOUNTS = 8;
const OTHER_ROOT = 16;

/** What is known of a process that started. */
export interface Start {
  readonly reporter: Reporter;
  /** See {@link claimedUser}. */
  readonly user: number;
}

/**
 * The fields of start records that verdicts on the objects of end records need. Of the host, they need only whether it
 * is this one. The fields are numbers in arrays, since small objects would burden the garbage collector: 15 MB for 130,000
 * to 260,000 processes.
 */
export class Starts {
  readonly #host: string;
  readonly #processes = new UuidTable(MIN_PROCESSES);
  readonly #startedBefore = new BigUint64Array(this.#processes.slots);
  readonly #flags = new Uint8Array(this.#processes.slots);
  readonly #users = new Uint32Array(this.#processes.slots);

  /** @param host - this host as its processes report it. */
  constructor(host: string) {
    this.#host = host;
  }

  set(uuid: string, { reporter, user }: Start): void {
    const { host, inContainer, mountView, startedBefore, firstSignatureOnly } = reporter;
    const slot = this.#processes.add(uuid);
    // A later part of the same record has the same fields.
    if (slot < 0) return;
    this.#startedBefore[slot] = startedBefore;
    this.#users[slot] = user;
    this.#flags[slot] =
      (host === this.#host ? OWN_HOST : 0) |
      (inContainer === true ? IN_CONTAINER : 0) |
      (mountView === "own-mounts" ? OWN_MOUNTS : mountView === "other-root" ? OTHER_ROOT : 0) |
      (firstSignatureOnly ? FIRST_SIGNATURE_ONLY : 0);
  }

  get(uuid: string): Start | undefined {
    const slot = this.#processes.find(uuid);
    if (slot < 0) return undefined;
    const flags = this.#flags[slot] ?? 0;
    const reporter: Reporter = {
      host: (flags & OWN_HOST) === 0 ? undefined : this.#host,
      inContainer: (flags & IN_CONTAINER) !== 0,
      mountView: (flags & OWN_MOUNTS) !== 0 ? "own-mounts" : (flags & OTHER_ROOT) !== 0 ? "other-root" : undefined,
      startedBefore: this.#startedBefore[slot] ?? 0n,
      firstSignatureOnly: (flags & FIRST_SIGNATURE_ONLY) !== 0,
    };
    return { reporter, user: this.#users[slot] ?? NO_USER };
  }
}
