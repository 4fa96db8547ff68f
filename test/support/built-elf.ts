/** A section or segment of a {@link builtElf}: a range of its body, or of whatever else the numbers lead to. */
export interface BuiltRange {
  type: number;
  /** Offset in the body. */
  at?: number;
  size?: number;
  flags?: number;
  alignment?: number;
  /** Offset of the section's name in `names`. */
  name?: number;
  link?: number;
}

export interface BuiltElf {
  body: Uint8Array;
  sections?: readonly BuiltRange[];
  segments?: readonly BuiltRange[];
  /** Section name table. Without it the sections have no names. */
  names?: Uint8Array;
  /** e_type; by default 2 (ET_EXEC). */
  type?: number;
}

/**
 * A 64-bit little-endian ELF file of these parts, for files that no tool makes: header, segments, body, names, sections.
 * Section 0 is added, and the section of the names comes last.
 */
export function builtElf({ body, sections = [], segments = [], names, type = 2 }: BuiltElf): Buffer {
  const start = 64 + segments.length * 56;
  const namesStart = start + body.length;
  const table = Math.ceil((namesStart + (names?.length ?? 0)) / 8) * 8;
  const all: BuiltRange[] =
    sections.length === 0 && names === undefined
      ? []
      : [{ type: 0 }, ...sections, ...(names === undefined ? [] : [{ type: 3, at: body.length, size: names.length }])];
  const file = Buffer.alloc(table + all.length * 64);
  file.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  file.writeUInt16LE(type, 16);
  file.writeUInt16LE(62, 18);
  file.writeUInt32LE(1, 20);
  file.writeBigUInt64LE(segments.length > 0 ? 64n : 0n, 32);
  file.writeBigUInt64LE(all.length > 0 ? BigInt(table) : 0n, 40);
  file.writeUInt16LE(64, 52);
  file.writeUInt16LE(56, 54);
  file.writeUInt16LE(Math.min(segments.length, 0xffff), 56);
  file.writeUInt16LE(64, 58);
  file.writeUInt16LE(all.length < 0xff00 ? all.length : 0, 60);
  file.writeUInt16LE(names === undefined ? 0 : Math.min(all.length - 1, 0xffff), 62);
  segments.forEach((segment, index) => {
    const at = 64 + index * 56;
    file.writeUInt32LE(segment.type, at);
    file.writeUInt32LE(segment.flags ?? 4, at + 4);
    const offset = BigInt(start + (segment.at ?? 0));
    for (const field of [8, 16, 24]) file.writeBigUInt64LE(offset, at + field);
    for (const field of [32, 40]) file.writeBigUInt64LE(BigInt(segment.size ?? 0), at + field);
    file.writeBigUInt64LE(BigInt(segment.alignment ?? 4), at + 48);
  });
  file.set(body, start);
  if (names !== undefined) file.set(names, namesStart);
  all.forEach((section, index) => {
    const at = table + index * 64;
    file.writeUInt32LE(section.name ?? 0, at);
    file.writeUInt32LE(section.type, at + 4);
    file.writeBigUInt64LE(BigInt(section.flags ?? 0), at + 8);
    file.writeBigUInt64LE(section.type === 0 ? 0n : BigInt(start + (section.at ?? 0)), at + 24);
    file.writeBigUInt64LE(BigInt(section.size ?? 0), at + 32);
    file.writeUInt32LE(section.link ?? 0, at + 40);
    file.writeBigUInt64LE(BigInt(section.alignment ?? 4), at + 48);
  });
  if (all.length >= 0xff00) {
    file.writeBigUInt64LE(BigInt(all.length), table + 32);
    file.writeUInt32LE(all.length - 1, table + 40);
    if (names !== undefined) file.writeUInt16LE(0xffff, 62);
  }
  if (segments.length >= 0xffff) file.writeUInt32LE(segments.length, table + 44);
  return file;
}

/** One note. Padded to `align` bytes. */
export function builtNote(owner: string, type: number, descriptor: Uint8Array, align = 4): Buffer {
  const name = Buffer.from(`${owner}\0`);
  const padded = (size: number) => Math.ceil(size / align) * align;
  const start = padded(12 + name.length);
  const note = Buffer.alloc(padded(start + descriptor.length));
  note.writeUInt32LE(name.length, 0);
  note.writeUInt32LE(descriptor.length, 4);
  note.writeUInt32LE(type, 8);
  note.set(name, 12);
  note.set(descriptor, start);
  return note;
}

/** The OGRT note with this UUID. */
export const builtStamp = (uuid: string, align = 4): Buffer =>
  builtNote("OGRT", 0x4f475254, Buffer.from(`\x01${uuid}\0`), align);
