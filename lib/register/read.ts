import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { OgrtError } from "../errors.js";
import { openFileSource } from "../files/index.js";
import { MAXIMUM_LINE, parseEntry, type RegisterEntry } from "./entry.js";

export interface RegisterOptions {
  /** Entries beyond these many are not read. Default: one million. */
  maximumEntries?: number;
  /** Told of each file and line that is no part of a register; reading goes on. */
  onProblem?: (problem: OgrtError) => void;
}

const PIECE = 256 * 1024;
const NEWLINE = 0x0a;

/**
 * All entries of the register in `directory`, file by file. Everybody who stamps may write there, so what stands in it
 * is claimed, not known: lines that are no entries are reported and skipped, and nothing but regular files is opened.
 *
 * @throws `OgrtError` FILE_UNREADABLE when the directory can't be listed.
 */
export function* readRegister(directory: string, options: RegisterOptions = {}): Generator<RegisterEntry> {
  const { maximumEntries = 1_000_000, onProblem } = options;
  let left = maximumEntries;
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
  for (const { offset, bytes } of linesOf(path)) {
    if (bytes?.length === 0) continue;
    const entry = bytes && parseEntry(decoded(bytes));
    if (entry !== undefined) yield entry;
    else onProblem?.(new OgrtError("INVALID_REGISTER", `line at offset ${offset} is no entry`, { path, offset }));
  }
}

/** Lines with their offsets; without bytes where one is longer than any entry. What has no newline is still being written. */
function* linesOf(path: string): Generator<{ offset: number; bytes?: Uint8Array }> {
  const source = openFileSource(path);
  try {
    let start = 0;
    while (start < source.size) {
      const piece = source.read(start, Math.min(PIECE, source.size - start));
      let at = 0;
      for (let end = piece.indexOf(NEWLINE); end !== -1; end = piece.indexOf(NEWLINE, at)) {
        yield end - at > MAXIMUM_LINE ? { offset: start + at } : { offset: start + at, bytes: piece.slice(at, end) };
        at = end + 1;
      }
      if (at === 0 && piece.length > MAXIMUM_LINE) {
        yield { offset: start };
        start = afterNewline(source, start + piece.length);
      } else if (start + piece.length >= source.size) return;
      else start += at;
    }
  } finally {
    source.close();
  }
}

function afterNewline(
  source: { size: number; read(offset: number, length: number): Uint8Array },
  from: number,
): number {
  for (let start = from; start < source.size; start += PIECE) {
    const end = source.read(start, Math.min(PIECE, source.size - start)).indexOf(NEWLINE);
    if (end !== -1) return start + end + 1;
  }
  return source.size;
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
