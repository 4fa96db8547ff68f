import { NOTE_HEADER_SIZE, PT_LOAD, PT_NOTE, SHF_ALLOC, SHT_NOTE } from "./constants.js";
import { isSeparateDebugFile } from "./debug-file.js";
import type { Elf } from "./elf.js";
import type { ReadOptions } from "./limits.js";
import { readSections, type Section, sectionNames } from "./sections.js";
import { readSegments } from "./segments.js";

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
 * The note lists of a file. Sections come first, because they have names and correct alignments. Segments follow where the
 * sections leave something out, so that a file on disk gives the same notes as a process in memory, which has segments only.
 */
export function* noteLists(elf: Elf, options: ReadOptions): Generator<NoteList> {
  const sections = [...readSections(elf, SHT_NOTE)];
  if (sections.length > 0) {
    const nameOf = sectionNames(elf, options);
    for (const section of sections) {
      const { offset, size, alignment, flags } = section;
      yield { offset, size, alignment, section: nameOf(section), allocatable: (flags & SHF_ALLOC) !== 0 };
    }
  }
  let loads: { offset: number; fileSize: number }[] | undefined;
  for (const { index, offset, fileSize, alignment } of readSegments(elf, PT_NOTE)) {
    if (covered(offset, offset + fileSize, sections)) continue;
    // A separate debug file has the program headers of its program, whose offsets are wrong here.
    if (isSeparateDebugFile(elf)) return;
    loads ??= [...readSegments(elf, PT_LOAD)];
    const allocatable = loads.some((load) => load.offset <= offset && offset + fileSize <= load.offset + load.fileSize);
    yield { offset, size: fileSize, alignment, segment: index, allocatable };
  }
}

/** Whether the sections leave no gap in the range that is large enough for a note header. */
function covered(start: number, end: number, sections: Section[]): boolean {
  let at = start;
  for (const { offset, size } of sections.filter((section) => section.offset + section.size > start).sort(byOffset)) {
    if (offset - at >= NOTE_HEADER_SIZE) break;
    at = Math.max(at, offset + size);
  }
  return end - at < NOTE_HEADER_SIZE;
}

const byOffset = (a: Section, b: Section): number => a.offset - b.offset;
