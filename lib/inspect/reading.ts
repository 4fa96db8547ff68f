import type { ReadOptions } from "../elf/index.js";
import { OgrtError } from "../errors.js";
import type { UnreadPart } from "./finding.js";

/** The reading of one file in parts: damage of one, or a limit, must not hide the others. */
export class Reading implements ReadOptions {
  readonly #options: ReadOptions;
  readonly #unread = new Set<UnreadPart>();
  #limit: OgrtError | undefined;
  #part: UnreadPart = "kind";

  /** @param options - `onProblem` gets what cannot be read, and one problem of all parts that exceed a limit. */
  constructor(options: ReadOptions) {
    this.#options = options;
  }

  /** Parts that were not read, or not completely. */
  get unread(): UnreadPart[] {
    return [...this.#unread];
  }

  hasRead(part: UnreadPart): boolean {
    return !this.#unread.has(part);
  }

  readonly onProblem = (problem: OgrtError): void => {
    if (problem.code !== "LIMIT_EXCEEDED") {
      this.#options.onProblem?.(problem);
      return;
    }
    this.#unread.add(this.#part);
    this.#limit ??= problem;
  };

  /** Runs a reader. An error about the content of the file is a problem, and the result is undefined. */
  attempt<T>(part: UnreadPart, read: () => T): T | undefined {
    this.#part = part;
    try {
      return read();
    } catch (error) {
      if (!(error instanceof OgrtError) || error.code.startsWith("FILE_")) throw error;
      this.onProblem(error);
      return undefined;
    }
  }

  /** Reports what was not read. */
  end(): void {
    if (this.#limit === undefined) return;
    // The reading of an archive tells what its members' readings left out.
    if (this.#options instanceof Reading) {
      this.#options.onProblem(this.#limit);
      return;
    }
    const { message, path, offset, value } = this.#limit;
    const sentence = path === undefined ? message : message.slice(path.length + 2);
    const details = { path, offset, value };
    this.#options.onProblem?.(
      new OgrtError("LIMIT_EXCEEDED", `${sentence}; not read: ${this.unread.join(", ")}`, details),
    );
  }
}
