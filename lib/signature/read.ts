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
  const { descriptorSize } = note;
  if (descriptorSize !== OGRT_DESCRIPTOR_SIZE) {
    return malformed(elf, note, descriptorSize, `has a descriptor of ${descriptorSize} bytes instead of 38`);
  }
  let descriptor: Uint8Array;
  try {
    descriptor = noteDescriptor(elf, note);
    elf.source.budget.decoding(descriptorSize, elf.source, note.offset);
  } catch (error) {
    if (error instanceof OgrtError && error.code === "LIMIT_EXCEEDED") return error;
    throw error;
  }
  const version = descriptor[0] ?? 0;
  if (version !== OGRT_VERSION)
    return malformed(elf, note, version, `has version ${version}; only version 1 is supported`);
  if (descriptor[OGRT_DESCRIPTOR_SIZE - 1] !== 0) {
    return malformed(elf, note, descriptor[OGRT_DESCRIPTOR_SIZE - 1] ?? 0, "has a UUID without its terminating NUL");
  }
  const text = bytesToText(descriptor.subarray(1, OGRT_DESCRIPTOR_SIZE - 1));
  const uuid = canonicalUuid(text);
  if (uuid === undefined) return malformed(elf, note, text, `holds "${text}", which is not a UUID`);
  return {
    uuid,
    version,
    owner: note.owner,
    ...(note.section !== undefined && { section: note.section }),
    allocatable: note.allocatable,
    offset: note.offset,
  };
}

function malformed({ source }: Elf, note: Note, value: number | string, what: string): OgrtError {
  return new OgrtError("MALFORMED_SIGNATURE", `OGRT note at offset 0x${note.offset.toString(16)} ${what}`, {
    path: source.path,
    offset: note.offset,
    value,
  });
}
