import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { OgrtError } from "../errors.js";
import { linesOf } from "../files/index.js";
import { MAX_LINE_BYTES, parseEntry, type RegisterEntry } from "./entry.js";

export interface RegisterOptions {
  /** Entries beyond these many are not read. Default: one million. */
  maxEntries?: number;
  /** Told of each file and line that is no part of a register; reading goes on. */
  onProblem?: (problem: OgrtError) => void;
}

/**
 * All entries of the register in `directory`, file by file. Everybody who stamps may write there, so what stands in it
 * is claimed, not known: lines that are no entries are reported and skipped, and nothing but regular files is opened.
 *
 * @throws `OgrtError` FILE_UNREADABLE when the directory can't be listed.
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
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new OgrtError("FILE_UNREADABLE", `cannot be read: ${message}`, { path: directory, value: code, cause });
  }
}

function* entriesOf(path: string, onProblem: RegisterOptions["onProblem"]): Generator<RegisterEntry> {
  for (const { offset, bytes, isCut } of linesOf(path, MAX_LINE_BYTES)) {
    // What has no newline is still being written.
    if (isCut || bytes?.length === 0) continue;
    const entry = bytes && parseEntry(decoded(bytes));
    if (entry !== undefined) yield entry;
    else onProblem?.(new OgrtError("INVALID_REGISTER", `line at offset ${offset} is no entry`, { path, offset }));
  }
}

const decoder = new TextDecoder("utf-8", { fatal: true });

/** The empty text, which is no entry, where the bytes are not valid UTF-8. */
function decoded(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    return "";
  }
}
