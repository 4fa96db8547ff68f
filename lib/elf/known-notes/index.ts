import { hex } from "../../shared/hex.js";
import * as constants from "../constants.js";
import { type ElfInput, toElf } from "../elf.js";
import { Fields } from "../fields.js";
import type { ReadOptions } from "../limits.js";
import { malformed } from "../malformed.js";
import type { Note } from "../note.js";
import { noteDescriptor } from "../notes.js";
import {
  type DlopenNote,
  decodeDlopen,
  decodePackage,
  NT_FDO_DLOPEN_METADATA,
  NT_FDO_PACKAGING_METADATA,
  type PackageNote,
} from "./fdo.js";
import { type AbiTag, type BuildIdNote, decodeAbiTag, decodeProperties, type PropertyNote } from "./gnu.js";
import { decodeGoBuildId, type GoBuildIdNote } from "./go.js";
import { decodeXalt, type XaltNote } from "./xalt.js";

/** A probe of SystemTap, of which a file may hold thousands: they are told apart, not decoded. */
export interface ProbeNote {
  kind: "stapsdt";
}

/** A note whose owner and type this library knows. OGRT's own notes are the matter of `readSignatures`. */
export type KnownNote =
  | AbiTag
  | BuildIdNote
  | PropertyNote
  | ProbeNote
  | GoBuildIdNote
  | PackageNote
  | DlopenNote
  | XaltNote;

const NT_STAPSDT = 3;
const NT_GO_BUILD_ID = 4;
const NT_XALT = 0x746c6158;

/**
 * What a note says; undefined when its owner and type are unknown.
 *
 * @example
 * ```ts
 * const elf = toElf(readFileSync("/bin/sh"));
 * const known = Array.from(readNotes(elf), (note) => decodeNote(elf, note)?.kind);
 * assert.ok(known.includes("GNU build-id"));
 * ```
 *
 * @throws {@link OgrtError} MALFORMED_ELF when the descriptor does not have the layout of its type.
 */
export function decodeNote(input: ElfInput, note: Note, options: ReadOptions = {}): KnownNote | undefined {
  const decode = DECODERS[`${note.owner} ${note.type}`];
  if (decode === undefined) return undefined;
  const elf = toElf(input);
  const descriptor = noteDescriptor(elf, note, options);
  const known = decode(descriptor, new Fields(descriptor, elf.header.byteOrder === "little"), elf.header);
  if (known !== undefined) return known;
  const sentence = `the descriptor of this ${note.owner} note is not what its type ${note.type} asks for`;
  throw malformed(elf.source, note.offset, note.type, sentence);
}

type Decode = (
  descriptor: Uint8Array,
  fields: Fields,
  header: Parameters<typeof decodeProperties>[2],
) => KnownNote | undefined;

const DECODERS: Readonly<Record<string, Decode>> = {
  [`${constants.GNU_OWNER} ${constants.NT_GNU_ABI_TAG}`]: (descriptor, fields) =>
    decodeAbiTag(fields, descriptor.length),
  [`${constants.GNU_OWNER} ${constants.NT_GNU_BUILD_ID}`]: (descriptor) => ({
    kind: "GNU build-id",
    buildId: hex(descriptor),
  }),
  [`${constants.GNU_OWNER} ${constants.NT_GNU_PROPERTY_TYPE_0}`]: (descriptor, fields, header) =>
    decodeProperties(fields, descriptor, header),
  [`stapsdt ${NT_STAPSDT}`]: () => ({ kind: "stapsdt" }),
  [`Go ${NT_GO_BUILD_ID}`]: decodeGoBuildId,
  [`FDO ${NT_FDO_PACKAGING_METADATA}`]: decodePackage,
  [`FDO ${NT_FDO_DLOPEN_METADATA}`]: decodeDlopen,
  [`XALT ${NT_XALT}`]: decodeXalt,
};
