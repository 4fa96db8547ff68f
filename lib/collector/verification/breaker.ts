/** Hangs in a row after which the breaker of a mount opens. */
const MAX_HANGS = 3;
/** How long an open breaker lets no file pass; then it lets one file pass as a trial. */
const OPEN_MS = 30_000;
/** Mounts with hangs that are remembered. */
const MAX_MOUNTS = 1000;
/** Children that wait for one mount at the same time, killed ones too. Meanwhile others do not touch it. */
const MAX_WAITING = 2;

interface MountState {
  hangs: number;
  openUntil: number;
}

/** A circuit breaker for each mount: a file server that hangs must not use up the time for files of other mounts. */
export class MountBreaker {
  readonly #mounts = new Map<string, MountState>();
  /** Child → the mount that it waits for. */
  readonly #waiting = new Map<number, string>();
  /** Mount → killed children that wait for it still. SIGKILL has no effect until a dead file server answers. */
  readonly #undead = new Map<string, number>();
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /**
   * The mounts that a child must not touch: those whose breaker is open, and those that others wait for.
   *
   * @param isTrial - leaves out those of which one file may be examined again after a pause. One child at a time gets this
   * list, since it examines one file after the other.
   */
  avoided(isTrial: boolean): string[] {
    if (this.#mounts.size + this.#undead.size + this.#waiting.size === 0) return [];
    const mounts = new Set([...this.#mounts.keys(), ...this.#undead.keys(), ...this.#waiting.values()]);
    return [...mounts].filter(
      (mount) =>
        this.isAwaited(mount) || this.#isStuck(mount) || (this.isOpen(mount) && !(isTrial && this.#isRested(mount))),
    );
  }

  /** Whether the breaker of a mount is open. */
  isOpen(mount: string): boolean {
    return this.#isStuck(mount) || (this.#mounts.get(mount)?.hangs ?? 0) >= MAX_HANGS;
  }

  /** Whether as many children wait for a mount as may, and none of them was given up yet. */
  isAwaited(mount: string): boolean {
    return [...this.#waiting.values()].filter((other) => other === mount).length >= MAX_WAITING;
  }

  /** A child waits for a mount, or, with undefined, for none. */
  onWaiting(child: number, mount: string | undefined): void {
    if (mount === undefined) this.#waiting.delete(child);
    else this.#waiting.set(child, mount);
  }

  onAnswer(mount: string): void {
    if (this.#mounts.size > 0) this.#mounts.delete(mount);
  }

  /** @param ended - fulfilled when the killed child has ended. */
  onHang(mount: string, ended: Promise<void>): void {
    const hangs = (this.#mounts.get(mount)?.hangs ?? 0) + 1;
    this.#mounts.delete(mount);
    this.#mounts.set(mount, { hangs, openUntil: this.#now() + OPEN_MS });
    const [oldest] = this.#mounts.keys();
    if (this.#mounts.size > MAX_MOUNTS && oldest !== undefined) this.#mounts.delete(oldest);
    this.#countUndead(mount, 1);
    void ended.then(() => this.#countUndead(mount, -1));
  }

  #isStuck(mount: string): boolean {
    return (this.#undead.get(mount) ?? 0) >= MAX_WAITING;
  }

  #isRested(mount: string): boolean {
    return (this.#mounts.get(mount)?.openUntil ?? 0) <= this.#now();
  }

  #countUndead(mount: string, change: number): void {
    const count = (this.#undead.get(mount) ?? 0) + change;
    if (count === 0) this.#undead.delete(mount);
    else this.#undead.set(mount, count);
  }
}
