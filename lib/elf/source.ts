/**
 * Where the bytes of a file come from. The parsers ask for small ranges and never for a whole file, so a source over a
 * file needs to hold only a few pages.
 */
export interface Source {
  /** Total number of bytes. */
  readonly size: number;
  /** What errors call the file. */
  readonly path?: string;
  /**
   * Exactly `length` bytes starting at `offset`, as a view that the caller must not change. Callers keep
   * `offset + length <= size`; a source throws when it can't deliver what its size promised.
   */
  read(offset: number, length: number): Uint8Array;
}

/** What every reader of this library accepts: bytes in memory, or a {@link Source}. */
export type ElfInput = Uint8Array | ArrayBuffer | Source;

class BytesSource implements Source {
  readonly size: number;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.size = bytes.length;
  }

  read(offset: number, length: number): Uint8Array {
    return this.#bytes.subarray(offset, offset + length);
  }
}

/** The input as a Source; a Source is passed through. */
export function toSource(input: ElfInput): Source {
  if (input instanceof Uint8Array) return new BytesSource(input);
  if (input instanceof ArrayBuffer) return new BytesSource(new Uint8Array(input));
  if (typeof input?.size === "number" && typeof input.read === "function") return input;
  throw new TypeError("expected a Uint8Array, an ArrayBuffer or a Source");
}
