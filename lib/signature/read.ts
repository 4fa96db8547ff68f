import {
  type Elf,
  type ElfInput,
  type Note,
  noteDescriptor,
  type ReadOptions,
  readNotes,
  toElf,
} from "../elf/index.js";
import { report } from "../elf/limits.js";
import { problem } from "../elf/malformed.js";
import { OgrtError } from "../errors.js";
import { canonicalUuid } from "../shared/uuid.js";
import { bytesToText } from "../text/escape.js";
import { OGRT_DESCRIPTOR_SIZE, OGRT_NOTE_TYPE, OGRT_OWNER, OGRT_VERSION } from "./note.js";

/** One OGRT note of a file. */
export interface Signature {
  /** 36 lower-case characters. */
  uuid: string;
  /** Layout version of the note; always 1 so far. */
  version: number;
  /** Owner of the note: `OGRT`. */
  owner: string;
  /** Section that holds the note; absent when only a PT_NOTE segment does. */
  section?: string;
  /** Whether the note is loaded into memory. One added by `objcopy --add-section` is not. */
  allocatable: boolean;
  /** File offset of the note in bytes. */
  offset: number;
}

/**
 * Every OGRT signature of an ELF file, in file order. Several are normal: `ld -r`, a stamp listed twice, a stamped
 * static library. An empty list means that the ELF file has no signature.
 *
 * @example
 * ```ts
 * const uuids = readSignatures(readFileSync("/bin/sh")).map(({ uuid }) => uuid);
 * assert.deepEqual(uuids, []);
 * ```
 *
 * @param input - the file's bytes, or a Source that reads them on demand.
 * @param options - a listener for malformed notes, which end their list but not the reading.
 * @throws {@link OgrtError} NOT_ELF when the bytes are not an ELF file, MALFORMED_ELF when its headers are impossible.
 */
export function readSignatures(input: ElfInput, options: ReadOptions = {}): Signature[] {
  const elf = toElf(input, options);
  const signatures: Signature[] = [];
  for (const note of readNotes(elf, options, OGRT_NOTE_TYPE)) {
    if (note.owner !== OGRT_OWNER) continue;
    const decoded = decodeSignature(elf, note);
    if (!(decoded instanceof OgrtError)) signatures.push(decoded);
    else if (report(options, decoded) === "ends") break;
  }
  return signatures.sort((a, b) => a.offset - b.offset);
}

/**
 * The signature in an OGRT note, or the error that says why there is none.
 *
 * @example
 * ```ts
 * const elf = toElf(readFileSync("/bin/sh"));
 * const decoded = Array.from(readNotes(elf, {}, OGRT_NOTE_TYPE), (note) => decodeSignature(elf, note));
 * assert.deepEqual(decoded, []);
 * ```
 */
export function decodeSignature(elf: Elf, note: Note): Signature | OgrtError {
  try {
    return decode(elf, note);
  } catch (error) {
    const isAboutNote = error instanceof OgrtError && ["LIMIT_EXCEEDED", "MALFORMED_SIGNATURE"].includes(error.code);
    if (isAboutNote) return error;
    throw error;
  }
}

function decode(elf: Elf, note: Note): Signature {
  const { source } = elf;
  const { descriptorSize, offset } = note;
  const malformed = (value: number | string, what: string) =>
    problem("MALFORMED_SIGNATURE", source, offset, value, `OGRT note at offset 0x${offset.toString(16)} ${what}`);
  if (descriptorSize !== OGRT_DESCRIPTOR_SIZE) {
    throw malformed(descriptorSize, `has a descriptor of ${descriptorSize} bytes instead of 38`);
  }
  const descriptor = noteDescriptor(elf, note);
  source.budget.decoding(descriptorSize, source, offset);
  const version = descriptor[0] ?? 0;
  if (version !== OGRT_VERSION) throw malformed(version, `has version ${version}; only version 1 is supported`);
  const terminator = descriptor[OGRT_DESCRIPTOR_SIZE - 1] ?? 0;
  if (terminator !== 0) throw malformed(terminator, "has a UUID without its terminating NUL");
  const text = bytesToText(descriptor.subarray(1, OGRT_DESCRIPTOR_SIZE - 1));
  const uuid = canonicalUuid(text);
  if (uuid === undefined) throw malformed(text, `holds "${text}", which is not a UUID`);
  return {
    uuid,
    version,
    owner: note.owner,
    ...(note.section !== undefined && { section: note.section }),
    allocatable: note.allocatable,
    offset,
  };
}
