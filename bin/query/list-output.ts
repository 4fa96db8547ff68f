import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createReadStream, openSync, unlinkSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OgrtError } from "../../lib/errors.js";
import type { ListText } from "./list-text.js";

/**
 * Text that may wait for a slow reader of standard output, such as a pager. The tool asks for no further page beyond it; up
 * to it, the collector's snapshot is not held for the reader.
 */
const MAX_WAITING_BYTES = 64 * 1024 * 1024;
/** From here on text goes to a temporary file where the reader must not be waited for. */
const MAX_BUFFERED_BYTES = 1024 * 1024;

/** Writes the rows of a list to standard output, page by page. */
export class ListOutput<Row> {
  readonly #complain: (sentence: string) => void;
  readonly #text: ListText<Row>;
  #rows = 0;
  #hasBegun = false;
  /** Descriptor of the temporary file. */
  #spool: number | undefined;

  constructor(complain: (sentence: string) => void, text: ListText<Row>) {
    this.#complain = complain;
    this.#text = text;
  }

  get rows(): number {
    return this.#rows;
  }

  /**
   * Resolves when there is room for the next page.
   *
   * @param mayWait - false while others wait for the rows to be read, such as a collector for its store.
   * @throws {@link OgrtError} FILE_UNWRITABLE.
   */
  async write(rows: readonly Row[], mayWait: boolean): Promise<void> {
    const { stdout } = process;
    const text = `${this.#hasBegun ? "" : this.#text.heading}${this.#text.lines(rows)}`;
    this.#hasBegun = true;
    this.#rows += rows.length;
    if (this.#spool !== undefined || (!mayWait && stdout.writableLength > MAX_BUFFERED_BYTES)) this.#keep(text);
    else stdout.write(text);
    if (mayWait && stdout.writableLength > MAX_WAITING_BYTES) await once(stdout, "drain");
  }

  #keep(text: string): void {
    const path = join(tmpdir(), `ogrt-query-${randomBytes(8).toString("hex")}`);
    try {
      if (this.#spool === undefined) {
        this.#spool = openSync(path, "wx+", 0o600);
        unlinkSync(path);
      }
      const bytes = Buffer.from(text);
      for (let written = 0; written < bytes.length; ) written += writeSync(this.#spool, bytes, written);
    } catch (cause) {
      const sentence = `cannot hold the list: ${(cause as Error).message}; name another directory by TMPDIR`;
      throw new OgrtError("FILE_UNWRITABLE", sentence, { path: tmpdir(), cause });
    }
  }

  /**
   * Resolves when the reader has taken what was kept for it.
   *
   * @param answer - what the answer says beside the list; undefined when the list is incomplete.
   */
  async end(answer: object | undefined): Promise<void> {
    await this.#passOn();
    if (answer !== undefined) process.stdout.write(this.#text.closing(answer));
  }

  async #passOn(): Promise<void> {
    if (this.#spool === undefined) return;
    for await (const bytes of createReadStream("", { fd: this.#spool, start: 0 })) {
      if (!process.stdout.write(bytes)) await once(process.stdout, "drain");
    }
  }

  /** Says that rows are missing, unless nothing was written at all: the error that follows says why. */
  complainIncomplete(): void {
    if (!this.#hasBegun) return;
    this.#complain(`the output is incomplete: the list has more rows than the ${this.#rows} printed`);
  }
}
