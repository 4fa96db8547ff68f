import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { decodeNote, ElfFile, type KnownNote, type OgrtError, readNotes, readSignatures } from "../../lib/index.js";
import { elfFacts } from "../../lib/inspect/facts.js";
import { bytesToText } from "../../lib/text/escape.js";
import { builtElf } from "../support/built-elf.js";
import { temporaryFolder } from "../support/folder.js";
import { freshUuid, run, source } from "../support/toolchain.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const uuid = freshUuid();

/** Assembles and reads the relocatable. */
function assemble(text: string): Buffer {
  source(folder, "notes.s", text);
  run("gcc", "-c", "-o", at("notes.o"), at("notes.s"));
  return readFileSync(at("notes.o"));
}

const note = (owner: string, type: string, descriptor: string, align = 2) => `
  .4byte 2f - 1f, 4f - 3f, ${type}
  1: .asciz "${owner}"
  2: .p2align ${align}
  3: ${descriptor}
  4: .p2align ${align}
`;
const section = (name: string, align: number) => `.section ${name},"a",%note\n.p2align ${align}\n`;
const ogrt = note("OGRT", "0x4f475254", `.byte 1\n .asciz "${uuid}"`);
const buildId = note("GNU", "3", ".fill 20, 1, 0xab");
const property = note("GNU", "5", ".4byte 0xc0000002, 4, 3, 0", 3);
const abiTag = note("GNU", "1", ".4byte 0, 3, 2, 0");

const owners = (bytes: Buffer) => Array.from(readNotes(bytes), ({ owner, type }) => `${owner} ${type}`);

/** Turns the section into a PT_NOTE segment of a program without sections: a running process has segments only. */
function asSegment(bytes: Buffer, alignment: number): Buffer {
  const [found] = new ElfFile(bytes).sections.filter(({ type }) => type === 7);
  const size = found?.size ?? 0;
  const file = Buffer.alloc(128 + size);
  file.set(bytes.subarray(0, 64));
  file.writeUInt16LE(3, 16);
  file.writeBigUInt64LE(64n, 32);
  file.writeBigUInt64LE(0n, 40);
  file.writeUInt16LE(56, 54);
  file.writeUInt16LE(1, 56);
  file.writeUInt32LE(4, 64);
  file.writeBigUInt64LE(128n, 72);
  file.writeBigUInt64LE(BigInt(size), 96);
  file.writeBigUInt64LE(BigInt(alignment), 112);
  file.set(bytes.subarray(found?.offset ?? 0, (found?.offset ?? 0) + size), 128);
  return file;
}

describe("alignments of note lists", () => {
  it.each([1, 2, 3, 4, 5])("sh_addralign 2^%i", (align) => {
    const bytes = assemble(section(".note.odd", align) + buildId + ogrt + abiTag);
    expect(owners(bytes)).toEqual(["GNU 3", "OGRT 1330074196", "GNU 1"]);
  });

  const mixed = `.p2align 3\n${property}`;
  it.each([
    ["8-byte note first", `${property}${buildId}${ogrt}`, ["GNU 5", "GNU 3", "OGRT 1330074196"]],
    ["8-byte note last, after a gap", `${buildId}${mixed}`, ["GNU 3", "GNU 5"]],
    ["8-byte note between, after a gap", `${buildId}${mixed}${ogrt}`, ["GNU 3", "GNU 5", "OGRT 1330074196"]],
    [
      "a note that a wrong walk would step over evenly",
      `${buildId}${abiTag}${ogrt}`,
      ["GNU 3", "GNU 1", "OGRT 1330074196"],
    ],
  ])("one segment of both alignments: %s", (_, text, expected) => {
    const bytes = assemble(section(".note.mixed", 3) + text);
    for (const alignment of [1, 4, 8, 16]) expect(owners(asSegment(bytes, alignment))).toEqual(expected);
    expect(owners(bytes)).toEqual(expected);
  });
});

