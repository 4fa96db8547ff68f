/**
 * Bytes of frames that may still be taken. Every byte handed on costs credit, which comes back when its frame is
 * settled, so that what is under way is bounded.
 */
export class Credit {
  #left: number;
  readonly #waiting = new Set<() => void>();

  constructor(bytes: number) {
    this.#left = bytes;
  }

  take(bytes: number): boolean {
    if (bytes > this.#left) return false;
    this.#left -= bytes;
    return true;
  }

  /** Gives bytes back and wakes who waits for them. */
  give(bytes: number): void {
    this.#left += bytes;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }

  /** Calls back once, when credit has come. */
  onCredit(wake: () => void): void {
    this.#waiting.add(wake);
  }
}
