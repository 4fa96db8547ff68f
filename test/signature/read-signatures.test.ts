import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { type OgrtError, readBuildId, readSignatures, type Source } from "../../lib/index.js";
import { temporaryFolder } from "../support/folder.js";
import { freshUuid, run, source, stampFile } from "../support/toolchain.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const uuid = freshUuid();
const other = freshUuid();

beforeAll(() => {
  source(folder, "main.c", "int main(void) { return 0; }\n");
  stampFile(folder, "stamp.s", uuid);
  stampFile(folder, "other.s", other);
  run("gcc", "-o", at("program"), at("main.c"), at("stamp.s"));
});

/** The file without its section table, like the output of `strip --strip-section-headers`. */
function withoutSections(path: string): Buffer {
  const bytes = readFileSync(path);
  bytes.writeBigUInt64LE(0n, 0x28); // e_shoff
  bytes.writeUInt16LE(0, 0x3c); // e_shnum
  bytes.writeUInt16LE(0, 0x3e); // e_shstrndx
  return bytes;
}

const uuids = (file: string) => readSignatures(readFileSync(file)).map((signature) => signature.uuid);

describe("a stamped program", () => {
  it("shows its signature with section, version, owner and the offset that readelf gives", () => {
    const [signature, ...more] = readSignatures(readFileSync(at("program")));
    expect(more).toEqual([]);
    const row = /\.note\.ogrt\.info\s+NOTE\s+[0-9a-f]+ ([0-9a-f]+)/.exec(run("readelf", "-SW", at("program")));
    expect(signature).toEqual({
      uuid,
      version: 1,
      owner: "OGRT",
      section: ".note.ogrt.info",
      allocatable: true,
      offset: Number.parseInt(row?.[1] ?? "", 16),
    });
  });

  it("shows it through its PT_NOTE segment when the section table is gone", () => {
    const [signature] = readSignatures(withoutSections(at("program")));
    expect(signature).toMatchObject({ uuid, allocatable: true });
    expect(signature).not.toHaveProperty("section");
  });

  it("keeps its build-id readable either way", () => {
    const expected = /Build ID: ([0-9a-f]+)/.exec(run("readelf", "-nW", at("program")))?.[1];
    expect(expected).toHaveLength(40);
    expect(readBuildId(readFileSync(at("program")))).toBe(expected);
    expect(readBuildId(withoutSections(at("program")))).toBe(expected);
  });

  it("keeps its signature through strip", () => {
    run("strip", "-o", at("stripped"), at("program"));
    expect(uuids(at("stripped"))).toEqual([uuid]);
  });

  it("gives the same result as an ArrayBuffer and as a Source, in a few small reads", () => {
    const bytes = readFileSync(at("program"));
    const reads: number[] = [];
    const counting: Source = {
      size: bytes.length,
      read(offset, length) {
        expect(offset + length).toBeLessThanOrEqual(bytes.length);
        reads.push(length);
        return bytes.subarray(offset, offset + length);
      },
    };
    const expected = readSignatures(bytes);
    expect(readSignatures(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))).toEqual(expected);
    expect(readSignatures(counting)).toEqual(expected);
    expect(Math.max(...reads)).toBeLessThanOrEqual(4096);
    expect(reads.length).toBeLessThan(30);
  });
});

