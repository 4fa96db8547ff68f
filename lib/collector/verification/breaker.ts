/** Hangs in a row after which the breaker of a mount opens. */
const MAX_HANGS = 3;
/** How long an open breaker allows no file. Then it allows one file as a trial. */
const OPEN_MS = 30_000;

/** A circuit breaker for each mount, so that a file server that hangs does not use up the time for files of other mounts. */
export class MountBreaker {
  readonly #mounts = new Map<string, { hangs: number; openUntil: number }>();
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Whether a file of this mount may be examined. */
  allows(mount: string): boolean {
    const state = this.#mounts.get(mount);
    if (state === undefined || state.hangs < MAX_HANGS) return true;
    if (state.openUntil > this.#now()) return false;
    // This file is the trial; others wait until it ends.
    state.openUntil = this.#now() + OPEN_MS;
    return true;
  }

  onAnswer(mount: string): void {
    if (this.#mounts.size > 0) this.#mounts.delete(mount);
  }

  onHang(mount: string): void {
    const hangs = (this.#mounts.get(mount)?.hangs ?? 0) + 1;
    this.#mounts.set(mount, { hangs, openUntil: this.#now() + OPEN_MS });
  }
}
