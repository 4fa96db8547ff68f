import { Fields } from "./fields.js";
import type { Source } from "./source.js";

/** Bytes asked of the source at a time: some dozens of records, and never a table's whole size. */
const PIECE = 4096;
const EMPTY = /* @__PURE__ */ new Uint8Array(0);

/**
 * A stretch of a source that is walked forwards, record by record: fetched in pieces, so that neither a long table nor
 * one with forged counts costs more memory than a piece.
 *
 * {@link Window.at} makes a record available and says where it stands in the piece; the fields are then read relative
 * to that.
 */
export class Window extends Fields {
  readonly #source: Source;
  readonly #end: number;
  #bytes: Uint8Array = EMPTY;
  #start = 0;

  /** `end`: where reading ahead stops; nothing behind it is asked for. */
  constructor(source: Source, littleEndian: boolean, end: number) {
    super(EMPTY, littleEndian);
    this.#source = source;
    this.#end = end;
  }

  /** Fetches `length` bytes at file offset `offset`, which the caller has checked to be inside, and says where they are. */
  at(offset: number, length: number): number {
    if (offset < this.#start || offset + length > this.#start + this.#bytes.length) {
      const size = Math.max(length, Math.min(PIECE, this.#end - offset));
      this.#bytes = this.#source.read(offset, size);
      this.load(this.#bytes);
      this.#start = offset;
    }
    return offset - this.#start;
  }

  /** A view of the piece, from where {@link Window.at} said. */
  view(at: number, length: number): Uint8Array {
    return this.#bytes.subarray(at, at + length);
  }
}
