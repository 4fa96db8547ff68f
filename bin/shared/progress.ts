import { complain } from "./program.js";

const INTERVAL_MS = 200;

/** One line on a terminal that tells how far a long job is; nothing at all where stderr is no terminal. */
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
    }, INTERVAL_MS);
    this.#timer.unref();
  }

  /** A message on a line of its own. */
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
