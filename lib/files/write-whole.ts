import { randomBytes } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  lstatSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { unwritable } from "./file-errors.js";

/**
 * Writes a file atomically: to a temporary file in the same folder, which is then renamed. Writes directly to anything that
 * is not a regular file (`/dev/stdout`, a FIFO). A symbolic link stays, and its target is replaced.
 *
 * @throws `OgrtError` FILE_UNWRITABLE, and leaves no temporary file.
 */
export function writeWhole(path: string, content: string | Uint8Array): void {
  try {
    const existing = statSync(path, { throwIfNoEntry: false });
    if (existing !== undefined && !existing.isFile()) {
      writeFileSync(path, content);
      return;
    }
    replaceFile(existing === undefined ? path : realpathSync(path), content, existing?.mode ?? 0o666);
  } catch (cause) {
    throw unwritable(path, "cannot be written", cause);
  }
}

/**
 * Writes a secret to a file that only its owner may read (mode 0600), atomically. Replaces a file whatever its mode was.
 *
 * @throws `OgrtError` FILE_UNWRITABLE, also for what is not a regular file: a link may lead to others' files or a pipe.
 */
export function writePrivate(path: string, content: string): void {
  try {
    const isOther = lstatSync(path, { throwIfNoEntry: false })?.isFile() === false;
    if (isOther) throw new Error("not a regular file");
    replaceFile(path, content, 0o600);
  } catch (cause) {
    throw unwritable(path, "cannot be written", cause);
  }
}

function replaceFile(target: string, content: string | Uint8Array, mode: number): void {
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString("hex")}`);
  try {
    const descriptor = openSync(temporary, "wx", mode & 0o777);
    try {
      writeFileSync(descriptor, content);
      // NFS may report a full disk only here.
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
