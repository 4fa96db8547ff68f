import { decodeNote, readCompilers, readNotes, type Source } from "../elf/index.js";
import { OgrtError } from "../errors.js";
import { printable } from "../text/escape.js";
import type { OnDisk } from "./finding.js";

/** What is kept of texts that anybody may write into a file. */
const TEXT_LIMIT = 200;
const COMPILERS_LIMIT = 16;

/** Where a file says it comes from: its package, and what compiled it. A verdict does not depend on it. */
export function readProvenance(source: Source): Pick<OnDisk, "package" | "compilers"> {
  return { package: attempt(() => packageOf(source)), compilers: attempt(() => compilersOf(source)) };
}

function packageOf(source: Source): string | undefined {
  for (const note of readNotes(source)) {
    const known = decodeNote(source, note);
    if (known?.kind !== "FDO package metadata") continue;
    const { name, version } = known.package;
    if (typeof name !== "string" || name === "") continue;
    return limited(typeof version === "string" ? `${name} ${version}` : name);
  }
  return undefined;
}

function compilersOf(source: Source): string[] | undefined {
  const lines = readCompilers(source).slice(0, COMPILERS_LIMIT).map(limited);
  return lines.length === 0 ? undefined : lines;
}

const limited = (text: string) => printable(text).slice(0, TEXT_LIMIT);

/** A file whose sections are broken still has segments, and those are what counts. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof OgrtError) return undefined;
    throw error;
  }
}
