import { OgrtError } from "../errors.js";
import type { Source } from "./source.js";

/** A {@link Source} whose reads are asynchronous: an object store, a server, a file read without blocking. */
export interface AsyncSource {
  /** Total number of bytes. */
  readonly size: number;
  /** Name of the file in errors. */
  readonly path?: string;
  /** Exactly `length` bytes starting at `offset`. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** A `Blob`, or a `File` of a browser. */
export interface BlobLike {
  /** Total number of bytes. */
  readonly size: number;
  /** Name of a `File`. */
  readonly name?: string;
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

/** Bytes of the first fetch; doubled with each further one, up to {@link MAX_FETCH_BYTES}. */
const FIRST_FETCH_BYTES = 4096;
const MAX_FETCH_BYTES = 256 << 10;
/** Bytes kept of one file. A sound file needs a few pages; only a hostile one needs more than this. */
const MAX_CACHED_BYTES = 32 << 20;
/** Bytes of a fetch before the wanted range: the section names, which are needed next, precede the section headers. */
const LOOK_BEHIND_BYTES = 2048;

/** Thrown by {@link PageCache} to stop the parser at bytes that are not fetched yet; never leaves this module. */
class Missing {
  readonly offset: number;
  readonly length: number;

  constructor(offset: number, length: number) {
    this.offset = offset;
    this.length = length;
  }
}

class PageCache implements Source {
  readonly size: number;
  readonly path?: string;
  readonly #pages: { offset: number; bytes: Uint8Array }[] = [];
  #cached = 0;

  constructor(source: AsyncSource) {
    this.size = source.size;
    if (source.path !== undefined) this.path = source.path;
  }

  read(offset: number, length: number): Uint8Array {
    for (const page of this.#pages) {
      if (offset >= page.offset && offset + length <= page.offset + page.bytes.length) {
        return page.bytes.subarray(offset - page.offset, offset - page.offset + length);
      }
    }
    throw new Missing(offset, length);
  }

  add(offset: number, bytes: Uint8Array): void {
    this.#cached += bytes.length;
    if (this.#cached > MAX_CACHED_BYTES) {
      const sentence = `reading it took more than ${MAX_CACHED_BYTES} bytes`;
      throw new OgrtError("LIMIT_EXCEEDED", sentence, { path: this.path, offset, value: this.#cached });
    }
    this.#pages.unshift({ offset, bytes });
  }
}

/** A Blob as an asynchronous source. */
const blobSource = (blob: BlobLike): AsyncSource => ({
  size: blob.size,
  ...(typeof blob.name === "string" && { path: blob.name }),
  read: async (offset, length) => new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer()),
});

function asyncSource(input: AsyncSource | BlobLike): AsyncSource {
  if (typeof input?.size === "number") {
    if ("read" in input) return input;
    if (typeof input.slice === "function") return blobSource(input);
  }
  throw new TypeError("readAsync expects a Blob or an AsyncSource; readers take a Uint8Array without it");
}

/**
 * Runs a reader of this library over a Blob or another asynchronous source. The parser is synchronous: at bytes that are
 * not fetched yet it stops, `readAsync` fetches them and starts it again. Fetches double in size, so a file of any size
 * needs few of them.
 *
 * `read` may therefore run several times. It must have no side effects, and must consume its iterators.
 *
 * @example
 * ```ts
 * const blob = new Blob([readFileSync("/bin/sh")]);
 * assert.equal(await readAsync(blob, isElf), true);
 * const { byteOrder } = await readAsync(blob, readHeader);
 * assert.ok(byteOrder === "little" || byteOrder === "big");
 * ```
 *
 * @throws what `read` or the source throws, and {@link OgrtError} LIMIT_EXCEEDED when the reader needs more than 32 MiB.
 */
export async function readAsync<T>(input: AsyncSource | BlobLike, read: (source: Source) => T): Promise<T> {
  const source = asyncSource(input);
  const cache = new PageCache(source);
  for (let fetchSize = FIRST_FETCH_BYTES; ; fetchSize = Math.min(fetchSize * 2, MAX_FETCH_BYTES)) {
    try {
      return read(cache);
    } catch (missing) {
      if (!(missing instanceof Missing)) throw missing;
      const spare = Math.max(fetchSize - missing.length, 0);
      const start = Math.max(missing.offset - Math.min(LOOK_BEHIND_BYTES, spare), 0);
      const end = Math.min(Math.max(start + fetchSize, missing.offset + missing.length), source.size);
      const bytes = await source.read(start, end - start);
      if (bytes.length !== end - start) {
        throw new RangeError(`source returned ${bytes.length} of ${end - start} bytes at ${start}`);
      }
      cache.add(start, bytes);
    }
  }
}
