import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import {
  ElfFile,
  elfKind,
  isSeparateDebugFile,
  readDynamic,
  readDynamicEntries,
  readSignatures,
} from "../../lib/index.js";
import { inspectFile } from "../../lib/inspect/inspect-file.js";
import { temporaryFolder } from "../support/folder.js";
import { freshUuid, have, run, source, stampFile } from "../support/toolchain.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const uuid = freshUuid();
const build = (name: string, ...flags: string[]) => run("gcc", "-o", at(name), at("main.c"), at("stamp.s"), ...flags);
const open = (name: string) => new ElfFile(readFileSync(at(name)));

beforeAll(() => {
  source(folder, "main.c", "int main(void) { return 0; }\n");
  stampFile(folder, "stamp.s", uuid);
});

describe("the kind of a file", () => {
  it.each([
    ["program", ["-no-pie"]],
    ["static program", ["-no-pie", "-static"]],
    ["PIE", ["-fPIE", "-pie"]],
    ["static PIE", ["-static-pie", "-fPIE"]],
    ["shared object", ["-shared", "-fPIC"]],
  ])("%s", (kind, flags) => {
    build("kind", ...flags);
    expect(open("kind").kind).toBe(kind);
  });

  it.each<[string, (bytes: Buffer, file: ElfFile) => void]>([
    ["a string table of one byte", (bytes, file) => setDynamic(bytes, file, 10, 1n)],
    ["a string table outside of the file", (bytes, file) => setDynamic(bytes, file, 10, 1n << 40n)],
    ["a string table at no loaded address", (bytes, file) => setDynamic(bytes, file, 5, 1n << 50n)],
    ["no string table", (bytes, file) => setDynamic(bytes, file, 5, 0n, 0x6ffffef0n)],
    ["a needed library behind the strings", (bytes, file) => setDynamic(bytes, file, 1, 1n << 33n)],
    ["an interpreter without end", (bytes, file) => endless(bytes, file)],
    ["an interpreter behind the end of the file", (bytes, file) => moveInterpreter(bytes, file)],
  ])("does not depend on a string: %s", async (_, damage) => {
    for (const [kind, flags] of [
      ["program", ["-no-pie"]],
      ["PIE", ["-fPIE", "-pie"]],
    ] as const) {
      build("strings", ...flags);
      const bytes = readFileSync(at("strings"));
      damage(bytes, new ElfFile(bytes));
      expect(elfKind(bytes)).toBe(kind);
      writeFileSync(at("damaged"), bytes);
      const found = await inspectFile(at("damaged"), {});
      expect(found).toMatchObject({ kind, hardening: { pie: kind === "PIE" } });
    }
  });

  it("does not depend on the names of sections", () => {
    source(folder, "module.s", '.section .modinfo,"a"\n.asciz "license=GPL"\n');
    run("gcc", "-c", "-o", at("module.ko"), at("module.s"));
    const bytes = readFileSync(at("module.ko"));
    const { offset } = new ElfFile(bytes).header.sections;
    // Section 1 gets a name behind the table; the module's own section keeps its name.
    bytes.writeUInt32LE(0xffffff, offset + 64);
    expect(elfKind(bytes)).toBe("kernel module");
    moveNames(bytes, new ElfFile(readFileSync(at("module.ko"))), 1n << 40n);
    expect(elfKind(bytes)).toBe("relocatable");
  });

  it("relocatable and kernel module", () => {
    run("gcc", "-c", "-o", at("main.o"), at("main.c"));
    expect(open("main.o").kind).toBe("relocatable");
    // It has a note, and empty code and data sections.
    run("gcc", "-c", "-o", at("stamp.o"), at("stamp.s"));
    expect(open("stamp.o").kind).toBe("relocatable");
    source(folder, "module.s", '.section .modinfo,"a"\n.asciz "license=GPL"\n');
    run("gcc", "-c", "-o", at("module.ko"), at("module.s"));
    expect(open("module.ko").kind).toBe("kernel module");
  });

  it("a PIE of linkers older than DF_1_PIE, and the C library, which also has an interpreter", () => {
    build("pie", "-fPIE", "-pie");
    const bytes = readFileSync(at("pie"));
    const pie = new ElfFile(bytes);
    const section = pie.section(".dynamic");
    for (let offset = section?.offset ?? 0; ; offset += 16) {
      if (bytes.readBigUInt64LE(offset) !== 0x6ffffffbn) continue;
      bytes.writeBigUInt64LE(1n, offset + 8);
      break;
    }
    expect(readDynamic(bytes)?.flags1).toBe(1);
    expect(elfKind(bytes)).toBe("PIE");
    const library = run("gcc", "-print-file-name=libc.so.6").trim();
    if (existsSync(library)) expect(elfKind(readFileSync(library))).toBe("shared object");
  });

  it("a core file, whose notes are not in a loaded segment", () => {
    const core = coreFile();
    expect(elfKind(core)).toBe("core");
    const [note] = new ElfFile(core).notes();
    expect(note).toMatchObject({ owner: "CORE", type: 1, allocatable: false, segment: 0 });
  });
});

/** Sets the value, and perhaps the tag, of the first dynamic entry with a tag. */
function setDynamic(bytes: Buffer, file: ElfFile, tag: number, value: bigint, newTag = BigInt(tag)): void {
  const entry = [...readDynamicEntries(file)].find((one) => one.tag === tag);
  if (entry === undefined) throw new Error(`no entry with tag ${tag}`);
  bytes.writeBigUInt64LE(newTag, entry.offset);
  bytes.writeBigUInt64LE(value, entry.offset + 8);
}

