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

/** What can be made a {@link Source}: bytes in memory, or a Source already. */
export type SourceInput = Uint8Array | ArrayBuffer | Source;

class BytesSource implements Source {
  readonly size: number;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    // Views of a plain Uint8Array are made twice as fast as those of a Node Buffer.
    this.#bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.size = bytes.length;
  }

  read(offset: number, length: number): Uint8Array {
    return this.#bytes.subarray(offset, offset + length);
  }
}

/**
 * The input as a Source; a Source is passed through.
 *
 * @example
 * ```ts
 * const source = toSource(readFileSync("/bin/sh"));
 * assert.equal(source.read(1, 3).length, 3);
 * ```
 */
export function toSource(input: SourceInput): Source {
  if (input instanceof Uint8Array) return new BytesSource(input);
  if (input instanceof ArrayBuffer) return new BytesSource(new Uint8Array(input));
  if (typeof input?.size === "number" && typeof input.read === "function") return input;
  throw new TypeError("expected a Uint8Array, an ArrayBuffer or a Source");
}

/**
 * A part of a source as a source of its own, such as a member of an archive. The part must lie inside the whole.
 *
 * @example
 * ```ts
 * const whole = toSource(readFileSync("/bin/sh"));
 * assert.equal(partOfSource(whole, 1, 3).size, 3);
 * ```
 */
export function partOfSource(source: Source, offset: number, size: number, path = source.path): Source {
  return {
    size,
    ...(path !== undefined && { path }),
    read: (from, length) => source.read(offset + from, length),
  };
}
