import { OgrtError } from "../errors.js";
import { linesOf, ReadBudget, type ReadLimits } from "../files/index.js";
import { MAX_LINE_BYTES, parseEntry, type RegisterEntry } from "./entry.js";
import { registerFiles } from "./files.js";

export interface RegisterOptions {
  /** Number of entries after which reading stops. Default: one million. */
  maxEntries?: number;
  /** What reading may cost; it stops at these limits. Default: 1 GiB, five million lines, one minute. */
  limits?: ReadLimits;
  /** Called for each file and line that is not part of a register, and at a limit (`LIMIT_EXCEEDED`). */
  onProblem?: (problem: OgrtError) => void;
}

const MAX_ENTRIES = 1_000_000;
const REGISTER_LIMITS: ReadLimits = { bytes: 1024 * 1024 * 1024, lines: 5_000_000, milliseconds: 60_000 };

/**
 * All entries of the register in `directory`, file by file. Every user who stamps may write there, so entries are claims.
 * Lines that are not entries are reported and skipped, and only regular files are opened.
 *
 * @throws `OgrtError` FILE_UNREADABLE when the directory cannot be listed.
 */
export function* readRegister(directory: string, options: RegisterOptions = {}): Generator<RegisterEntry> {
  const { maxEntries = MAX_ENTRIES, limits = REGISTER_LIMITS, onProblem } = options;
  const exceeds = (what: string) => onProblem?.(new OgrtError("LIMIT_EXCEEDED", what, { path: directory }));
  const budget = new ReadBudget(limits);
  const { files, isComplete } = registerFiles(directory);
  if (!isComplete) exceeds("the register has too many files; some are not read");
  let left = maxEntries;
  for (const { path } of files) {
    try {
      for (const entry of entriesOf(path, budget, onProblem)) {
        if (left-- <= 0) {
          exceeds(`the register has more than ${maxEntries} entries; the rest is not read`);
          return;
        }
        yield entry;
      }
    } catch (error) {
      if (!(error instanceof OgrtError)) throw error;
      onProblem?.(error);
      if (budget.isSpent) return;
    }
  }
}

function* entriesOf(
  path: string,
  budget: ReadBudget,
  onProblem: RegisterOptions["onProblem"],
): Generator<RegisterEntry> {
  for (const { offset, bytes, isIncomplete } of linesOf(path, MAX_LINE_BYTES, budget)) {
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
