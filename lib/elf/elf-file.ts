import { readBuildId } from "./build-id.js";
import { readCompilers } from "./compilers.js";
import { type Dynamic, readDynamic } from "./dynamic.js";
import { type Elf, type ElfInput, toElf } from "./elf.js";
import { type Hardening, readHardening } from "./hardening.js";
import type { ElfHeader } from "./header.js";
import { readInterpreter } from "./interpreter.js";
import { type ElfKind, elfKind } from "./kind.js";
import { decodeNote, type KnownNote } from "./known-notes/index.js";
import type { ReadOptions } from "./limits.js";
import type { BudgetedSource } from "./metered-source.js";
import type { Note } from "./note.js";
import { noteDescriptor, readNotes } from "./notes.js";
import { remember } from "./remember.js";
import { readSectionData } from "./section-data.js";
import { allSections, type Section, sectionNames } from "./sections.js";
import { allSegments, type Segment } from "./segments.js";

/** A section with its name. */
export interface NamedSection extends Section {
  name: string;
}

/**
 * An ELF file. Each part is read at its first use and kept. All that is read through it, notes and data each time, charges
 * one budget with the limits of `options`; a new `ElfFile` of the same bytes begins with a new one. The plain functions of this library (`readNotes`,
 * `readDynamic`, …) read one part each, and accept an `ElfFile` as input.
 *
 * @example
 * ```ts
 * const file = new ElfFile(readFileSync("/bin/sh"));
 * assert.match(file.kind, /PIE|program/);
 * assert.ok(file.sections.some(({ name }) => name === ".dynamic"));
 * assert.equal(file.buildId, readBuildId(file));
 * ```
 */
export class ElfFile implements Elf {
  readonly source: BudgetedSource;
  readonly header: ElfHeader;
  readonly #options: ReadOptions;
  #segments: Segment[] | undefined;
  #sections: NamedSection[] | undefined;

  /** @throws {@link OgrtError} NOT_ELF or MALFORMED_ELF; so do all properties and methods. */
  constructor(input: ElfInput, options: ReadOptions = {}) {
    const { source, header } = toElf(input, options);
    this.source = source;
    this.header = header;
    this.#options = options;
  }

  /** Program, PIE, shared object, relocatable and so on. */
  get kind(): ElfKind {
    return elfKind(this, this.#options);
  }

  /** Program headers, in file order. */
  get segments(): readonly Segment[] {
    this.#segments ??= allSegments(this);
    return this.#segments;
  }

  /** Section headers with their names, in file order, the null section 0 included. */
  get sections(): readonly NamedSection[] {
    this.#sections ??= this.#readSections();
    return this.#sections;
  }

  #readSections(): NamedSection[] {
    const nameOf = sectionNames(this);
    const sections = allSections(this) as NamedSection[];
    // Spreading would cost more than reading.
    for (const section of sections) section.name = nameOf(section);
    return sections;
  }

  /** The first section of that name. */
  section(name: string): NamedSection | undefined {
    return this.sections.find((section) => section.name === name);
  }

  /** Bytes of a section, inflated if compressed. */
  data(section: Section): Uint8Array {
    return readSectionData(this, section);
  }

  /** Every note. Each call reads them again, as far as the iteration goes. */
  notes(): Generator<Note> {
    return readNotes(this, this.#options);
  }

  /** Descriptor bytes of a note. */
  descriptor(note: Note): Uint8Array {
    return noteDescriptor(this, note);
  }

  /** What a note says; undefined when its owner and type are unknown. */
  decode(note: Note): KnownNote | undefined {
    return decodeNote(this, note);
  }

  /** GNU build-id as lower-case hexadecimal. */
  get buildId(): string | undefined {
    return remember(this, "buildId", () => readBuildId(this, this.#options));
  }

  /** The dynamic section; undefined in static programs and relocatables. */
  get dynamic(): Dynamic | undefined {
    return readDynamic(this, this.#options);
  }

  /** Path of the dynamic loader. */
  get interpreter(): string | undefined {
    return remember(this, "interpreter", () => readInterpreter(this, this.#options));
  }

  /** Lines of `.comment`. */
  get compilers(): readonly string[] {
    return remember(this, "compilers", () => readCompilers(this, this.#options));
  }

  /** Hardening facts; undefined for debug files and core files. */
  get hardening(): Hardening | undefined {
    return remember(this, "hardening", () => readHardening(this, this.#options));
  }
}
