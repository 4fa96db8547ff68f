/** Hangs in a row after which the breaker of a mount opens. */
const MAX_HANGS = 3;
/** How long an open breaker lets no file pass; then it lets one file pass as a trial. */
const OPEN_MS = 30_000;
/** Mounts with hangs that are remembered. */
const MAX_MOUNTS = 1000;

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

  /**
   * The mounts whose breaker is open.
   *
   * @param isTrial - leaves out those of which one file may be examined again. One child at a time gets this list, since
   * it examines one file after the other.
   */
  avoided(isTrial: boolean): string[] {
    if (this.#mounts.size === 0) return [];
    return [...this.#mounts]
      .filter(([, { hangs, openUntil }]) => hangs >= MAX_HANGS && !(isTrial && openUntil <= this.#now()))
      .map(([mount]) => mount);
  }

  onAnswer(mount: string): void {
    if (this.#mounts.size > 0) this.#mounts.delete(mount);
  }

  onHang(mount: string): void {
    const hangs = (this.#mounts.get(mount)?.hangs ?? 0) + 1;
    this.#mounts.delete(mount);
    this.#mounts.set(mount, { hangs, openUntil: this.#now() + OPEN_MS });
    const [oldest] = this.#mounts.keys();
    if (this.#mounts.size > MAX_MOUNTS && oldest !== undefined) this.#mounts.delete(oldest);
  }
}
