import {
  type ElfInput,
  type Note,
  type NoteOptions,
  noteDescriptor,
  readHeader,
  readNotes,
  type Source,
  toSource,
} from "../elf/index.js";
import { OgrtError } from "../errors.js";
import { bytesToText } from "../text/escape.js";
import { canonicalUuid, OGRT_DESCRIPTOR_SIZE, OGRT_NOTE_TYPE, OGRT_OWNER, OGRT_VERSION } from "./note.js";

/** One OGRT note of a file. */
export interface Signature {
  /** 36 lower-case characters. */
  uuid: string;
  /** Layout version of the note; 1 is the only one so far. */
  version: number;
  /** Owner of the note: `OGRT`. */
  owner: string;
  /** Section that holds the note; absent when it was found through a PT_NOTE segment, in a file without sections. */
  section?: string;
  /** Whether the note is in memory when the file runs. One added by `objcopy --add-section` is not. */
  allocatable: boolean;
  /** File offset of the note in bytes. */
  offset: number;
}

/**
 * Every OGRT signature of an ELF file, in file order. Several are normal: `ld -r`, a stamp listed twice, a stamped
 * static library. An empty list means a sound ELF file without a signature.
 *
 * @param input - the file's bytes, or a Source that reads them on demand.
 * @param options - a listener for malformed notes, which end their own list but not the reading.
 * @throws {@link OgrtError} NOT_ELF when the bytes are no ELF file, MALFORMED_ELF when its headers are impossible.
 */
export function readSignatures(input: ElfInput, options: NoteOptions = {}): Signature[] {
  const source = toSource(input);
  const signatures: Signature[] = [];
  for (const note of readNotes(source, readHeader(source), options)) {
    if (note.type !== OGRT_NOTE_TYPE || note.owner !== OGRT_OWNER) continue;
    const decoded = decode(source, note);
    if (decoded instanceof OgrtError) options.onProblem?.(decoded);
    else signatures.push(decoded);
  }
  return signatures;
}

function decode(source: Source, note: Note): Signature | OgrtError {
  if (note.descriptorSize !== OGRT_DESCRIPTOR_SIZE) {
    return malformed(
      source,
      note,
      note.descriptorSize,
      `has a descriptor of ${note.descriptorSize} bytes instead of 38`,
    );
  }
  const descriptor = noteDescriptor(source, note);
  const version = descriptor[0] ?? 0;
  if (version !== OGRT_VERSION) return malformed(source, note, version, `has version ${version}; only 1 is known`);
  if (descriptor[OGRT_DESCRIPTOR_SIZE - 1] !== 0) {
    return malformed(source, note, descriptor[OGRT_DESCRIPTOR_SIZE - 1] ?? 0, "has a UUID without its terminating NUL");
  }
  const text = bytesToText(descriptor.subarray(1, OGRT_DESCRIPTOR_SIZE - 1));
  const uuid = canonicalUuid(text);
  if (uuid === undefined) return malformed(source, note, text, `holds "${text}", which is no UUID`);
  return {
    uuid,
    version,
    owner: note.owner,
    ...(note.section !== undefined && { section: note.section }),
    allocatable: note.allocatable,
    offset: note.offset,
  };
}

function malformed(source: Source, note: Note, value: number | string, what: string): OgrtError {
  return new OgrtError("MALFORMED_SIGNATURE", `OGRT note at offset 0x${note.offset.toString(16)} ${what}`, {
    path: source.path,
    offset: note.offset,
    value,
  });
}
