import { decodeNote, type ElfFile, machineName, type ReadOptions } from "../elf/index.js";
import { noteKind } from "../elf/known-notes/index.js";
import { OgrtError } from "../errors.js";
import { decodeSignature, OGRT_NOTE_TYPE, OGRT_OWNER, type Signature } from "../signature/index.js";
import type { ElfFacts } from "./finding.js";

/**
 * The facts of one ELF file. `onProblem` gets what cannot be read in a file with valid headers, such as a damaged dynamic
 * section or note; the rest is read.
 */
export function elfFacts(file: ElfFile, options: ReadOptions): ElfFacts {
  const { header } = file;
  const attempt = attemptWith(options);
  const notes = noteFacts(file, options);
  const dynamic = attempt(() => file.dynamic);
  const interpreter = attempt(() => file.interpreter);
  const hardening = attempt(() => file.hardening);
  return {
    kind: attempt(() => file.kind) ?? "other",
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
    compilers: [...(attempt(() => file.compilers) ?? [])],
    ...(hardening !== undefined && { hardening }),
    notes: notes.counts,
  };
}

/** Runs a reader. Reports an error about the content of the file, which must not hide the rest, and returns undefined. */
const attemptWith =
  ({ onProblem }: ReadOptions) =>
  <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof OgrtError) || error.code.startsWith("FILE_")) throw error;
      onProblem?.(error);
      return undefined;
    }
  };

function noteFacts(file: ElfFile, options: ReadOptions) {
  const attempt = attemptWith(options);
  const signatures: Signature[] = [];
  const counts = new Map<string, ElfFacts["notes"][number]>();
  let buildId: string | undefined;
  let packageMetadata: Record<string, unknown> | undefined;
  for (const note of file.notes()) {
    const key = `${note.type} ${note.owner}`;
    const counted = counts.get(key) ?? { owner: note.owner, type: note.type, count: 0 };
    if (counted.count++ === 0) counts.set(key, counted);
    if (note.owner === OGRT_OWNER && note.type === OGRT_NOTE_TYPE) {
      const decoded = decodeSignature(file, note);
      if (decoded instanceof OgrtError) options.onProblem?.(decoded);
      else signatures.push(decoded);
      continue;
    }
    const kind = noteKind(note);
    if (kind !== undefined && kind.isNumerous !== true) {
      const known = attempt(() => decodeNote(file, note, options));
      if (known !== undefined && kind.summary !== undefined) counted.summary ??= kind.summary(known);
      if (known?.kind === "GNU build-id") buildId ??= known.buildId;
      if (known?.kind === "FDO package metadata") packageMetadata ??= known.package;
    }
  }
  return { signatures, buildId, package: packageMetadata, counts: [...counts.values()] };
}
