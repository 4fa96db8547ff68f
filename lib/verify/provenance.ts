import { decodeNote, type Elf, PackageNote, readCompilers, readNotes } from "../elf/index.js";
import { OgrtError } from "../errors.js";
import { printable } from "../text/escape.js";
import type { OnDisk } from "./finding.js";

/** Any user may write these texts into a file, so they are bounded. */
const MAX_TEXT_LENGTH = 200;
const MAX_COMPILERS = 16;

/** Package and compilers of a file, as it states them. Verdicts do not depend on them. */
export function readProvenance(elf: Elf): Pick<OnDisk, "package" | "compilers"> {
  return { package: attempt(() => packageOf(elf)), compilers: attempt(() => compilersOf(elf)) };
}

function packageOf(elf: Elf): string | undefined {
  for (const note of readNotes(elf, {}, PackageNote.type)) {
    const known = decodeNote(elf, note);
    if (known?.kind !== "FDO package metadata") continue;
    const { name, version } = known.package;
    if (typeof name !== "string" || name === "") continue;
    return limited(typeof version === "string" ? `${name} ${version}` : name);
  }
  return undefined;
}

function compilersOf(elf: Elf): string[] | undefined {
  const lines = readCompilers(elf).slice(0, MAX_COMPILERS).map(limited);
  return lines.length === 0 ? undefined : lines;
}

const limited = (text: string) => printable(text).slice(0, MAX_TEXT_LENGTH);

/** Undefined for a file with damaged sections, whose segments still give a verdict. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof OgrtError) return undefined;
    throw error;
  }
}
