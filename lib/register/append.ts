import { join } from "node:path";
import { appendLine } from "../files/index.js";
import { formatEntry, type RegisterEntry } from "./entry.js";

/**
 * Appends an entry to the register in `directory`, as one line written at once. Every host and user has a file of its
 * own: appending from two hosts to one file over NFS overwrites, and a file can be appended to by its owner only.
 *
 * @throws `OgrtError` FILE_UNWRITABLE.
 */
export function appendEntry(directory: string, entry: RegisterEntry): void {
  appendLine(join(directory, fileName(entry.host)), formatEntry(entry));
}

function fileName(host: string): string {
  const safe = host
    .replace(/[^A-Za-z0-9.-]/g, "_")
    .replace(/^\./, "_")
    .slice(0, 200);
  return `${safe || "_"}.${process.geteuid?.() ?? 0}.jsonl`;
}
