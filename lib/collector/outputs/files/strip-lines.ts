import { constants } from "node:fs";
import { open, rename, rm } from "node:fs/promises";

/** Bytes of lines that are written at once. */
const PIECE = 1024 * 1024;

/**
 * Writes a file of documents, one a line, anew without those of a user; removes it when no process is left in it. Tells
 * whether there were any.
 */
export async function stripLines(path: string, user: string): Promise<boolean> {
  const partial = `${path}.partial`;
  const from = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  const to = await open(partial, "w", 0o600);
  let hasProcesses = false;
  let removed = 0;
  try {
    let waiting = "";
    for await (const line of from.readLines({ autoClose: false })) {
      const owner = ownerOf(line);
      if (owner === user) {
        removed++;
        continue;
      }
      if (owner !== undefined) hasProcesses = true;
      waiting += `${line}\n`;
      if (waiting.length < PIECE) continue;
      await to.appendFile(waiting);
      waiting = "";
    }
    await to.appendFile(waiting);
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
