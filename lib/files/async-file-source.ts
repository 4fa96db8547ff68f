import { type FileHandle, open } from "node:fs/promises";
import type { AsyncSource } from "../elf/index.js";
import { OgrtError } from "../errors.js";
import { endedEarly, unreadable } from "./file-errors.js";
import { READ_FLAGS } from "./file-source.js";

/** An {@link AsyncSource} over an open file, for `readAsync`, which lets a server read without blocking. */
export class AsyncFileSource implements AsyncSource {
  readonly size: number;
  /** Name of the file in errors. */
  readonly path: string;
  readonly #handle: FileHandle;

  /** Owns an open regular file until `close`. */
  constructor(handle: FileHandle, size: number, path: string) {
    this.#handle = handle;
    this.size = size;
    this.path = path;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    if (offset < 0 || length < 0 || offset + length > this.size) {
      throw new RangeError(`read of ${length} bytes at ${offset} in a file of ${this.size} bytes`);
    }
    const bytes = new Uint8Array(length);
    for (let filled = 0; filled < length; ) {
      const { bytesRead } = await this.#handle.read(bytes, filled, length - filled, offset + filled).catch((cause) => {
        throw unreadable(this.path, cause);
      });
      if (bytesRead === 0) throw endedEarly(this.path, offset + filled, this.size);
      filled += bytesRead;
    }
    return bytes;
  }

  close(): Promise<void> {
    return this.#handle.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

/**
 * Opens a regular file for `readAsync`. Never blocks on a FIFO or device.
 *
 * @throws `OgrtError` FILE_UNREADABLE or FILE_NOT_REGULAR.
 */
export async function openAsyncFileSource(path: string): Promise<AsyncFileSource> {
  const handle = await open(path, READ_FLAGS).catch((cause) => {
    throw unreadable(path, cause);
  });
  const stats = await handle.stat();
  if (stats.isFile()) return new AsyncFileSource(handle, stats.size, path);
  await handle.close();
  throw new OgrtError("FILE_NOT_REGULAR", "not a regular file", { path });
}
