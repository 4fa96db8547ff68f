import { complain } from "./program.js";

const REDRAW_INTERVAL_MS = 200;

/** A progress line on a terminal. It prints nothing when stderr is not a terminal. */
export class ProgressLine {
  readonly #tool: string;
  readonly #timer: NodeJS.Timeout | undefined;
  #drawn = false;

  constructor(tool: string, text: () => string) {
    this.#tool = tool;
    if (!process.stderr.isTTY) return;
    this.#timer = setInterval(() => {
      this.#drawn = true;
      process.stderr.write(`\r\u001b[K${text()}`);
    }, REDRAW_INTERVAL_MS);
    this.#timer.unref();
  }

  /** Prints a message on a separate line. */
  complain(sentence: string): void {
    this.#clear();
    complain(this.#tool, sentence);
  }

  end(): void {
    clearInterval(this.#timer);
    this.#clear();
  }

  #clear(): void {
    if (this.#drawn) process.stderr.write("\r\u001b[K");
    this.#drawn = false;
  }
}
