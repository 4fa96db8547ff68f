import { elapsed } from "../../lib/shared/time.js";
import { complain } from "./program.js";

const REDRAW_INTERVAL_MS = 200;
/** What takes longer than this shows that it goes on. */
const LONG_MS = 1000;

/** A progress line on a terminal. It prints nothing when stderr is not a terminal. */
export class ProgressLine {
  readonly #tool: string;
  readonly #timer: NodeJS.Timeout | undefined;
  #drawn = false;

  /** @param delayMs - time before the line first appears. */
  constructor(tool: string, text: () => string, delayMs = 0) {
    this.#tool = tool;
    if (!process.stderr.isTTY) return;
    const started = performance.now();
    this.#timer = setInterval(() => {
      if (performance.now() - started < delayMs) return;
      this.#drawn = true;
      process.stderr.write(`\r\u001b[K${text()}`);
    }, REDRAW_INTERVAL_MS);
    this.#timer.unref();
  }

  /** Prints a message on a separate line. */
  complain(sentence: string): void {
    this.clear();
    complain(this.#tool, sentence);
  }

  end(): void {
    clearInterval(this.#timer);
    this.clear();
  }

  /**
   * Shows what takes long, and since when, while it runs.
   *
   * @param what - such as `export monday`; may change meanwhile.
   */
  static async during<T>(tool: string, what: () => string, work: () => Promise<T>): Promise<T> {
    const started = performance.now();
    const age = () => elapsed(Math.floor((performance.now() - started) / 1000));
    const line = new ProgressLine(tool, () => `${what()}: ${age()}`, LONG_MS);
    try {
      return await work();
    } finally {
      line.end();
    }
  }

  /** Erases the line, before output that may go to the same terminal. */
  clear(): void {
    if (this.#drawn) process.stderr.write("\r\u001b[K");
    this.#drawn = false;
  }
}
