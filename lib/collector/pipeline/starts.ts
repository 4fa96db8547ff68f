import type { Reporter } from "../../verify/index.js";
import { UuidTable } from "./uuid-table.js";

/** Processes that are known at least. */
const REMEMBERED = 2 ** 17;

const OWN_HOST = 1;
const IN_CONTAINER = 2;
const FIRST_SIGNATURE_ONLY = 4;

/**
 * What starts said that their end records don't: without it nobody knows whose files an end means. Of a host only
 * whether it is this one: verdicts ask nothing else. A hundred thousand small objects would be a burden for the
 * garbage collector, so they are numbers in arrays: 13 MB for 130,000 to 260,000 processes.
 */
export class Starts {
  readonly #host: string;
  readonly #processes = new UuidTable(REMEMBERED);
  readonly #startedBefore = new BigUint64Array(this.#processes.places);
  readonly #flags = new Uint8Array(this.#processes.places);

  /** @param host - this host as its processes report it. */
  constructor(host: string) {
    this.#host = host;
  }

  set(uuid: string, { host, inContainer, startedBefore, firstSignatureOnly }: Reporter): void {
    const place = this.#processes.add(uuid);
    // A later part of a record that came in several: it says the same.
    if (place < 0) return;
    this.#startedBefore[place] = startedBefore;
    this.#flags[place] =
      (host === this.#host ? OWN_HOST : 0) |
      (inContainer === true ? IN_CONTAINER : 0) |
      (firstSignatureOnly ? FIRST_SIGNATURE_ONLY : 0);
  }

  get(uuid: string): Reporter | undefined {
    const place = this.#processes.find(uuid);
    if (place < 0) return undefined;
    const flags = this.#flags[place] ?? 0;
    return {
      host: (flags & OWN_HOST) === 0 ? undefined : this.#host,
      inContainer: (flags & IN_CONTAINER) !== 0,
      startedBefore: this.#startedBefore[place] ?? 0n,
      firstSignatureOnly: (flags & FIRST_SIGNATURE_ONLY) !== 0,
    };
  }
}
