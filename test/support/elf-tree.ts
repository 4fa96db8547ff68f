import { closeSync, lstatSync, openSync, readdirSync, readSync } from "node:fs";
import { join } from "node:path";

/** The ELF files in the folders and below. Symbolic links are not followed. */
export function elfFilesBelow(...folders: string[]): string[] {
  const found: string[] = [];
  const magic = Buffer.alloc(4);
  for (const folder of folders) {
    for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
      const path = join(entry.parentPath, entry.name);
      if (!entry.isFile() || !lstatSync(path, { throwIfNoEntry: false })?.isFile()) continue;
      const descriptor = openSync(path, "r");
      try {
        if (readSync(descriptor, magic, 0, 4, 0) === 4 && magic.toString("latin1") === "\x7fELF") found.push(path);
      } finally {
        closeSync(descriptor);
      }
    }
  }
  return found.sort();
}
