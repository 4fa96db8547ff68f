import { constants } from "node:fs";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import type { UserRecords } from "../../../shared/user-records.js";

const NEWLINE = 0x0a;
/** Size from which collected lines are written. */
const WRITE_BYTES = 1024 * 1024;

/** Removes a user's documents from files with one per line, or only counts them. Returns the files that have some. */
export async function forgetInFiles(paths: readonly string[], user: string, dryRun: boolean): Promise<UserRecords[]> {
  const found: UserRecords[] = [];
  for (const path of paths) {
    const records = await (dryRun ? countLines : stripLines)(path, user);
    if (records > 0) found.push({ path, records });
  }
  return found;
}

/** The number of a user's documents. */
async function countLines(path: string, user: string): Promise<number> {
  const from = await openLines(path);
  let count = 0;
  try {
    for await (const line of linesOf(from)) if (ownerOf(line.toString()) === user) count++;
  } finally {
    await from.close();
  }
  return count;
}

/**
 * Rewrites a file of documents, one per line, without those of a user. Removes the file if it holds no process then.
 * Returns the number of documents that it removed.
 */
async function stripLines(path: string, user: string): Promise<number> {
  if ((await countLines(path, user)) === 0) return 0;
  const partial = `${path}.partial`;
  const from = await openLines(path);
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
  if (hasProcesses) await rename(partial, path);
  else {
    await rm(partial);
    await rm(path);
  }
  return removed;
}

const openLines = (path: string): Promise<FileHandle> => open(path, constants.O_RDONLY | constants.O_NOFOLLOW);

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
