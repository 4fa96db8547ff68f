/** Lines of one event in a window, and how long that is, in milliseconds. */
const LINES = 10;
const WINDOW = 60_000;

/** Lets ten lines of each event through a minute and counts the others: a flood of problems must not fill a disk. */
export class Throttle<Name extends string> {
  readonly #windows = new Map<Name, { lines: number; suppressed: number }>();
  readonly #onSuppressed: (name: Name, lines: number) => void;

  /** @param onSuppressed - told at the end of a window how many lines it has cost. */
  constructor(onSuppressed: (name: Name, lines: number) => void) {
    this.#onSuppressed = onSuppressed;
  }

  /** Whether one more line may be written now. */
  allows(name: Name): boolean {
    const window = this.#windows.get(name);
    if (window === undefined) {
      this.#windows.set(name, { lines: 1, suppressed: 0 });
      setTimeout(() => this.#end(name), WINDOW).unref();
      return true;
    }
    if (window.lines < LINES) {
      window.lines++;
      return true;
    }
    window.suppressed++;
    return false;
  }

  /** Ends all windows, for the last lines before an end. */
  flush(): void {
    for (const name of [...this.#windows.keys()]) this.#end(name);
  }

  #end(name: Name): void {
    const suppressed = this.#windows.get(name)?.suppressed ?? 0;
    this.#windows.delete(name);
    if (suppressed > 0) this.#onSuppressed(name, suppressed);
  }
}
