import type { OgrtError } from "../errors.js";
import { bytesToText } from "../text/escape.js";
import { PT_LOAD, PT_NOTE, SHF_ALLOC, SHT_NOTE } from "./constants.js";
import { Fields } from "./fields.js";
import type { ElfHeader } from "./header.js";
import { malformed } from "./malformed.js";
import { readSections, sectionName } from "./sections.js";
import { readSegments, type Segment } from "./segments.js";
import type { Source } from "./source.js";

/** One note (gABI, "Note Section"). Its descriptor is read on demand by {@link noteDescriptor}. */
export interface Note {
  /** Owner ("name" in the gABI) without its terminating NUL, as reversible text. */
  owner: string;
  /** Meaningful only together with the owner. */
  type: number;
  /** File offset of the note's first word. */
  offset: number;
  descriptorOffset: number;
  /** descsz: bytes of the descriptor, without padding. */
  descriptorSize: number;
  /** Name of the section the note was found in; absent when it was found through a PT_NOTE segment. */
  section?: string;
  /** Whether the note is in memory at run time. */
  allocatable: boolean;
}

export interface NoteOptions {
  /**
   * Told of each malformed note. A malformed note ends its own list, because nothing after it can be located; the
   * other lists are still read. Without a listener such lists simply end there.
   */
  onProblem?: (problem: OgrtError) => void;
  /** Notes read per list before the rest is given up as a problem; 65536 by default. */
  maxNotes?: number;
}

/** Notes that follow one another: a SHT_NOTE section or a PT_NOTE segment. */
interface NoteList {
  offset: number;
  size: number;
  alignment: number;
  section?: string;
  allocatable: boolean;
}

const NOTE_HEADER_SIZE = 12;
const DEFAULT_MAX_NOTES = 65_536;
/** Owners are a handful of characters; a longer one is read no further than this. */
const MAX_OWNER_SIZE = 256;
const MAX_DESCRIPTOR_SIZE = 1 << 20;

/** All notes of a file, in file order of their lists: from its SHT_NOTE sections or, without sections, its PT_NOTE segments. */
export function* readNotes(source: Source, header: ElfHeader, options: NoteOptions = {}): Generator<Note> {
  for (const list of noteLists(source, header)) {
    const { notes, problem } = parseList(source, header, list, options.maxNotes ?? DEFAULT_MAX_NOTES);
    yield* notes;
    if (problem !== undefined) options.onProblem?.(problem);
  }
}

/**
 * Descriptor bytes of a note.
 *
 * @throws {@link OgrtError} MALFORMED_ELF when it is larger than 1 MiB, which no known note is.
 */
export function noteDescriptor(source: Source, note: Note): Uint8Array {
  if (note.descriptorSize > MAX_DESCRIPTOR_SIZE) {
    throw malformed(source, note.offset + 4, note.descriptorSize, `note descriptor of ${note.descriptorSize} bytes`);
  }
  return source.read(note.descriptorOffset, note.descriptorSize);
}

function* noteLists(source: Source, header: ElfHeader): Generator<NoteList> {
  if (header.sections.count > 0) {
    for (const section of readSections(source, header)) {
      if (section.type !== SHT_NOTE) continue;
      yield {
        offset: section.offset,
        size: section.size,
        alignment: section.alignment,
        section: sectionName(source, header, section),
        allocatable: (section.flags & SHF_ALLOC) !== 0,
      };
    }
    return;
  }
  const loads: Segment[] = [];
  const notes: Segment[] = [];
  for (const segment of readSegments(source, header)) {
    if (segment.type === PT_LOAD) loads.push(segment);
    else if (segment.type === PT_NOTE) notes.push(segment);
  }
  for (const { offset, fileSize, alignment } of notes) {
    const allocatable = loads.some((load) => load.offset <= offset && offset + fileSize <= load.offset + load.fileSize);
    yield { offset, size: fileSize, alignment, allocatable };
  }
}

interface ParsedList {
  notes: Note[];
  problem?: OgrtError;
}

/**
 * Words of a note are padded to 4 bytes or, in lists aligned to 8, to 8 bytes. Linkers put both kinds into one PT_NOTE
 * segment and label it with the larger alignment, so where the labelled alignment leads nowhere the other is tried.
 */
function parseList(source: Source, header: ElfHeader, list: NoteList, maxNotes: number): ParsedList {
  if (list.offset + list.size > source.size) {
    const where = list.section === undefined ? "PT_NOTE segment" : `note section ${list.section}`;
    const sentence = `${where} (${list.size} bytes) ends after the file's ${source.size} bytes`;
    return { notes: [], problem: malformed(source, list.offset, list.size, sentence) };
  }
  const labelled = list.alignment === 8 ? 8 : 4;
  const first = parseAligned(source, header, list, labelled, maxNotes);
  if (first.problem === undefined) return first;
  const second = parseAligned(source, header, list, labelled === 8 ? 4 : 8, maxNotes);
  return second.problem === undefined ? second : first;
}

function parseAligned(source: Source, header: ElfHeader, list: NoteList, align: 4 | 8, maxNotes: number): ParsedList {
  const notes: Note[] = [];
  const end = list.offset + list.size;
  let at = list.offset;
  while (at < end) {
    const rest = end - at;
    if (rest < NOTE_HEADER_SIZE) {
      if (source.read(at, rest).every((byte) => byte === 0)) break;
      return { notes, problem: malformed(source, at, rest, `${rest} bytes are left where a note header needs 12`) };
    }
    const words = new Fields(source.read(at, NOTE_HEADER_SIZE), header.byteOrder === "little");
    const nameSize = words.u32(0);
    const descriptorSize = words.u32(4);
    if (nameSize > rest - NOTE_HEADER_SIZE) {
      return {
        notes,
        problem: malformed(source, at, nameSize, `note name of ${nameSize} bytes with ${rest} bytes left`),
      };
    }
    // Padding counts from the note's own start (binutils: ELF_NOTE_DESC_OFFSET), not from the start of the file.
    const descriptorStart = padded(NOTE_HEADER_SIZE + nameSize, align);
    if (descriptorSize > 0 && descriptorSize > rest - descriptorStart) {
      const sentence = `note descriptor of ${descriptorSize} bytes with ${rest} bytes left`;
      return { notes, problem: malformed(source, at + 4, descriptorSize, sentence) };
    }
    if (notes.length === maxNotes) {
      return { notes, problem: malformed(source, at, maxNotes, `more than ${maxNotes} notes in one list`) };
    }
    notes.push({
      owner: ownerText(source.read(at + NOTE_HEADER_SIZE, Math.min(nameSize, MAX_OWNER_SIZE))),
      type: words.u32(8),
      offset: at,
      descriptorOffset: at + descriptorStart,
      descriptorSize,
      ...(list.section !== undefined && { section: list.section }),
      allocatable: list.allocatable,
    });
    at += padded(descriptorStart + descriptorSize, align);
  }
  return { notes };
}

const padded = (size: number, align: 4 | 8): number => Math.ceil(size / align) * align;

function ownerText(name: Uint8Array): string {
  const terminated = name.length > 0 && name[name.length - 1] === 0;
  return bytesToText(terminated ? name.subarray(0, -1) : name);
}
