import { OgrtError } from "../errors.js";
import { NOTE_HEADER_SIZE, PT_LOAD, PT_NOTE, SHF_ALLOC, SHF_COMPRESSED, SHT_NOTE } from "./constants.js";
import { isSeparateDebugFile } from "./debug-file.js";
import type { Elf } from "./elf.js";
import { type ReadOptions, report } from "./limits.js";
import { problem } from "./malformed.js";
import type { BudgetedSource } from "./metered-source.js";
import { sectionNames, sectionsWhere } from "./sections.js";
import { readSegments, type Segment } from "./segments.js";

const COMPARISONS_PER_STEP = 16;

/** A list of consecutive notes: a SHT_NOTE section or a PT_NOTE segment. */
export interface NoteList {
  offset: number;
  size: number;
  alignment: number;
  /** Name of the section. */
  section?: string;
  /** Index of the segment. */
  segment?: number;
  allocatable: boolean;
}

/**
 * The note lists of a file. Sections come first, because they have names and exact alignments. Segments follow that hold
 * something else: a process in memory has segments only, so a file on disk must not hide what they hold.
 *
 * @param sound - the caller adds each section that it parsed without a problem.
 */
export function* noteLists(elf: Elf, sound: NoteList[], options: ReadOptions): Generator<NoteList> {
  let nameOf: ReturnType<typeof sectionNames> | undefined;
  for (const section of sectionsWhere(elf, isNote)) {
    const { offset, size, alignment, flags } = section;
    let name = "";
    try {
      nameOf ??= sectionNames(elf);
      name = nameOf(section);
    } catch (error) {
      if (!(error instanceof OgrtError)) throw error;
      // Reported once. It does not hide notes.
      report(options, error);
      nameOf = () => "";
    }
    if ((flags & SHF_COMPRESSED) !== 0) {
      // gABI: a section cannot be both compressed and loaded, and a note that is not loaded identifies no process.
      const sentence = `note section ${name} at offset 0x${offset.toString(16)} is compressed: its notes are not read`;
      report(options, problem("UNSUPPORTED_COMPRESSION", elf.source, offset, flags, sentence));
      continue;
    }
    yield { offset, size, alignment, section: name, allocatable: (flags & SHF_ALLOC) !== 0 };
  }
  yield* noteSegments(elf, sound);
}

const isNote = (type: number): boolean => type === SHT_NOTE;

/** The PT_NOTE segments that hold something else than `sections`. */
function* noteSegments(elf: Elf, sections: NoteList[]): Generator<NoteList> {
  if (sections.length > 1) sections.sort(byOffset);
  let loads: { offset: number; fileSize: number }[] | undefined;
  for (const segment of readSegments(elf, PT_NOTE)) {
    if (isMadeOf(elf.source, sections, segment)) continue;
    // A separate debug file has the program headers of its program, whose offsets are wrong here.
    if (isSeparateDebugFile(elf)) return;
    const { index, offset, fileSize, alignment } = segment;
    loads ??= [...readSegments(elf, PT_LOAD)];
    elf.source.budget.work(Math.ceil(loads.length / COMPARISONS_PER_STEP), elf.source, offset);
    const allocatable = loads.some((load) => load.offset <= offset && offset + fileSize <= load.offset + load.fileSize);
    yield { offset, size: fileSize, alignment, segment: index, allocatable };
  }
}

const byOffset = (a: NoteList, b: NoteList): number => a.offset - b.offset || b.size - a.size;

/**
 * Whether a segment consists of whole sections, with gaps too small for a note header. A section that begins or ends
 * elsewhere shows other notes in the same bytes; so does one with a larger alignment, which linkers give the segment too.
 */
function isMadeOf(source: BudgetedSource, sections: readonly NoteList[], segment: Segment): boolean {
  const end = segment.offset + segment.fileSize;
  let at = segment.offset;
  for (let index = firstFrom(sections, at); end - at >= NOTE_HEADER_SIZE; index++) {
    source.budget.work(1, source, at);
    const next = sections[index];
    if (next === undefined || next.offset - at >= NOTE_HEADER_SIZE) return false;
    if (next.offset < at || next.offset + next.size > end || next.alignment > segment.alignment) continue;
    at = next.offset + next.size;
  }
  return true;
}

/** Index of the first section that starts at `offset` or later, by bisection. */
function firstFrom(sorted: readonly NoteList[], offset: number): number {
  let low = 0;
  for (let high = sorted.length; low < high; ) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as NoteList).offset < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