describe("other kinds of files", () => {
  it("reads shared objects and relocatables", () => {
    run("gcc", "-shared", "-fPIC", "-o", at("lib.so"), at("main.c"), at("stamp.s"));
    run("gcc", "-c", "-o", at("stamp.o"), at("stamp.s"));
    expect(uuids(at("lib.so"))).toEqual([uuid]);
    expect(uuids(at("stamp.o"))).toEqual([uuid]);
  });

  it("returns every signature in file order, including duplicates", () => {
    for (const name of ["stamp", "other"]) run("gcc", "-c", "-o", at(`${name}.o`), at(`${name}.s`));
    run("ld", "-r", "-o", at("both.o"), at("stamp.o"), at("other.o"), at("stamp.o"));
    expect(uuids(at("both.o"))).toEqual([uuid, other, uuid]);
  });

  it("distinguishes an unallocated note from one that is loaded into memory", () => {
    run("gcc", "-c", "-o", at("stamp.o"), at("stamp.s"));
    run("objcopy", "-O", "binary", "-j", ".note.ogrt.info", at("stamp.o"), at("note.bin"));
    run("gcc", "-o", at("plain"), at("main.c"));
    const flags = "--set-section-flags=.note.ogrt.info=readonly";
    run("objcopy", `--add-section=.note.ogrt.info=${at("note.bin")}`, flags, at("plain"), at("added"));
    expect(readSignatures(readFileSync(at("added")))).toMatchObject([{ uuid, allocatable: false }]);
  });

  it("returns an empty list for a file without a signature", () => {
    run("gcc", "-o", at("plain"), at("main.c"));
    expect(readSignatures(readFileSync(at("plain")))).toEqual([]);
  });
});

describe("neighbours of the OGRT note", () => {
  const build = (name: string, assembly: string) => {
    source(folder, `${name}.s`, assembly);
    run("gcc", "-c", "-o", at(`${name}.o`), at(`${name}.s`));
    return readFileSync(at(`${name}.o`));
  };
  const note = (owner: string, type: string, descriptor: string) => `
    .4byte 2f - 1f, 4f - 3f, ${type}
    1: .asciz "${owner}"
    2: .p2align 2
    3: ${descriptor}
    4: .p2align 2
  `;
  const ogrt = note("OGRT", "0x4f475254", `.byte 1\n .asciz "${uuid}"`);
  const section = '.section .note.mixed,"a",%note\n.p2align 2\n';

  it("ignores the same type by another owner and other types by the same owner", () => {
    const bytes = build(
      "foreign",
      section + note("XALT", "0x4f475254", `.byte 1\n .asciz "${other}"`) + note("OGRT", "7", ".4byte 1") + ogrt,
    );
    expect(readSignatures(bytes).map((signature) => signature.uuid)).toEqual([uuid]);
  });

  it("finds a signature behind a note of odd size", () => {
    const bytes = build("odd", section + note("Go", "4", ".fill 83, 1, 0x61") + ogrt);
    expect(readSignatures(bytes).map((signature) => signature.uuid)).toEqual([uuid]);
  });

  it("reports a note with a false size and reads the other lists", () => {
    const bytes = build(
      "lying",
      `${section}.4byte 0xfffffff4, 0, 1\n.section .note.ogrt.info,"a",%note\n.p2align 2\n${ogrt}`,
    );
    const problems: OgrtError[] = [];
    const signatures = readSignatures(bytes, { onProblem: (problem) => problems.push(problem) });
    expect(signatures.map((signature) => signature.uuid)).toEqual([uuid]);
    expect(problems).toMatchObject([{ code: "MALFORMED_ELF", value: 0xfffffff4 }]);
  });

  it.each([
    ["a descriptor of the wrong size", `.byte 1\n .asciz "short"`],
    ["another version", `.byte 2\n .asciz "${other}"`],
    ["text that is not a UUID", `.byte 1\n .asciz "0000000g-0000-0000-0000-000000000000"`],
    ["an unterminated UUID", `.byte 1\n .ascii "${other}x"`],
  ])("reports an OGRT note with %s and goes on", (_, descriptor) => {
    const bytes = build("wrong", section + note("OGRT", "0x4f475254", descriptor) + ogrt);
    const problems: OgrtError[] = [];
    const signatures = readSignatures(bytes, { onProblem: (problem) => problems.push(problem) });
    expect(signatures.map((signature) => signature.uuid)).toEqual([uuid]);
    expect(problems.map(({ code }) => code)).toEqual(["MALFORMED_SIGNATURE"]);
  });

  it("reports a list with more notes than the limit", () => {
    const bytes = build("many", section + note("X", "1", "").repeat(5) + ogrt);
    const problems: OgrtError[] = [];
    expect(readSignatures(bytes, { maxSteps: 90, onProblem: (problem) => problems.push(problem) })).toEqual([]);
    expect(problems).toHaveLength(1);
    expect(readSignatures(bytes)).toHaveLength(1);
  });
});
