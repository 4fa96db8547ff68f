import { readFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { ElfFile, type OgrtError, readBuildId, readNotes, readSignatures } from "../../lib/index.js";
import { type BuiltRange, builtElf, builtNote, builtStamp } from "../support/built-elf.js";
import { temporaryFolder } from "../support/folder.js";
import { freshUuid, run, source, stampFile } from "../support/toolchain.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const uuid = freshUuid();
const LOAD = 1;
const NOTE_SEGMENT = 4;
const NOTE = 7;

function read(bytes: Uint8Array) {
  const problems: OgrtError[] = [];
  const signatures = readSignatures(bytes, { onProblem: (problem) => problems.push(problem) });
  return { uuids: signatures.map((found) => found.uuid), codes: problems.map(({ code }) => code), problems };
}

/** A program whose only note is a stamp in a loaded segment. `section` describes it, rightly or wrongly. */
function stamped(section: Partial<BuiltRange> = {}, more: readonly BuiltRange[] = []) {
  const body = Buffer.concat([Buffer.alloc(64, "x"), builtStamp(uuid), Buffer.alloc(64, "x")]);
  const segments = [
    { type: LOAD, size: body.length },
    { type: NOTE_SEGMENT, at: 64, size: 60 },
  ];
  const names = Buffer.from("\0.note.ogrt.info\0");
  return builtElf({
    body,
    segments,
    names,
    sections: [{ type: NOTE, at: 64, size: 60, name: 1, flags: 2, ...section }, ...more],
  });
}

describe("a section that describes the bytes of a segment wrongly does not hide its stamp", () => {
  beforeAll(() => {
    source(folder, "main.c", "int main(void) { return 0; }\n");
    run("gcc", "-o", at("program"), at("main.c"), stampFile(folder, "stamp.s", uuid), "-Wl,--build-id=sha1");
  });

  it("a right one names the section", () => {
    expect(readSignatures(stamped())).toMatchObject([{ uuid, section: ".note.ogrt.info", allocatable: true }]);
    expect(read(stamped())).toMatchObject({ uuids: [uuid], codes: [] });
  });

  it.each([
    ["begins 8 bytes late", { at: 72 }],
    ["begins 4 bytes late", { at: 68 }],
    ["begins in the descriptor", { at: 84, size: 40 }],
    ["begins 64 bytes early", { at: 0, size: 124 }],
    ["ends early", { size: 40 }],
    ["ends late", { size: 80 }],
    ["ends after the file", { size: 1 << 30 }],
    ["is empty", { size: 0 }],
    ["is wrongly aligned, with space behind the note", { alignment: 8, size: 64 }],
    ["is said to be compressed", { flags: 0x802 }],
    ["has no name in the name table", { name: 1 << 20, at: 68 }],
  ])("which %s", (_, section) => {
    expect(read(stamped(section)).uuids).toEqual([uuid]);
  });

  it("which is one note whose descriptor is the segment", () => {
    const body = Buffer.concat([
      Buffer.alloc(4),
      builtNote("A", 1, Buffer.alloc(60)).subarray(0, 16),
      builtStamp(uuid),
    ]);
    body.writeUInt32LE(60, 8);
    const segments = [{ type: NOTE_SEGMENT, at: 20, size: 60 }];
    const file = builtElf({ body, segments, sections: [{ type: NOTE, at: 4, size: 76 }] });
    expect(Array.from(readNotes(file), ({ owner }) => owner)).toEqual(["A", "OGRT"]);
    expect(read(file)).toMatchObject({ uuids: [uuid], codes: [] });
  });

  it("in a program of gcc, and shows it once", () => {
    const bytes = readFileSync(at("program"));
    const file = new ElfFile(bytes);
    const whole = [...readNotes(bytes)].map(({ offset }) => offset).sort();
    for (const { type, index, name } of file.sections.filter((section) => section.type === NOTE)) {
      expect(type, name).toBe(NOTE);
      for (const shift of [-16, -8, -4, 4, 8, 16]) {
        const damaged = Buffer.from(bytes);
        const header = file.header.sections.offset + index * file.header.sections.entrySize;
        damaged.writeBigUInt64LE(damaged.readBigUInt64LE(header + 24) + BigInt(shift), header + 24);
        const found = [...readNotes(damaged)].map(({ offset }) => offset);
        expect(found.filter((offset) => whole.includes(offset)).sort(), `${name} ${shift}`).toEqual(whole);
        expect(read(damaged).uuids, `${name} ${shift}`).toEqual([uuid]);
      }
    }
  });

  it("a damaged name table leaves the notes, without names", () => {
    const bytes = stamped();
    bytes.writeBigUInt64LE(1n << 40n, bytes.length - 64 + 24);
    expect(read(bytes)).toMatchObject({ uuids: [uuid], codes: ["MALFORMED_ELF"] });
  });
});

describe("a file without section table", () => {
  const buildId = builtNote("GNU", 3, Buffer.alloc(20, 0xab));
  const body = Buffer.concat([buildId, builtStamp(uuid)]);
  const bare = () => builtElf({ body, segments: [{ type: NOTE_SEGMENT, size: body.length }] });

  it.each([
    ["e_shoff 0", []],
    ["and e_shnum left", [[60, 30]]],
    ["and e_shstrndx left", [[62, 29]]],
    [
      "e_shoff left, into the body",
      [
        [40, 120],
        [62, 3],
      ],
    ],
    [
      "e_shoff left, into zeros",
      [
        [40, 24],
        [62, 3],
      ],
    ],
    [
      "e_shoff left, after the file",
      [
        [40, 1 << 30],
        [62, 3],
      ],
    ],
    [
      "and e_shentsize 0",
      [
        [40, 120],
        [58, 0],
      ],
    ],
  ] as [string, [number, number][]][])("%s: build-id and stamp come from PT_NOTE, without a problem", (_, fields) => {
    const bytes = bare();
    for (const [offset, value] of fields) {
      if (offset === 40) bytes.writeBigUInt64LE(BigInt(value), 40);
      else bytes.writeUInt16LE(value, offset);
    }
    expect(read(bytes)).toMatchObject({ uuids: [uuid], codes: [] });
    expect(readBuildId(bytes)).toBe("ab".repeat(20));
    expect(new ElfFile(bytes).sections).toEqual([]);
  });

  it("is not assumed where e_shstrndx says that there are more sections than fit into 16 bits", () => {
    const bytes = bare();
    bytes.writeBigUInt64LE(1n << 30n, 40);
    bytes.writeUInt16LE(0xffff, 62);
    expect(() => read(bytes)).toThrow(expect.objectContaining({ code: "MALFORMED_ELF" }));
  });
});

describe("a compressed note section", () => {
  it.each([1, 2, 77])("of method %i is one problem, and gives no notes", (method) => {
    const stamp = builtStamp(uuid);
    const header = Buffer.alloc(24);
    header.writeUInt32LE(method, 0);
    header.writeBigUInt64LE(BigInt(stamp.length), 8);
    const body = Buffer.concat([header, deflateSync(stamp)]);
    const sections = [{ type: NOTE, size: body.length, flags: 0x800, alignment: 8, name: 1 }];
    const bytes = builtElf({ body, sections, names: Buffer.from("\0.note.ogrt.info\0") });
    const { uuids, problems } = read(bytes);
    expect(uuids).toEqual([]);
    expect(problems).toMatchObject([{ code: "UNSUPPORTED_COMPRESSION", offset: 64 }]);
    expect([...readNotes(bytes)]).toEqual([]);
  });
});

describe("a guess of the padding is a problem", () => {
  const property = builtNote("GNU", 5, Buffer.alloc(16), 8);
  const mixed = Buffer.concat([property, builtNote("GNU", 3, Buffer.alloc(20)), builtStamp(uuid)]);
  it.each([
    ["8, but the alignment says 4", Buffer.concat([builtStamp(uuid, 8), builtStamp(uuid, 8)]), 4],
    ["4, but the alignment says 8", Buffer.concat([builtStamp(uuid), builtStamp(uuid)]), 8],
    ["4 and 8, but the alignment says 8", mixed, 8],
  ])("to %s", (_, body, alignment) => {
    for (const file of [
      builtElf({ body, segments: [{ type: NOTE_SEGMENT, size: body.length, alignment }] }),
      builtElf({ body, sections: [{ type: NOTE, size: body.length, alignment }] }),
    ]) {
      const { uuids, problems } = read(file);
      expect(new Set(uuids)).toEqual(new Set([uuid]));
      expect(problems).toMatchObject([{ code: "AMBIGUOUS_NOTES", value: alignment }]);
      expect(problems[0]?.message).toContain("seem to be padded");
    }
  });

  it("which sections make unnecessary", () => {
    const segments = [{ type: NOTE_SEGMENT, size: mixed.length, alignment: 8 }];
    const sections = [
      { type: NOTE, size: property.length, alignment: 8 },
      { type: NOTE, at: property.length, size: 36 },
      { type: NOTE, at: property.length + 36, size: 60 },
    ];
    expect(read(builtElf({ body: mixed, segments, sections }))).toMatchObject({ uuids: [uuid], codes: [] });
  });
});
