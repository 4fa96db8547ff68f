import { decodeNote, type Elf, PackageNote, readCompilers, readNotes } from "../elf/index.js";
import { OgrtError } from "../errors.js";
import { printable } from "../text/escape.js";
import type { OnDisk, Provenance } from "./finding.js";

/** Any user may write these texts into a file, so they are bounded. */
const MAX_TEXT_LENGTH = 200;
const MAX_COMPILERS = 16;

/**
 * Package and compilers of a file, as it states them. Verdicts do not depend on them: a file with damaged sections, whose
 * segments still give a verdict, has them unread.
 */
export function readProvenance(elf: Elf): Pick<OnDisk, "package" | "compilers" | "unread"> {
  const unread = new Set<Provenance>();
  const attempt = <T>(part: Provenance, read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof OgrtError)) throw error;
      unread.add(part);
      return undefined;
    }
  };
  const software = attempt("package", () => packageOf(elf));
  const compilers = attempt("compilers", () => {
    const lines = readCompilers(elf, { onProblem: () => unread.add("compilers") });
    return lines.length === 0 && unread.has("compilers") ? undefined : lines;
  });
  if (compilers !== undefined && compilers.length > MAX_COMPILERS) unread.add("compilers");
  return {
    package: software,
    compilers: compilers?.slice(0, MAX_COMPILERS).map(limited),
    ...(unread.size > 0 && { unread: [...unread] }),
  };
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

const limited = (text: string) => printable(text).slice(0, MAX_TEXT_LENGTH);