describe("sections and segments of one file", () => {
  it("show each note once, including notes that only a segment holds", () => {
    source(folder, "main.c", "int main(void) { return 0; }\n");
    source(folder, "stamp.s", `${section(".note.ogrt.info", 2)}${ogrt}`);
    run("gcc", "-o", at("program"), at("main.c"), at("stamp.s"), "-Wl,--build-id=sha1");
    const bytes = readFileSync(at("program"));
    const whole = [...readNotes(bytes)];
    expect(whole.every((found) => found.section !== undefined && found.segment === undefined)).toBe(true);
    const file = new ElfFile(bytes);
    const stamp = file.section(".note.ogrt.info");
    // A careless tool may change the type of the section.
    bytes.writeUInt32LE(1, file.header.sections.offset + (stamp?.index ?? 0) * file.header.sections.entrySize + 4);
    const left = [...readNotes(bytes)];
    expect(left.map(({ offset }) => offset).sort()).toEqual(whole.map(({ offset }) => offset).sort());
    expect(left.find(({ owner }) => owner === "OGRT")).toMatchObject({
      allocatable: true,
      segment: expect.any(Number),
    });
    expect(readSignatures(bytes)).toMatchObject([{ uuid }]);
  });
});

describe("invalid lists and long ones", () => {
  const problemsOf = (bytes: Buffer) => {
    const problems: OgrtError[] = [];
    const found = [...readNotes(bytes, { onProblem: (problem) => problems.push(problem) })];
    return { found, codes: problems.map(({ code }) => code) };
  };

  it("reports a SHT_NOTE section without notes, as GHC writes, and reads the rest", () => {
    const bytes = assemble(
      `.section .debug-ghc-link-info,"",%note\n.ascii "text that is not a note"\n${section(".note.x", 2)}${ogrt}`,
    );
    expect(problemsOf(bytes)).toMatchObject({ found: [{ owner: "OGRT" }], codes: ["MALFORMED_ELF"] });
  });

  it("an empty section is an empty list", () => {
    expect(problemsOf(assemble(section(".note.empty", 2)))).toEqual({ found: [], codes: [] });
  });

  it("lists of empty notes end", () => {
    const bytes = assemble(`${section(".note.zero", 2)}.fill 3000, 4, 0\n`);
    expect(problemsOf(bytes).found).toHaveLength(1000);
  });

  it("reports a list of a million notes at the limit", () => {
    const bytes = assemble(`${section(".note.million", 2)}.rept 1000000\n.4byte 4, 0, 1\n.asciz "GNU"\n.endr\n`);
    const { found, codes } = problemsOf(bytes);
    expect(codes).toEqual(["LIMIT_EXCEEDED"]);
    expect(found.length).toBeGreaterThan(50_000);
    const raised = { maxSteps: Number.POSITIVE_INFINITY, maxTextBytes: Number.POSITIVE_INFINITY };
    expect([...readNotes(bytes, raised)]).toHaveLength(1_000_000);
  });
});

