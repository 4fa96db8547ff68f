import { MAX_NAME_BYTES, MAX_PAIRS } from "./name-table.js";
import type { NamesHeader, NamesRead } from "./protocol.js";
import { MAX_CATALOGUE_BYTES } from "./sources.js";

const MAX_HEADER_BYTES = 1024 * 1024;
/** Most bytes of each array: signatures, names, offsets of the names, their texts, catalogued files. */
const MAX_ARRAY_BYTES = [MAX_PAIRS * 16, MAX_PAIRS * 4, (MAX_PAIRS + 1) * 4, MAX_NAME_BYTES, MAX_CATALOGUE_BYTES];
const NEWLINE = 0x0a;

/** Output of the names process, piece by piece → all names. */
export class NamesOutput {
  #line: Buffer = Buffer.alloc(0);
  #header: NamesHeader | undefined;
  #arrays: Uint8Array<ArrayBuffer>[] = [];
  /** The array that is being filled, and how far. */
  #index = 0;
  #filled = 0;

  /** Adds a piece; the names when it was the last one. @throws when the output is invalid. */
  push(piece: Uint8Array): NamesRead | undefined {
    let rest = piece;
    while (this.#header === undefined) {
      const end = rest.indexOf(NEWLINE);
      this.#line = Buffer.concat([this.#line, rest.subarray(0, end === -1 ? rest.length : end)]);
      if (this.#line.length > MAX_HEADER_BYTES) throw new Error("the names process wrote an invalid header");
      if (end === -1) return undefined;
      rest = rest.subarray(end + 1);
      // Empty lines only show that the process is alive.
      if (this.#line.length > 0) this.#begin(JSON.parse(this.#line.toString()) as NamesHeader);
      this.#line = Buffer.alloc(0);
    }
    return this.#fill(rest, this.#header);
  }

  #begin(header: NamesHeader): void {
    const isValid = MAX_ARRAY_BYTES.every((max, index) => (header.bytes[index] ?? Number.POSITIVE_INFINITY) <= max);
    if (!isValid) throw new Error("the names process wrote an invalid header");
    this.#arrays = header.bytes.map((bytes) => new Uint8Array(bytes));
    this.#header = header;
  }

  #fill(bytes: Uint8Array, { bytes: _, ...header }: NamesHeader): NamesRead | undefined {
    let rest = bytes;
    for (let array = this.#arrays[this.#index]; array !== undefined; array = this.#arrays[this.#index]) {
      const taken = rest.subarray(0, array.length - this.#filled);
      array.set(taken, this.#filled);
      this.#filled += taken.length;
      rest = rest.subarray(taken.length);
      if (this.#filled < array.length) return undefined;
      this.#index++;
      this.#filled = 0;
    }
    const [signatures, names, offsets, text, catalogue] = this.#arrays as Tuple;
    const words = ({ buffer }: Uint8Array<ArrayBuffer>) => new Uint32Array(buffer);
    const arrays = { signatures: words(signatures), names: words(names), offsets: words(offsets), text };
    return { ...header, arrays, catalogue };
  }
}

type Bytes = Uint8Array<ArrayBuffer>;
type Tuple = [Bytes, Bytes, Bytes, Bytes, Bytes];
