import { type ElfInput, toElf } from "../elf.js";
import { Fields } from "../fields.js";
import type { ReadOptions } from "../limits.js";
import { malformed } from "../malformed.js";
import type { Note } from "../note.js";
import { noteDescriptor } from "../notes.js";
import type { NoteKind } from "./note-kind.js";
import * as registry from "./registry.js";

/** What a note of a kind that this library knows says; `kind` tells which. `readSignatures` reads OGRT's own notes. */
export type KnownNote = NonNullable<ReturnType<(typeof registry)[keyof typeof registry]["decode"]>>;

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
  const kind = noteKind(note);
  if (kind === undefined) return undefined;
  const elf = toElf(input, options);
  const descriptor = noteDescriptor(elf, note);
  elf.source.budget.decoding(descriptor.length, elf.source, note.offset);
  const known = kind.decode(descriptor, new Fields(descriptor, elf.header.byteOrder === "little"), elf.header);
  if (known !== undefined) return known;
  const sentence = `the descriptor of this ${note.owner} note does not have the layout of type ${note.type}`;
  throw malformed(elf.source, note.offset, note.type, sentence);
}

/** The kind of a note; undefined when its owner and type are unknown. */
export const noteKind = ({ owner, type }: Pick<Note, "owner" | "type">): NoteKind<KnownNote> | undefined =>
  KINDS.get(`${owner} ${type}`);

const KINDS = /* @__PURE__ */ (() => {
  const kinds = Object.values(registry) as NoteKind<KnownNote>[];
  return new Map(kinds.map((kind) => [`${kind.owner} ${kind.type}`, kind]));
})();
