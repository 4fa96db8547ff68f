import { constants } from "node:fs";
import { type FileHandle, lstat, open } from "node:fs/promises";
import { OgrtError } from "../../../../errors.js";

const NEWLINE = 0x0a;
/** Bytes that one read of the search for the last newline returns. */
const SEARCH_BYTES = 64 * 1024;

/**
 * A file to which whole lines are appended. It refuses symbolic links and files of other users. An unfinished last line
 * after a crash was never acknowledged, so opening the file removes it. Other programs, such as logrotate, may rename,
 * remove or truncate the file at any time: see {@link LineFile.isCurrent}.
 */
export class LineFile {
  readonly #path: string;
  readonly #handle: FileHandle;
  #size: number;
  /** Some bytes may not be on disk yet. */
  #isDirty = false;

  private constructor(path: string, handle: FileHandle, size: number) {
    this.#path = path;
    this.#handle = handle;
    this.#size = size;
  }

  /** @throws {@link OgrtError} FILE_UNWRITABLE. */
  static async open(path: string): Promise<LineFile> {
    const { O_RDWR, O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK } = constants;
    let handle: FileHandle | undefined;
    try {
      handle = await open(path, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o600);
      const stats = await handle.stat();
      if (!stats.isFile()) throw unwritable(path, "not a regular file");
      if (stats.uid !== process.geteuid?.()) throw unwritable(path, "owned by another user");
      const end = await endOfLines(handle, stats.size);
      if (end < stats.size) await handle.truncate(end);
      return new LineFile(path, handle, end);
    } catch (cause) {
      await handle?.close();
      if (cause instanceof OgrtError) throw cause;
      throw unwritable(path, (cause as Error).message, cause);
    }
  }

  get size(): number {
    return this.#size;
  }

  /** False if the path now leads to another file, or another program changed the size; open the file again then. */
  async isCurrent(): Promise<boolean> {
    const [own, found] = await Promise.all([this.#handle.stat(), lstat(this.#path).catch(() => undefined)]);
    return found !== undefined && found.ino === own.ino && found.dev === own.dev && found.size === this.#size;
  }

  /** Appends text that ends with a newline. Close the file after a failure: opening it again removes an unfinished line. */
  async append(text: string): Promise<void> {
    const bytes = Buffer.from(text);
    this.#isDirty = true;
    for (let at = 0; at < bytes.length; ) {
      const { bytesWritten } = await this.#handle.write(bytes, at);
      at += bytesWritten;
    }
    this.#size += bytes.length;
  }

  async sync(): Promise<void> {
    if (!this.#isDirty) return;
    await this.#handle.datasync();
    this.#isDirty = false;
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

/** Returns the offset at which the last complete line ends. */
async function endOfLines(handle: FileHandle, size: number): Promise<number> {
  const buffer = Buffer.alloc(Math.min(size, SEARCH_BYTES));
  for (let end = size; end > 0; ) {
    const from = Math.max(0, end - buffer.length);
    const { bytesRead } = await handle.read(buffer, 0, end - from, from);
    const at = buffer.subarray(0, bytesRead).lastIndexOf(NEWLINE);
    if (at >= 0) return from + at + 1;
    end = from;
  }
  return 0;
}

function unwritable(path: string, reason: string, cause?: unknown): OgrtError {
  return new OgrtError("FILE_UNWRITABLE", `cannot be appended to: ${reason}`, { path, cause });
}
