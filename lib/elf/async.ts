import { OgrtError } from "../errors.js";
import type { Source } from "./source.js";

/** As {@link Source}, where reading takes time: a Blob of a browser, an object store, a file read without blocking. */
export interface AsyncSource {
  /** Total number of bytes. */
  readonly size: number;
  /** What errors call the file. */
  readonly path?: string;
  /** Exactly `length` bytes starting at `offset`. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** Bytes fetched for a first missing range; doubled with each fetch, up to {@link MAX_FETCH}. */
const FIRST_FETCH = 4096;
const MAX_FETCH = 256 << 10;
/** All that is kept of one file. A sound file needs a few pages; one that wants more is made to. */
const MAX_CACHED = 32 << 20;
/** Part of a fetch that lies before the wanted range, because section names stand before the section headers. */
const LOOK_BEHIND = 2048;

/** Thrown through the parser by {@link PageCache} where bytes are not there yet; never leaves this module. */
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
    if (this.#cached > MAX_CACHED) {
      const sentence = `reading it took more than ${MAX_CACHED} bytes`;
      throw new OgrtError("LIMIT_EXCEEDED", sentence, { path: this.path, offset, value: this.#cached });
    }
    this.#pages.unshift({ offset, bytes });
  }
}

/**
 * Runs a reader of this library over a source that can only be read asynchronously. There is one parser, a synchronous
 * one: where it meets bytes that are not there, it is stopped, the bytes are fetched, and it starts again. Fetches
 * double in size, so a file of any size takes few of them.
 *
 * `read` may therefore run several times: it must have no effect but its result, and iterators must be used up in it.
 *
 * @example
 * ```ts
 * const blob = new Blob([readFileSync("/bin/sh")]);
 * const source = {
 *   size: blob.size,
 *   read: async (offset, length) => new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer()),
 * };
 * const header = await readAsync(source, readHeader);
 * assert.equal(header.bits, 64);
 * ```
 *
 * @throws what `read` or the source throws, and {@link OgrtError} LIMIT_EXCEEDED when more than 32 MiB had to be fetched.
 */
export async function readAsync<T>(source: AsyncSource, read: (source: Source) => T): Promise<T> {
  const cache = new PageCache(source);
  for (let fetchSize = FIRST_FETCH; ; fetchSize = Math.min(fetchSize * 2, MAX_FETCH)) {
    try {
      return read(cache);
    } catch (missing) {
      if (!(missing instanceof Missing)) throw missing;
      const spare = Math.max(fetchSize - missing.length, 0);
      const start = Math.max(missing.offset - Math.min(LOOK_BEHIND, spare), 0);
      const end = Math.min(Math.max(start + fetchSize, missing.offset + missing.length), source.size);
      const bytes = await source.read(start, end - start);
      if (bytes.length !== end - start) {
        throw new RangeError(`source gave ${bytes.length} of ${end - start} bytes at ${start}`);
      }
      cache.add(start, bytes);
    }
  }
}
