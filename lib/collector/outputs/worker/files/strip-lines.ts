import { constants } from "node:fs";
import { type FileHandle, open, rename, rm } from "node:fs/promises";

const NEWLINE = 0x0a;
/** Bytes of lines that are written at once. */
const PIECE = 1024 * 1024;

/**
 * Writes a file of documents, one a line, anew without those of a user; removes it when no process is left in it. Tells
 * whether there were any.
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
      if (bytes < PIECE) continue;
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
 * Lines with their ends, as bytes; an unfinished last one was never taken. Not readline's, which knows other ends of lines,
 * too.
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

/** Whose process a line is about; undefined when it is about none. */
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
