import { type ElfInput, toElf } from "./elf.js";
import { limit, type ReadOptions } from "./limits.js";
import { malformed } from "./malformed.js";
import type { Note } from "./note.js";
import { noteLists } from "./note-lists.js";
import { parseNoteList } from "./note-parser.js";

/**
 * All notes of a file: those of its SHT_NOTE sections, then those that only a PT_NOTE segment holds. A note that several
 * sections or segments cover is returned once. With `type`, only notes of that type, whatever their owner: this is
 * faster where a file has thousands of others.
 *
 * @example
 * ```ts
 * const owners = Array.from(readNotes(readFileSync("/bin/sh")), (note) => note.owner);
 * assert.ok(owners.includes("GNU"));
 * ```
 *
 * @throws {@link OgrtError} NOT_ELF or MALFORMED_ELF; `options.onProblem` gets errors of single lists and notes.
 */
export function* readNotes(input: ElfInput, options: ReadOptions = {}, type?: number): Generator<Note> {
  const elf = toElf(input);
  const seen = new Set<number>();
  let budget = limit(options, "maxNotes");
  for (const list of noteLists(elf, options)) {
    const { notes, count, problem } = parseNoteList(elf, list, budget, type);
    budget -= count;
    for (const note of notes) {
      if (seen.has(note.offset)) continue;
      seen.add(note.offset);
      yield note;
    }
    if (problem === undefined) continue;
    options.onProblem?.(problem);
    if (problem.code === "LIMIT_EXCEEDED") return;
  }
}

/**
 * Descriptor bytes of a note: a view, not a copy.
 *
 * @example
 * ```ts
 * const elf = toElf(readFileSync("/bin/sh"));
 * const [first] = readNotes(elf);
 * assert.equal(noteDescriptor(elf, first).length, first.descriptorSize);
 * ```
 *
 * @throws {@link OgrtError} MALFORMED_ELF when it is larger than `maxDescriptorBytes`.
 */
export function noteDescriptor(input: ElfInput, note: Note, options: ReadOptions = {}): Uint8Array {
  const { source } = toElf(input);
  const { descriptorSize, descriptorOffset, offset } = note;
  if (descriptorSize > limit(options, "maxDescriptorBytes") || descriptorOffset + descriptorSize > source.size) {
    throw malformed(source, offset + 4, descriptorSize, `note descriptor of ${descriptorSize} bytes`);
  }
  return source.read(descriptorOffset, descriptorSize);
}
