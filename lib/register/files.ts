import { lstatSync, opendirSync, type Stats } from "node:fs";
import { join } from "node:path";
import { unreadable } from "../files/file-errors.js";

/** Everyone who stamps can create files in a register. Files beyond these numbers are not read. */
const MAX_DIRECTORY_ENTRIES = 1_000_000;
const MAX_FILES_OF_OWNER = 10_000;

interface RegisterFile {
  readonly path: string;
  readonly stats: Stats;
}

export interface RegisterFiles {
  readonly files: readonly RegisterFile[];
  /** False when a limit left files out. */
  readonly isComplete: boolean;
}

/**
 * The files of a register. Those of owners with few bytes come first, so that nobody can use up the limits of a reader
 * before it has read the files of others.
 *
 * @throws `OgrtError` FILE_UNREADABLE when the directory cannot be listed.
 */
export function registerFiles(directory: string): RegisterFiles {
  const owners = new Map<number, { bytes: number; files: RegisterFile[] }>();
  let isComplete = true;
  try {
    const entries = opendirSync(directory, { bufferSize: 1024 });
    try {
      let count = 0;
      for (let entry = entries.readSync(); entry !== null; entry = entries.readSync()) {
        if (++count > MAX_DIRECTORY_ENTRIES) {
          isComplete = false;
          break;
        }
        if (!entry.name.endsWith(".jsonl")) continue;
        const path = join(directory, entry.name);
        const stats = lstatSync(path, { throwIfNoEntry: false });
        if (!stats?.isFile()) continue;
        const owner = owners.get(stats.uid) ?? { bytes: 0, files: [] };
        owners.set(stats.uid, owner);
        if (owner.files.length === MAX_FILES_OF_OWNER) {
          isComplete = false;
          continue;
        }
        owner.bytes += stats.size;
        owner.files.push({ path, stats });
      }
    } finally {
      entries.closeSync();
    }
  } catch (cause) {
    throw unreadable(directory, cause);
  }
  const fewestBytesFirst = [...owners.values()].sort((a, b) => a.bytes - b.bytes);
  for (const { files } of fewestBytesFirst) files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files: fewestBytesFirst.flatMap(({ files }) => files), isComplete };
}
