import { decodeNote, ElfFile, type ElfInput, machineName, type ReadOptions, toElf } from "../elf/index.js";
import { noteKind } from "../elf/known-notes/index.js";
import { OgrtError } from "../errors.js";
import { decodeSignature, OGRT_NOTE_TYPE, OGRT_OWNER, type Signature } from "../signature/index.js";
import type { ElfFacts } from "./finding.js";
import { Reading } from "./reading.js";

/**
 * The facts of one ELF file. `onProblem` gets what cannot be read in a file with valid headers, such as a damaged dynamic
 * section or note; the rest is read.
 */
export function elfFacts(input: ElfInput, options: ReadOptions): ElfFacts {
  const reading = new Reading(options);
  const file = new ElfFile(toElf(input, options), reading);
  const { header } = file;
  const kind = reading.attempt("kind", () => file.kind);
  const notes = reading.attempt("notes", () => noteFacts(file, reading)) ?? NO_NOTES;
  const dynamic = reading.attempt("dynamic section", () => file.dynamic);
  const interpreter = reading.attempt("interpreter", () => file.interpreter);
  const hardening = reading.attempt("hardening", () => file.hardening);
  const compilers = reading.attempt("compilers", () => file.compilers) ?? [];
  reading.end();
  const { unread } = reading;
  return {
    kind: kind ?? "other",
    bits: header.bits,
    byteOrder: header.byteOrder,
    machine: String(machineName(header.machine)),
    ...(interpreter !== undefined && { interpreter }),
    signatures: notes.signatures.sort((a, b) => a.offset - b.offset),
    ...(notes.buildId !== undefined && { buildId: notes.buildId }),
    ...(notes.package !== undefined && { package: notes.package }),
    ...(dynamic?.soname !== undefined && { soname: dynamic.soname }),
    needed: dynamic?.needed ?? [],
    ...(dynamic?.rpath !== undefined && { rpath: dynamic.rpath }),
    ...(dynamic?.runpath !== undefined && { runpath: dynamic.runpath }),
    compilers: [...compilers],
    ...(hardening !== undefined && { hardening }),
    notes: notes.counts,
    ...(unread.length > 0 && { unread }),
  };
}

interface NoteFacts extends Pick<ElfFacts, "signatures" | "buildId" | "package"> {
  counts: ElfFacts["notes"];
}

const NO_NOTES: NoteFacts = { signatures: [], counts: [] };

function noteFacts(file: ElfFile, reading: Reading): NoteFacts {
  const signatures: Signature[] = [];
  const counts = new Map<string, ElfFacts["notes"][number]>();
  let buildId: string | undefined;
  let packageMetadata: Record<string, unknown> | undefined;
  for (const note of file.notes()) {
    // A limit that ended the decoding of one note would end that of each further one.
    if (!reading.hasRead("notes")) break;
    const key = `${note.type} ${note.owner}`;
    const counted = counts.get(key) ?? { owner: note.owner, type: note.type, count: 0 };
    if (counted.count++ === 0) counts.set(key, counted);
    if (note.owner === OGRT_OWNER && note.type === OGRT_NOTE_TYPE) {
      const decoded = decodeSignature(file, note);
      if (decoded instanceof OgrtError) reading.onProblem(decoded);
      else signatures.push(decoded);
      continue;
    }
    const kind = noteKind(note);
    if (kind !== undefined && kind.isNumerous !== true) {
      const known = reading.attempt("notes", () => decodeNote(file, note));
      if (known !== undefined && kind.summary !== undefined) counted.summary ??= kind.summary(known);
      if (known?.kind === "GNU build-id") buildId ??= known.buildId;
      if (known?.kind === "FDO package metadata") packageMetadata ??= known.package;
    }
  }
  return {
    signatures,
    ...(buildId !== undefined && { buildId }),
    ...(packageMetadata !== undefined && { package: packageMetadata }),
    counts: [...counts.values()],
  };
}
