import { readFileSync } from "node:fs";
import { unreadable } from "../../lib/files/file-errors.js";

/**
 * The bytes of a file, or of standard input for `-`.
 *
 * @throws `OgrtError` FILE_UNREADABLE.
 */
export function readInput(path: string): Buffer {
  try {
    return readFileSync(path === "-" ? 0 : path);
  } catch (cause) {
    throw unreadable(path, cause);
  }
}
