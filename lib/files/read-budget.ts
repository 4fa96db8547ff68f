import { OgrtError } from "../errors.js";

/** What reading of files that anyone may write may cost. */
export interface ReadLimits {
  readonly bytes: number;
  readonly lines: number;
  readonly milliseconds: number;
}

/** A budget of bytes, lines and time, which several files can share. The time starts with the budget. */
export class ReadBudget {
  readonly #limits: ReadLimits;
  readonly #began = performance.now();
  #bytes = 0;
  #lines = 0;
  #isSpent = false;

  constructor(limits: ReadLimits) {
    this.#limits = limits;
  }

  /** True after {@link take} has failed. */
  get isSpent(): boolean {
    return this.#isSpent;
  }

  /**
   * Takes a line, or a part of one, before it is used.
   *
   * @throws `OgrtError` LIMIT_EXCEEDED.
   */
  take(bytes: number, path: string, offset: number): void {
    const { bytes: maxBytes, lines: maxLines, milliseconds } = this.#limits;
    this.#bytes += bytes;
    this.#lines++;
    const limit =
      this.#bytes > maxBytes
        ? `${maxBytes} bytes`
        : this.#lines > maxLines
          ? `${maxLines} lines`
          : performance.now() - this.#began > milliseconds
            ? `${milliseconds / 1000} s`
            : undefined;
    if (limit === undefined) return;
    this.#isSpent = true;
    throw new OgrtError("LIMIT_EXCEEDED", `reading stopped after ${limit}, at offset ${offset}`, { path, offset });
  }
}
