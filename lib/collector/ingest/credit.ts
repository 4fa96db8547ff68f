/**
 * Bytes of frames that may still be accepted. A frame takes its size in credit and gives it back when it completes, so
 * that the bytes in flight are bounded.
 */
export class Credit {
  #left: number;
  readonly #callbacks = new Set<() => void>();

  constructor(bytes: number) {
    this.#left = bytes;
  }

  take(bytes: number): boolean {
    if (bytes > this.#left) return false;
    this.#left -= bytes;
    return true;
  }

  give(bytes: number): void {
    this.#left += bytes;
    const callbacks = [...this.#callbacks];
    this.#callbacks.clear();
    for (const callback of callbacks) callback();
  }

  /** Calls back once, when credit was given back. */
  onCredit(callback: () => void): void {
    this.#callbacks.add(callback);
  }
}
