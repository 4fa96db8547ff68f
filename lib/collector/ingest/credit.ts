/**
 * Bytes of frames that may still be accepted. A frame takes credit for its size, and its completion gives the credit
 * back. This bounds the bytes in flight.
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

  /** Calls back once, at the next {@link give}. */
  onCredit(callback: () => void): void {
    this.#callbacks.add(callback);
  }
}
