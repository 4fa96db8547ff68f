/** Bytes to ELF structures: pure, synchronous, over a {@link Source}. */
export { readBuildId } from "./build-id.js";
export { type ElfHeader, type HeaderTable, isElf, readHeader } from "./header.js";
export { type Note, type NoteOptions, noteDescriptor, readNotes } from "./notes.js";
export { readSection, readSections, type Section, sectionName } from "./sections.js";
export { readSegments, type Segment } from "./segments.js";
export { type ElfInput, type Source, toSource } from "./source.js";
