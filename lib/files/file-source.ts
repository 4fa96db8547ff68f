import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import type { Source } from "../elf/index.js";
import { OgrtError } from "../errors.js";
import { endedEarly, unreadable } from "./file-errors.js";

/** Bytes fetched by one system call around a wanted range. */
const WINDOW_SIZE = 8192;
/**
 * How much of a window lies before the wanted range. Parsers read the ELF header forwards, but at the end of a file
 * they ask for the section headers first and then for the section names, which linkers put right before them.
 */
const LOOK_BEHIND = 4096;
const KEPT_WINDOWS = 4;
/** Files up to this size are read at once: one system call costs more than copying the rest. */
const SMALL_FILE = 16_384;

interface Window {
  offset: number;
  bytes: Uint8Array;
}

/** A {@link Source} over an open file: positioned reads through a few cached windows, never the whole file. */
export class FileSource implements Source {
  readonly size: number;
  /** What errors call the file. */
  readonly path: string;
  readonly #descriptor: number;
  #windows: Window[] = [];
  #open = true;

  /** Takes over an open descriptor of a regular file; `close` closes it. */
  constructor(descriptor: number, size: number, path: string) {
    this.#descriptor = descriptor;
    this.size = size;
    this.path = path;
  }

  read(offset: number, length: number): Uint8Array {
    for (const { offset: start, bytes } of this.#windows) {
      if (offset >= start && offset + length <= start + bytes.length) {
        return bytes.subarray(offset - start, offset - start + length);
      }
    }
    if (offset < 0 || length < 0 || offset + length > this.size) {
      throw new RangeError(`read of ${length} bytes at ${offset} in a file of ${this.size} bytes`);
    }
    const window = this.#fetch(offset, length);
    // Large ranges are handed through: keeping them would let memory grow with the file.
    if (window.bytes.length <= SMALL_FILE) this.#windows = [window, ...this.#windows.slice(0, KEPT_WINDOWS - 1)];
    return window.bytes.subarray(offset - window.offset, offset - window.offset + length);
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#windows = [];
    closeSync(this.#descriptor);
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #fetch(offset: number, length: number): Window {
    const spare = Math.max(WINDOW_SIZE - length, 0);
    const small = this.size <= SMALL_FILE;
    const start = small ? 0 : Math.max(offset - Math.min(LOOK_BEHIND, spare), 0);
    const end = small ? this.size : Math.min(Math.max(start + WINDOW_SIZE, offset + length), this.size);
    // Not filled with zeros first; a plain view, because views of a Buffer are slower to make.
    const bytes = new Uint8Array(Buffer.allocUnsafeSlow(end - start).buffer);
    for (let filled = 0; filled < bytes.length; ) {
      let count: number;
      try {
        count = readSync(this.#descriptor, bytes, filled, bytes.length - filled, start + filled);
      } catch (cause) {
        throw unreadable(this.path, cause);
      }
      if (count === 0) throw endedEarly(this.path, start + filled, this.size);
      filled += count;
    }
    return { offset: start, bytes };
  }
}

/**
 * Opens a regular file as a {@link FileSource}. Never blocks on a FIFO or device.
 *
 * @throws `OgrtError` FILE_UNREADABLE or FILE_NOT_REGULAR.
 */
export function openFileSource(path: string | Buffer): FileSource {
  const name = path.toString();
  let descriptor: number;
  try {
    // O_NONBLOCK: opening a FIFO without a writer would wait for ever.
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch (cause) {
    throw unreadable(name, cause);
  }
  return sourceOfDescriptor(descriptor, name);
}

/** Makes an already open descriptor a {@link FileSource}; closes it when it is no regular file. */
export function sourceOfDescriptor(descriptor: number, path: string): FileSource {
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) throw new OgrtError("FILE_NOT_REGULAR", "not a regular file", { path });
    return new FileSource(descriptor, stats.size, path);
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}