const interpreterHeader = (file: ElfFile) => {
  const segment = file.segments.find(({ type }) => type === 3);
  if (segment === undefined) throw new Error("no interpreter");
  return { ...segment, header: file.header.segments.offset + segment.index * file.header.segments.entrySize };
};

function endless(bytes: Buffer, file: ElfFile): void {
  const { offset, fileSize } = interpreterHeader(file);
  bytes.fill(0x41, offset, offset + fileSize);
}

function moveInterpreter(bytes: Buffer, file: ElfFile): void {
  bytes.writeBigUInt64LE(BigInt(bytes.length), interpreterHeader(file).header + 8);
}

function moveNames(bytes: Buffer, { header }: ElfFile, offset: bigint): void {
  bytes.writeBigUInt64LE(offset, header.sections.offset + header.sectionNames * header.sections.entrySize + 24);
}

/** A core file like the kernel's: one PT_NOTE segment, no sections. */
function coreFile(): Buffer {
  const file = Buffer.alloc(64 + 56 + 12 + 8 + 4);
  file.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  file.writeUInt16LE(4, 16);
  file.writeUInt16LE(62, 18);
  file.writeBigUInt64LE(64n, 32);
  file.writeUInt16LE(56, 54);
  file.writeUInt16LE(1, 56);
  file.writeUInt32LE(4, 64);
  file.writeBigUInt64LE(120n, 72);
  file.writeBigUInt64LE(24n, 96);
  file.writeBigUInt64LE(4n, 112);
  for (const [index, word] of [5, 4, 1].entries()) file.writeUInt32LE(word, 120 + 4 * index);
  file.write("CORE", 132, "latin1");
  return file;
}

describe("separate debug files", () => {
  it.each([
    ["objcopy", () => run("objcopy", "--only-keep-debug", at("full"), at("full.debug"))],
    ["eu-strip", () => run("eu-strip", "-o", at("stripped"), "-f", at("full.debug"), at("full"))],
    ["llvm-objcopy", () => run("llvm-objcopy", "--only-keep-debug", at("full"), at("full.debug"))],
  ])("of %s are recognized, and keep signature and build-id", (tool, make) => {
    if (!have(tool)) return console.warn(`${tool} is not installed: not tried`);
    build("full", "-g");
    make();
    const file = open("full.debug");
    expect(file.kind).toBe("debug file");
    expect(file.buildId).toBe(open("full").buildId);
    expect(readSignatures(file)).toMatchObject([{ uuid }]);
    expect(file.dynamic).toBeUndefined();
    expect(file.interpreter).toBeUndefined();
    expect(file.hardening).toBeUndefined();
    expect(isSeparateDebugFile(open("full"))).toBe(false);
  });
});

describe("the loading of a file", () => {
  it("needs libraries, and has a soname, an rpath or runpath and an interpreter, also without sections", () => {
    source(folder, "empty.c", "");
    run("gcc", "-shared", "-fPIC", "-o", at("libdep.so"), at("empty.c"), "-Wl,-soname,libdep.so.3");
    const link = ["-L", folder, "-Wl,--no-as-needed", "-ldep"];
    build("linked", ...link, "-Wl,--enable-new-dtags,-rpath,$ORIGIN/../lib:/opt/lib");
    build("old", ...link, "-Wl,--disable-new-dtags,-rpath,/opt/old");
    build("lib.so", "-shared", "-fPIC", "-Wl,-soname,lib.so.7");
    for (const bytes of [readFileSync(at("linked")), withoutSections(readFileSync(at("linked")))]) {
      const file = new ElfFile(bytes);
      expect(file.dynamic).toMatchObject({ needed: ["libdep.so.3", "libc.so.6"], runpath: "$ORIGIN/../lib:/opt/lib" });
      expect(file.dynamic).not.toHaveProperty("rpath");
      expect(file.interpreter).toMatch(/^\/lib/);
      expect(file.kind).toBe("PIE");
    }
    expect(open("old").dynamic).toMatchObject({ rpath: "/opt/old" });
    expect(open("lib.so").dynamic).toMatchObject({ soname: "lib.so.7" });
  });

  it("names its compilers", () => {
    expect(open("linked").compilers.join()).toContain("GCC");
    run("strip", "-R", ".comment", "-o", at("silent"), at("linked"));
    expect(open("silent").compilers).toEqual([]);
  });
});

function withoutSections(bytes: Buffer): Buffer {
  bytes.writeBigUInt64LE(0n, 0x28);
  bytes.writeUInt16LE(0, 0x3c);
  bytes.writeUInt16LE(0, 0x3e);
  return bytes;
}

describe("hardening facts", () => {
  it.each([
    [["-Wl,-z,relro,-z,now", "-pie", "-fPIE"], { stack: "non-executable", relro: "full", bindNow: true, pie: true }],
    [["-Wl,-z,relro,-z,lazy", "-no-pie"], { relro: "partial", bindNow: false, pie: false }],
    [["-Wl,-z,norelro,-z,lazy", "-no-pie"], { relro: "none", bindNow: false }],
    [["-Wl,-z,execstack"], { stack: "executable" }],
  ])("of gcc %j", (flags, facts) => {
    build("hard", ...flags);
    expect(open("hard").hardening).toMatchObject(facts);
  });

  it("of objects without .note.GNU-stack", () => {
    source(folder, "bare.s", ".text\nret\n");
    run("gcc", "-c", "-o", at("bare.o"), at("bare.s"));
    expect(open("bare.o").hardening).toMatchObject({ stack: "unspecified" });
    run("gcc", "-c", "-o", at("main.o"), at("main.c"));
    expect(open("main.o").hardening).toMatchObject({ stack: "non-executable" });
  });
});
