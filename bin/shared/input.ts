import { readFileSync } from "node:fs";
import { OgrtError } from "../../lib/errors.js";

/**
 * The bytes of a file, or of standard input for `-`.
 *
 * @throws {@link OgrtError} FILE_UNREADABLE.
 */
export function readInput(path: string): Buffer {
  try {
    return readFileSync(path === "-" ? 0 : path);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new OgrtError("FILE_UNREADABLE", `cannot be read: ${message}`, { path, value: code, cause });
  }
}
