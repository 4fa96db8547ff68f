/** Hangs in a row after which the breaker of a mount opens. */
const MAX_HANGS = 3;
/** How long an open breaker lets no file pass; then it lets one file pass as a trial. */
const OPEN_MS = 30_000;

interface MountState {
  hangs: number;
  openUntil: number;
}

/** A circuit breaker for each mount: a file server that hangs must not use up the time for files of other mounts. */
export class MountBreaker {
  readonly #mounts = new Map<string, MountState>();
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Whether a file of this mount may be examined. */
  allows(mount: string): boolean {
    const state = this.#mounts.get(mount);
    if (state === undefined || state.hangs < MAX_HANGS) return true;
    if (state.openUntil > this.#now()) return false;
    // The trial: no other file passes until it ends.
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
