import { Fields } from "./fields.js";
import type { BudgetedSource } from "./metered-source.js";

/** Bytes read from the source at a time: some dozens of records, never a whole table. */
const PIECE_BYTES = 4096;
const EMPTY = /* @__PURE__ */ new Uint8Array(0);

/**
 * A range of a source, read forwards record by record. It is fetched in pieces, so that neither a long table nor one with
 * forged counts costs more memory than a piece.
 *
 * {@link Window.at} loads a record, which is a step, and returns its offset in the piece; fields are read relative to that.
 */
export class Window extends Fields {
  readonly #source: BudgetedSource;
  readonly #end: number;
  #bytes: Uint8Array = EMPTY;
  #start = 0;

  /** @param end - file offset at which reading ahead stops. */
  constructor(source: BudgetedSource, littleEndian: boolean, end: number) {
    super(undefined, littleEndian);
    this.#source = source;
    this.#end = end;
  }

  /** Loads `length` bytes at file offset `offset`, which the caller has checked, and returns their offset in the piece. */
  at(offset: number, length: number): number {
    this.#source.budget.work(1, this.#source, offset);
    if (offset < this.#start || offset + length > this.#start + this.#bytes.length) {
      const size = Math.max(length, Math.min(PIECE_BYTES, this.#end - offset));
      this.#bytes = this.#source.read(offset, size);
      this.load(this.#bytes);
      this.#start = offset;
    }
    return offset - this.#start;
  }

  /** A view of the piece, at an offset that {@link Window.at} returned. */
  view(at: number, length: number): Uint8Array {
    return this.#bytes.subarray(at, at + length);
  }
}