describe("notes of known kinds", () => {
  const decoded = (text: string): (KnownNote | undefined)[] => {
    const bytes = assemble(section(".note.known", 2) + text);
    return Array.from(readNotes(bytes), (found) => decodeNote(bytes, found));
  };

  it.each([
    ["GNU ABI tag", abiTag, { kind: "GNU ABI tag", os: "Linux", version: "3.2.0" }],
    ["GNU build-id", buildId, { kind: "GNU build-id", buildId: "ab".repeat(20) }],
    ["stapsdt", note("stapsdt", "3", '.8byte 1, 2, 3\n.asciz "a"'), { kind: "stapsdt" }],
    ["Go build id", note("Go\\0", "4", '.ascii "abc/def"'), { kind: "Go build id", goBuildId: "abc/def" }],
    [
      "FDO package",
      note("FDO", "0xcafe1a7e", String.raw`.asciz "{\"type\":\"deb\",\"name\":\"hello\"}"`),
      { kind: "FDO package metadata", package: { type: "deb", name: "hello" } },
    ],
    [
      "FDO dlopen",
      note("FDO", "0x407c0c0a", String.raw`.asciz "[{\"soname\":[\"libz.so.1\"],\"priority\":\"required\"}]"`),
      { kind: "FDO dlopen metadata", dlopen: [{ soname: ["libz.so.1"], priority: "required" }] },
    ],
    [
      "XALT",
      note("XALT", "0x746c6158", '.byte 2\n.asciz "Build_User"\n.asciz "jane"\n.asciz "Build_host"\n.asciz "login1"'),
      {
        kind: "XALT",
        version: 2,
        entries: [
          ["Build_User", "jane"],
          ["Build_host", "login1"],
        ],
      },
    ],
    ["an unknown one", note("ACME", "7", ".4byte 1"), undefined],
  ])("%s", (_, text, expected) => {
    expect(decoded(text)).toEqual([expected]);
  });

  it("with a summary are summarized in a finding", () => {
    const bytes = assemble(
      section(".note.known", 2) +
        note("Go\\0", "4", '.ascii "abc/def"') +
        note("XALT", "0x746c6158", '.byte 2\n.asciz "Build_User"\n.asciz "jane"\n.asciz "Year"\n.asciz "2026"'),
    );
    expect(elfFacts(new ElfFile(bytes), {}).notes).toEqual([
      { owner: "Go", type: 4, count: 1, summary: "build id abc/def" },
      { owner: "XALT", type: 0x746c6158, count: 1, summary: "Build_User=jane Year=2026" },
    ]);
  });

  it("GNU properties, by processor", () => {
    const [x86] = decoded(property);
    expect(x86).toMatchObject({ properties: [{ type: 0xc0000002, name: "x86 features", flags: ["IBT", "SHSTK"] }] });
    const [isa] = decoded(note("GNU", "5", ".4byte 0xc0008002, 4, 0x8000000a, 0", 3));
    expect(isa).toMatchObject({
      properties: [{ name: "x86 ISA needed", flags: ["x86-64-v2", "x86-64-v4", "0x80000000"] }],
    });
  });

  it.each([
    ["a truncated property", note("GNU", "5", ".4byte 0xc0000002, 400, 3, 0", 3)],
    ["an ABI tag of two words", note("GNU", "1", ".4byte 0, 3")],
    ["package metadata that is not JSON", note("FDO", "0xcafe1a7e", '.asciz "{"')],
    ["dlopen metadata that is not an array", note("FDO", "0x407c0c0a", '.asciz "{}"')],
    ["an unterminated XALT string", note("XALT", "0x746c6158", '.byte 2\n.ascii "open"')],
  ])("%s is MALFORMED_ELF there", (_, text) => {
    expect(() => decoded(text)).toThrow(expect.objectContaining({ code: "MALFORMED_ELF", offset: expect.any(Number) }));
  });
});

it("owners of any bytes are told apart, however many there are and however often they repeat", () => {
  // Lengths 1 to 40 with all bytes: more owners than are kept, many of which differ in one byte only.
  const owners = Array.from({ length: 1500 }, (_, index) => {
    const bytes = Buffer.alloc(1 + (index % 40), 0x41 + (index % 3));
    bytes[bytes.length >> 1] = index >> 8;
    bytes[bytes.length - 1] = 1 + (index % 255);
    bytes[0] = 0x47;
    return bytes;
  });
  const all = [...owners, ...owners, ...owners];
  const body = Buffer.concat(
    all.map((owner) => {
      const header = Buffer.alloc(12);
      header.writeUInt32LE(owner.length + 1);
      return Buffer.concat([header, owner, Buffer.alloc(4 - (owner.length % 4))]);
    }),
  );
  const file = builtElf({ body, segments: [{ type: 4, size: body.length }] });
  expect(Array.from(readNotes(file), ({ owner }) => owner)).toEqual(all.map((owner) => bytesToText(owner)));
});
