import * as elf from "../elf/constants.js";
import { OGRT_SECTION } from "../signature/index.js";
import { createStamp, type Stamp } from "./create.js";
import { align, encodeNote, encodeProperty, encodeSignature } from "./note.js";
import { PACKAGE_NOTE_SECTION, packageDescriptor } from "./package-metadata.js";
import { findTarget, type Target } from "./targets.js";

interface OutputSection {
  name: string;
  type: number;
  flags: number;
  alignment: number;
  bytes: Uint8Array;
}

/**
 * A relocatable object that holds a stamp, made without an assembler. It depends on the stamp and the target alone, so
 * equal stamps give equal bytes.
 *
 * @param target - a name from {@link TARGET_NAMES} or one of its other names.
 * @throws {@link OgrtError} INVALID_TARGET; INVALID_UUID or INVALID_METADATA when the stamp is invalid.
 */
export function stampObject(stamp: Stamp, target: string): Uint8Array {
  const { uuid, package: metadata } = createStamp(stamp);
  const known = findTarget(target);
  const note = (name: string, bytes: Uint8Array, alignment = 4) => ({
    name,
    type: elf.SHT_NOTE,
    flags: elf.SHF_ALLOC,
    alignment,
    bytes,
  });
  const sections: OutputSection[] = [note(OGRT_SECTION, encodeSignature(uuid, known.byteOrder))];
  if (metadata !== undefined) {
    const descriptor = packageDescriptor(metadata);
    const bytes = encodeNote(elf.FDO_OWNER, elf.NT_FDO_PACKAGING_METADATA, descriptor, known.byteOrder);
    sections.push(note(PACKAGE_NOTE_SECTION, bytes));
  }
  if (known.property !== undefined) {
    sections.push(note(".note.gnu.property", encodeProperty(known.property, known), known.bits / 8));
  }
  // Without this section, GNU ld makes the stack of the output executable.
  sections.push({ name: ".note.GNU-stack", type: elf.SHT_PROGBITS, flags: 0, alignment: 1, bytes: new Uint8Array() });
  return layOut(known, sections);
}

/** ELF header, contents, section header table. */
function layOut(target: Target, contents: OutputSection[]): Uint8Array {
  const names = [...contents.map(({ name }) => name), ".shstrtab"];
  const stringTable = new TextEncoder().encode(`\0${names.map((name) => `${name}\0`).join("")}`);
  const sections = [
    ...contents,
    { name: ".shstrtab", type: elf.SHT_STRTAB, flags: 0, alignment: 1, bytes: stringTable },
  ];
  const headerSize = elf.ELF_HEADER_SIZE[target.bits];
  const sectionHeaderSize = elf.SECTION_HEADER_SIZE[target.bits];

  let end = headerSize;
  const offsets = sections.map(({ alignment, bytes }) => {
    const offset = align(end, alignment);
    end = offset + bytes.length;
    return offset;
  });
  const table = align(end, 8);
  const file = new Uint8Array(table + (sections.length + 1) * sectionHeaderSize);
  const writer = new FieldWriter(file, target);

  const identity = [
    target.bits === 64 ? elf.ELFCLASS64 : elf.ELFCLASS32,
    target.byteOrder === "little" ? elf.ELFDATA2LSB : elf.ELFDATA2MSB,
    elf.EV_CURRENT,
  ];
  file.set([...elf.ELF_MAGIC, ...identity]);
  writer
    .at(elf.EI_NIDENT)
    .half(elf.ET_REL)
    .half(target.machine)
    .word(elf.EV_CURRENT)
    .address(0)
    .address(0)
    .address(table);
  writer.word(target.flags).half(headerSize).half(0).half(0);
  writer
    .half(sectionHeaderSize)
    .half(sections.length + 1)
    .half(sections.length);

  let nameAt = 1;
  for (const [index, { name, type, flags, alignment, bytes }] of sections.entries()) {
    const offset = offsets[index] ?? 0;
    file.set(bytes, offset);
    writer
      .at(table + (index + 1) * sectionHeaderSize)
      .word(nameAt)
      .word(type)
      .address(flags)
      .address(0);
    writer.address(offset).address(bytes.length).word(0).word(0).address(alignment).address(0);
    nameAt += name.length + 1;
  }
  return file;
}

/** Writes consecutive fields of an ELF file in the target's byte order and word size. */
class FieldWriter {
  readonly #view: DataView;
  readonly #little: boolean;
  readonly #wide: boolean;
  #at = 0;

  constructor(file: Uint8Array, target: Target) {
    this.#view = new DataView(file.buffer);
    this.#little = target.byteOrder === "little";
    this.#wide = target.bits === 64;
  }

  at(offset: number): this {
    this.#at = offset;
    return this;
  }

  half(value: number): this {
    this.#view.setUint16(this.#at, value, this.#little);
    this.#at += 2;
    return this;
  }

  word(value: number): this {
    this.#view.setUint32(this.#at, value, this.#little);
    this.#at += 4;
    return this;
  }

  /** An address, offset or size: as wide as the class. */
  address(value: number): this {
    if (!this.#wide) return this.word(value);
    this.#view.setBigUint64(this.#at, BigInt(value), this.#little);
    this.#at += 8;
    return this;
  }
}
