import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import type { Source } from "../elf/index.js";
import { OgrtError } from "../errors.js";
import { endedEarly, unreadable } from "./file-errors.js";

/** Opening a FIFO without a writer would block without O_NONBLOCK; O_NOCTTY is for paths that name a terminal. */
export const READ_FLAGS = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;
/** Bytes that one system call reads around a wanted range. */
const WINDOW_BYTES = 8192;
/**
 * Bytes of a window before the wanted range. At the end of a file, parsers read the section headers first and then the
 * section names, which linkers put right before them.
 */
const LOOK_BEHIND_BYTES = 4096;
const MAX_WINDOWS = 4;
/** Smaller files are read as a whole: a second system call costs more than copying the rest. */
const SMALL_FILE_BYTES = 16_384;

/** Memory that windows of several files are cut from: each allocation of its own takes as long as a system call. */
const SLAB_BYTES = 65_536;

let slab = new ArrayBuffer(0);
let slabUsed = 0;

/** Bytes that nothing else uses, with any content. */
function newBytes(length: number): Uint8Array {
  // Not zero-filled, and a plain view: creating views of a Buffer is slower.
  if (length > SMALL_FILE_BYTES) return new Uint8Array(Buffer.allocUnsafeSlow(length).buffer);
  if (slabUsed + length > slab.byteLength) {
    slab = Buffer.allocUnsafeSlow(SLAB_BYTES).buffer as ArrayBuffer;
    slabUsed = 0;
  }
  const bytes = new Uint8Array(slab, slabUsed, length);
  slabUsed += length;
  return bytes;
}

interface Window {
  offset: number;
  bytes: Uint8Array;
}

/** A {@link Source} over an open file: positioned reads through a few cached windows, never the whole file. */
export class FileSource implements Source {
  readonly size: number;
  /** Name of the file in errors. */
  readonly path: string;
  readonly #descriptor: number;
  #windows: Window[] = [];
  #open = true;

  /** Owns an open descriptor of a regular file until `close`. */
  constructor(descriptor: number, size: number, path: string) {
    this.#descriptor = descriptor;
    this.size = size;
    this.path = path;
  }

  read(offset: number, length: number): Uint8Array {
    const windows = this.#windows;
    for (let index = 0; index < windows.length; index++) {
      const { offset: start, bytes } = windows[index] as Window;
      if (offset >= start && offset + length <= start + bytes.length) {
        return bytes.subarray(offset - start, offset - start + length);
      }
    }
    if (offset < 0 || length < 0 || offset + length > this.size) {
      throw new RangeError(`read of ${length} bytes at ${offset} in a file of ${this.size} bytes`);
    }
    const window = this.#fetch(offset, length);
    // Large ranges are not kept: memory must not grow with the file.
    if (window.bytes.length <= SMALL_FILE_BYTES) this.#windows = [window, ...this.#windows.slice(0, MAX_WINDOWS - 1)];
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
    const spare = Math.max(WINDOW_BYTES - length, 0);
    const small = this.size <= SMALL_FILE_BYTES;
    const start = small ? 0 : Math.max(offset - Math.min(LOOK_BEHIND_BYTES, spare), 0);
    const end = small ? this.size : Math.min(Math.max(start + WINDOW_BYTES, offset + length), this.size);
    const bytes = newBytes(end - start);
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
    descriptor = openSync(path, READ_FLAGS);
  } catch (cause) {
    throw unreadable(name, cause);
  }
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) throw new OgrtError("FILE_NOT_REGULAR", "not a regular file", { path: name });
    return new FileSource(descriptor, stats.size, name);
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}
