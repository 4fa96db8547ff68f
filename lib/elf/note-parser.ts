import { OgrtError } from "../errors.js";
import { NOTE_HEADER_SIZE } from "./constants.js";
import { type Elf, windowOf } from "./elf.js";
import { malformed, problem as problemOf } from "./malformed.js";
import type { Note } from "./note.js";
import type { NoteList } from "./note-lists.js";
import { ownerText } from "./note-owners.js";
import type { Window } from "./window.js";

/** Bytes read of an owner. Real ones have a handful of characters. */
const MAX_OWNER_BYTES = 256;

/** Steps of a list, beside those of its notes. */
const LIST_STEPS = 12;

/** Padding of a name and a descriptor: to 4 bytes, to 8, or either in the same list. */
type Padding = 4 | 8 | "mixed";

interface Walk {
  notes: Note[];
  problem?: OgrtError;
  /** The notes with plausible owners, where some are not: the padding was probably wrong. */
  plausible?: Note[];
}

interface Parsed extends Pick<Walk, "notes" | "problem"> {
  /** The whole list was read as its alignment says, and looks like notes. */
  isSound: boolean;
}

/**
 * The notes of one list. Words are padded to 4 bytes or, in lists aligned to 8, to 8 bytes (gABI, "Note Section", which
 * binutils and elfutils follow). Linkers put both kinds into one PT_NOTE segment and label it with the larger alignment,
 * and a walk with the wrong padding can still reach the end exactly. So where the labelled padding gives an error or an
 * implausible owner, the parser tries the other padding, and then decides at each note. Such a guess is a problem.
 *
 * With `type`, only notes of that type are returned: files with thousands of notes of annobin or SystemTap are common.
 */
export function parseNoteList(elf: Elf, list: NoteList, type?: number): Parsed {
  const { source } = elf;
  source.budget.work(LIST_STEPS, source, list.offset);
  if (list.offset + list.size > source.size) {
    const sentence = `${nameOf(list)} (${list.size} bytes) ends after the file's ${source.size} bytes`;
    return { notes: [], isSound: false, problem: malformed(source, list.offset, list.size, sentence) };
  }
  const labelled = list.alignment === 8 ? 8 : 4;
  const first = walk(elf, list, labelled, type);
  if (!isFinal(first)) return guess(elf, list, labelled, first, type);
  // What precedes the damage may be misread: only notes that look like notes are kept.
  const { notes, plausible = notes, problem } = first;
  if (problem !== undefined) return { notes: plausible, isSound: false, problem };
  return { notes, isSound: true };
}

/** Reads a list again whose labelled padding is in doubt after the first walk. */
function guess(elf: Elf, list: NoteList, labelled: 4 | 8, first: Walk, type: number | undefined): Parsed {
  const paddings: Padding[] = [labelled, labelled === 8 ? 4 : 8, "mixed"];
  const walks = [first];
  let last = first;
  for (let tried = 1; tried < paddings.length && !isFinal(last); tried++) {
    last = walk(elf, list, paddings[tried] as Padding, type);
    walks.push(last);
  }
  const chosen = isFinal(last) ? last : (walks.find(({ problem }) => problem === undefined) ?? first);
  const { problem, notes, plausible = notes } = chosen;
  if (problem !== undefined) return { notes: plausible, isSound: false, problem };
  const padding = paddings[walks.indexOf(chosen)];
  if (padding === labelled) return { notes, isSound: false };
  const words = padding === "mixed" ? "to 4 bytes and to 8 in turn" : `to ${padding} bytes`;
  const sentence = `${nameOf(list)} has alignment ${list.alignment}, but its notes seem to be padded ${words}`;
  return {
    notes,
    isSound: false,
    problem: problemOf("AMBIGUOUS_NOTES", elf.source, list.offset, list.alignment, sentence),
  };
}

const nameOf = ({ section, segment }: NoteList): string =>
  section === undefined ? `PT_NOTE segment ${segment}` : `note section ${section}`;

/** Whether no other padding needs to be tried, or none can. */
const isFinal = ({ problem, plausible }: Walk): boolean =>
  problem === undefined ? plausible === undefined : problem.code === "LIMIT_EXCEEDED";

/** Ends at the end of the list, at a malformed note, or where the budget of the file does. */
function walk(elf: Elf, list: NoteList, padding: Padding, wanted: number | undefined): Walk {
  const walked: Walk = { notes: [] };
  try {
    walkNotes(elf, list, padding, wanted, walked);
  } catch (error) {
    if (!(error instanceof OgrtError)) throw error;
    walked.problem = error;
  }
  return walked;
}

