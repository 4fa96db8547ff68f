/** Hangs in a row after which a mount is left alone: one may be a busy moment. */
const HANGS = 3;
/** How long it is left alone, in milliseconds; then one file is tried. */
const PAUSE = 30_000;

interface MountState {
  hangs: number;
  closedUntil: number;
}

/** One breaker per mount: where file after file hangs, no more are looked at for a while, so that others are. */
export class MountBreaker {
  readonly #mounts = new Map<string, MountState>();
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Whether a file on this mount may be looked at. */
  allows(mount: string): boolean {
    const state = this.#mounts.get(mount);
    if (state === undefined || state.hangs < HANGS) return true;
    if (state.closedUntil > this.#now()) return false;
    // This one is the try; until it has ended no other is.
    state.closedUntil = this.#now() + PAUSE;
    return true;
  }

  answered(mount: string): void {
    if (this.#mounts.size > 0) this.#mounts.delete(mount);
  }

  hung(mount: string): void {
    const hangs = (this.#mounts.get(mount)?.hangs ?? 0) + 1;
    this.#mounts.set(mount, { hangs, closedUntil: this.#now() + PAUSE });
  }
}
