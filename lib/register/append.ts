import { join } from "node:path";
import { appendLine } from "../files/index.js";
import { formatEntry, type RegisterEntry } from "./entry.js";

/**
 * Appends an entry to the register in `directory`, as one line in one write. Each host and user has a separate file: two
 * hosts that append to one file over NFS overwrite each other, and only its owner may append to a file.
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