function walkNotes(elf: Elf, list: NoteList, padding: Padding, wanted: number | undefined, walked: Walk): void {
  const { source } = elf;
  const align = padding === 8 ? 8 : 4;
  const end = list.offset + list.size;
  const f = windowOf(elf, end);
  let at = list.offset;
  while (at < end) {
    const rest = end - at;
    if (rest < NOTE_HEADER_SIZE) {
      const b = f.at(at, rest);
      if (f.view(b, rest).every((byte) => byte === 0)) return;
      throw malformed(source, at, rest, `${rest} bytes are left, but a note header has 12`);
    }
    const b = f.at(at, NOTE_HEADER_SIZE);
    const nameSize = f.u32(b);
    const descriptorSize = f.u32(b + 4);
    const type = f.u32(b + 8);
    if (nameSize > rest - NOTE_HEADER_SIZE) {
      throw malformed(source, at, nameSize, `note name of ${nameSize} bytes with ${rest} bytes left`);
    }
    // Padding counts from the note's own start (binutils: ELF_NOTE_DESC_OFFSET), not from the start of the file.
    const descriptorStart = padded(NOTE_HEADER_SIZE + nameSize, align);
    if (descriptorSize > 0 && descriptorSize > rest - descriptorStart) {
      const sentence = `note descriptor of ${descriptorSize} bytes with ${rest} bytes left`;
      throw malformed(source, at + 4, descriptorSize, sentence);
    }
    const isPlausible = hasPlausibleOwner(f, at, nameSize);
    if (!isPlausible) walked.plausible ??= [...walked.notes];
    if (wanted === undefined || wanted === type) {
      const owner = ownerOf(elf, f, at, nameSize);
      const note = noteOf(list, owner, type, at, at + descriptorStart, descriptorSize);
      walked.notes.push(note);
      if (isPlausible) walked.plausible?.push(note);
    }
    at += padded(descriptorStart + descriptorSize, align);
    if (padding === "mixed" && at % 8 !== 0 && !startsNote(f, at, end) && startsNote(f, at + 4, end)) at += 4;
  }
}

const padded = (size: number, align: 4 | 8): number => Math.ceil(size / align) * align;

/** Whether the owner starts with a printable character and ends with NUL. annobin's (`GA…`) has any bytes in between. */
function hasPlausibleOwner(f: Window, at: number, nameSize: number): boolean {
  if (nameSize < 2) return false;
  const isShort = nameSize <= MAX_OWNER_BYTES;
  const b = f.at(at + NOTE_HEADER_SIZE, isShort ? nameSize : 1);
  const first = f.u8(b);
  if (first <= 0x20 || first >= 0x7f) return false;
  return f.u8(isShort ? b + nameSize - 1 : f.at(at + NOTE_HEADER_SIZE + nameSize - 1, 1)) === 0;
}

function ownerOf({ source }: Elf, f: Window, at: number, nameSize: number): string {
  let length = Math.min(nameSize, MAX_OWNER_BYTES);
  const b = f.at(at + NOTE_HEADER_SIZE, length);
  // Go pads its name with NULs inside namesz.
  while (length > 0 && f.u8(b + length - 1) === 0) length--;
  source.budget.text(length, source, at);
  return ownerText(f, b, length);
}

function noteOf(
  { section, segment, allocatable }: NoteList,
  owner: string,
  type: number,
  offset: number,
  descriptorOffset: number,
  descriptorSize: number,
): Note {
  // A property that is added later, or copied, costs as much as the rest of a note.
  if (section !== undefined) return { owner, type, offset, descriptorOffset, descriptorSize, section, allocatable };
  if (segment !== undefined) return { owner, type, offset, descriptorOffset, descriptorSize, segment, allocatable };
  return { owner, type, offset, descriptorOffset, descriptorSize, allocatable };
}

/** Whether a note can start here: its sizes fit into the list and its owner is plausible. */
function startsNote(f: Window, at: number, end: number): boolean {
  if (end - at < NOTE_HEADER_SIZE) return false;
  const b = f.at(at, NOTE_HEADER_SIZE);
  const nameSize = f.u32(b);
  const descriptorSize = f.u32(b + 4);
  if (nameSize > end - at - NOTE_HEADER_SIZE) return false;
  return descriptorSize <= end - at - padded(NOTE_HEADER_SIZE + nameSize, 4) && hasPlausibleOwner(f, at, nameSize);
}
