import { OgrtError } from "../errors.js";
import { type ElfInput, toElf } from "./elf.js";
import { type ReadOptions, report } from "./limits.js";
import { exceeded, malformed } from "./malformed.js";
import type { Note } from "./note.js";
import { type NoteList, noteLists } from "./note-lists.js";
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
  const elf = toElf(input, options);
  const returned = new ReturnedNotes();
  const sound: NoteList[] = [];
  try {
    for (const list of noteLists(elf, sound, options)) {
      const { notes, problem, isSound } = parseNoteList(elf, list, type);
      returned.begin(list);
      for (const note of notes) if (returned.add(note)) yield note;
      if (isSound && list.section !== undefined) sound.push(list);
      if (problem?.code === "LIMIT_EXCEEDED") throw problem;
      if (problem !== undefined) report(options, problem);
    }
  } catch (error) {
    if (!(error instanceof OgrtError) || error.code !== "LIMIT_EXCEEDED") throw error;
    report(options, error);
  }
}

/** The notes that were returned: lists may overlap. Those of most files do not, and need no set. */
class ReturnedNotes {
  readonly #keys: number[] = [];
  #seen: Set<number> | undefined;
  #end = 0;

  begin({ offset, size }: NoteList): void {
    if (offset < this.#end) this.#seen ??= new Set(this.#keys);
    this.#end = Math.max(this.#end, offset + size);
  }

  /** False for a note that is there already. */
  add(note: Note): boolean {
    // Two lists may pad one note differently: to 4 bytes or to 8.
    const key = note.offset * 8 + ((note.descriptorOffset - note.offset) & 4);
    if (this.#seen === undefined) this.#keys.push(key);
    else if (this.#seen.has(key)) return false;
    else this.#seen.add(key);
    return true;
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
 * @throws {@link OgrtError} MALFORMED_ELF, or LIMIT_EXCEEDED when it is larger than `maxDescriptorBytes`.
 */
export function noteDescriptor(input: ElfInput, note: Note, options: ReadOptions = {}): Uint8Array {
  const { source } = toElf(input, options);
  const { descriptorSize, descriptorOffset, offset } = note;
  const maximum = source.budget.limits.maxDescriptorBytes;
  if (descriptorSize > maximum) {
    throw exceeded(source, offset + 4, descriptorSize, "maxDescriptorBytes", maximum, "note descriptor");
  }
  if (descriptorOffset + descriptorSize > source.size) {
    throw malformed(source, offset + 4, descriptorSize, `note descriptor of ${descriptorSize} bytes`);
  }
  source.budget.data(descriptorSize, source, offset);
  return source.read(descriptorOffset, descriptorSize);
}
