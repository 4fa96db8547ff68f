import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";

/**
 * Reads the first bytes of a small file that this program itself wrote. Something else may stand in its place: a pipe, on
 * which a read would wait for ever, or a file of any size.
 *
 * @throws an error with the code of the operating system; EINVAL for what is not a regular file.
 */
export function readOwn(path: string, maxBytes: number): Buffer {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) throw Object.assign(new Error(`${path} is not a regular file`), { code: "EINVAL" });
    const bytes = Buffer.alloc(Math.min(stat.size, maxBytes));
    let length = 0;
    for (let read = -1; read !== 0 && length < bytes.length; length += read) {
      read = readSync(descriptor, bytes, length, bytes.length - length, length);
    }
    return bytes.subarray(0, length);
  } finally {
    closeSync(descriptor);
  }
}
