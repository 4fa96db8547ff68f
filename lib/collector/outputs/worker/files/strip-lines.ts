import { constants } from "node:fs";
import { type FileHandle, open, rename, rm } from "node:fs/promises";

const NEWLINE = 0x0a;
/** Size from which collected lines are written. */
const WRITE_BYTES = 1024 * 1024;

/**
 * Rewrites a file of documents, one per line, without those of a user. Removes the file if it holds no process then.
 * Returns whether the user had any.
 */
export async function stripLines(path: string, user: string): Promise<boolean> {
  const partial = `${path}.partial`;
  const from = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  await rm(partial, { force: true });
  const to = await open(partial, "wx", 0o600);
  let hasProcesses = false;
  let removed = 0;
  try {
    let waiting: Buffer[] = [];
    let bytes = 0;
    for await (const line of linesOf(from)) {
      const owner = ownerOf(line.toString());
      if (owner === user) {
        removed++;
        continue;
      }
      if (owner !== undefined) hasProcesses = true;
      waiting.push(line);
      bytes += line.length;
      if (bytes < WRITE_BYTES) continue;
      await to.appendFile(Buffer.concat(waiting));
      waiting = [];
      bytes = 0;
    }
    await to.appendFile(Buffer.concat(waiting));
    await to.datasync();
  } finally {
    await from.close();
    await to.close();
  }
  if (removed > 0 && hasProcesses) await rename(partial, path);
  else await rm(partial);
  if (removed > 0 && !hasProcesses) await rm(path);
  return removed > 0;
}

/**
 * Reads complete lines as bytes, with their newlines. An unfinished last line was never acknowledged. readline does not
 * serve here, because it also splits at other characters.
 */
async function* linesOf(file: FileHandle): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  for await (const piece of file.createReadStream({ autoClose: false }) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let at = piece.indexOf(NEWLINE); at >= 0; at = piece.indexOf(NEWLINE, from)) {
      yield Buffer.concat([...rest, piece.subarray(from, at + 1)]);
      rest = [];
      from = at + 1;
    }
    if (from < piece.length) rest.push(piece.subarray(from));
  }
}

/** The user whose process a line describes; undefined if it describes no process. */
function ownerOf(line: string): string | null | undefined {
  try {
    const { document, ...whole } = JSON.parse(line) as Line & { document?: Line };
    return (document ?? whole).claimed?.user;
  } catch {
    return undefined;
  }
}

interface Line {
  readonly claimed?: { readonly user: string | null };
}
