const MAX_LINES_PER_WINDOW = 10;
const WINDOW_MS = 60_000;

/** Limits the lines of each event per minute and counts the rest, so that a flood of problems does not fill a disk. */
export class Throttle<Name extends string> {
  readonly #windows = new Map<Name, { lines: number; suppressed: number }>();
  readonly #onSuppressed: (name: Name, lines: number) => void;

  /** @param onSuppressed - called at the end of a window that suppressed lines, with their number. */
  constructor(onSuppressed: (name: Name, lines: number) => void) {
    this.#onSuppressed = onSuppressed;
  }

  /** Counts a line; false if it must not be written. */
  allows(name: Name): boolean {
    const window = this.#windows.get(name);
    if (window === undefined) {
      this.#windows.set(name, { lines: 1, suppressed: 0 });
      setTimeout(() => this.#end(name), WINDOW_MS).unref();
      return true;
    }
    if (window.lines < MAX_LINES_PER_WINDOW) {
      window.lines++;
      return true;
    }
    window.suppressed++;
    return false;
  }

  /** Ends all windows, so that suppressed lines are reported before the log closes. */
  flush(): void {
    for (const name of [...this.#windows.keys()]) this.#end(name);
  }

  #end(name: Name): void {
    const suppressed = this.#windows.get(name)?.suppressed ?? 0;
    this.#windows.delete(name);
    if (suppressed > 0) this.#onSuppressed(name, suppressed);
  }
}
