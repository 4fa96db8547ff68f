const MAX_LINES_PER_WINDOW = 10;
const WINDOW_MS = 60_000;

/** Limits the lines of each event per minute and counts the rest, so that a flood of problems does not fill a disk. */
export class Throttle<Name extends string> {
  /** Lines of the window of each name, with those that were suppressed. */
  readonly #lines = new Map<Name, number>();
  readonly #onSuppressed: (name: Name, lines: number) => void;

  /** @param onSuppressed - called at the end of a window that suppressed lines, with their number. */
  constructor(onSuppressed: (name: Name, lines: number) => void) {
    this.#onSuppressed = onSuppressed;
  }

  /** Counts a line; false if it must not be written. */
  allows(name: Name): boolean {
    const lines = (this.#lines.get(name) ?? 0) + 1;
    this.#lines.set(name, lines);
    if (lines === 1) setTimeout(() => this.#end(name), WINDOW_MS).unref();
    return lines <= MAX_LINES_PER_WINDOW;
  }

  /** Ends all windows, so that suppressed lines are reported before the log closes. */
  flush(): void {
    for (const name of [...this.#lines.keys()]) this.#end(name);
  }

  #end(name: Name): void {
    const suppressed = (this.#lines.get(name) ?? 0) - MAX_LINES_PER_WINDOW;
    this.#lines.delete(name);
    if (suppressed > 0) this.#onSuppressed(name, suppressed);
  }
}
