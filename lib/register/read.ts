import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { OgrtError } from "../errors.js";
import { unreadable } from "../files/file-errors.js";
import { linesOf } from "../files/index.js";
import { MAX_LINE_BYTES, parseEntry, type RegisterEntry } from "./entry.js";

export interface RegisterOptions {
  /** Number of entries after which reading stops. Default: one million. */
  maxEntries?: number;
  /** Called for each file and line that is not part of a register; reading continues. */
  onProblem?: (problem: OgrtError) => void;
}

/**
 * All entries of the register in `directory`, file by file. Every user who stamps may write there, so entries are claims.
 * Lines that are not entries are reported and skipped, and only regular files are opened.
 *
 * @throws `OgrtError` FILE_UNREADABLE when the directory cannot be listed.
 */
export function* readRegister(directory: string, options: RegisterOptions = {}): Generator<RegisterEntry> {
  const { maxEntries = 1_000_000, onProblem } = options;
  let left = maxEntries;
  for (const path of registerFiles(directory)) {
    try {
      for (const entry of entriesOf(path, onProblem)) {
        if (left-- <= 0) return;
        yield entry;
      }
    } catch (error) {
      if (!(error instanceof OgrtError)) throw error;
      onProblem?.(error);
    }
  }
}

function registerFiles(directory: string): string[] {
  try {
    return readdirSync(directory)
      .filter((name) => name.endsWith(".jsonl"))
      .sort()
      .map((name) => join(directory, name))
      .filter((path) => lstatSync(path, { throwIfNoEntry: false })?.isFile());
  } catch (cause) {
    throw unreadable(directory, cause);
  }
}

function* entriesOf(path: string, onProblem: RegisterOptions["onProblem"]): Generator<RegisterEntry> {
  for (const { offset, bytes, isIncomplete } of linesOf(path, MAX_LINE_BYTES)) {
    // A line without a newline is still being written.
    if (isIncomplete || bytes?.length === 0) continue;
    const entry = bytes && parseEntry(decoded(bytes));
    if (entry !== undefined) yield entry;
    else onProblem?.(new OgrtError("INVALID_REGISTER", `line at offset ${offset} is not an entry`, { path, offset }));
  }
}

const decoder = new TextDecoder("utf-8", { fatal: true });

/** The line's text, or the empty text, which is not an entry, for invalid UTF-8. */
function decoded(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    return "";
  }
}
