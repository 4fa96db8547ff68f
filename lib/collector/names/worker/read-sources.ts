import type { NameTableBuilder } from "../name-table.js";
import type { NameSource } from "./source.js";

/** Catalogued files: about half a million. */
const MAX_CATALOGUE_BYTES = 128 * 1024 * 1024;

/** Adds the names of a source to the table. */
export function readNames(source: NameSource, builder: NameTableBuilder, problems: string[]): void {
  try {
    for (const [signature, name] of source.pairs()) {
      if (builder.add(signature, name)) continue;
      problems.push(`${source.path}: too many signatures or names; the rest has no names`);
      return;
    }
  } catch (error) {
    problems.push((error as Error).message);
  }
}

/** The catalogued files of all sources, one JSON array per line. Files after an invalid line of a catalogue are missing. */
export function readFiles(sources: readonly NameSource[], problems: string[]): Uint8Array<ArrayBuffer> {
  const lines: Buffer[] = [];
  let bytes = 0;
  for (const source of sources) {
    try {
      for (const file of source.files?.() ?? []) {
        const line = Buffer.from(`${JSON.stringify(file)}\n`);
        bytes += line.length;
        if (bytes > MAX_CATALOGUE_BYTES) {
          problems.push(`${source.path}: too many files; the rest counts as not catalogued`);
          break;
        }
        lines.push(line);
      }
    } catch {
      // readNames reads the same file and reports the error.
    }
  }
  // A buffer of its own, since buffers from Node's pool cannot be transferred.
  const all = new Uint8Array(lines.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const line of lines) {
    all.set(line, at);
    at += line.length;
  }
  return all;
}
