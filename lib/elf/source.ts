import type { Budget } from "./budget.js";

/**
 * Random access to the bytes of a file. Parsers read small ranges, never a whole file, so a source over a file needs to
 * hold only a few pages.
 */
export interface Source {
  /** Total number of bytes. */
  readonly size: number;
  /** Name of the file in errors. */
  readonly path?: string;
  /** What reading the file may cost, where `withBudget` set it. Without it, each reader begins with a budget of its own. */
  readonly budget?: Budget;
  /**
   * Exactly `length` bytes starting at `offset`, as a view that the caller must not change. Callers ensure
   * `offset + length <= size`. A source throws when it cannot deliver bytes within its size.
   */
  read(offset: number, length: number): Uint8Array;
}

/** Bytes in memory, or a {@link Source}. */
export type SourceInput = Uint8Array | ArrayBuffer | Source;

class BytesSource implements Source {
  readonly size: number;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    // Creating a view of a plain Uint8Array is twice as fast as of a Node Buffer.
    this.#bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.size = bytes.length;
  }

  read(offset: number, length: number): Uint8Array {
    return this.#bytes.subarray(offset, offset + length);
  }
}

/**
 * The input as a Source; a Source is returned unchanged.
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
  throw new TypeError("expected a Uint8Array, an ArrayBuffer or a Source; readAsync reads a Blob");
}

/**
 * A source over a part of another source, such as a member of an archive, with the same budget. The part must lie inside
 * the whole.
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
    ...(source.budget !== undefined && { budget: source.budget }),
    read: (from, length) => source.read(offset + from, length),
  };
}
