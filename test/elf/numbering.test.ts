import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ElfFile, readSignatures } from "../../lib/index.js";
import { temporaryFolder } from "../support/folder.js";
import { freshUuid, run, source, stampFile } from "../support/toolchain.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);

it("counts more sections than fit into 16 bits as readelf does, and finds the stamp in them", () => {
  const uuid = freshUuid();
  const many = Array.from({ length: 66_000 }, (_, i) => `.section .text.f${i},"ax",%progbits\n.byte 0\n`).join("");
  source(folder, "many.s", many + readFileSync(stampFile(folder, "stamp.s", uuid), "utf8"));
  run("gcc", "-c", "-o", at("many.o"), at("many.s"));
  const bytes = readFileSync(at("many.o"));
  const file = new ElfFile(bytes, { maxSteps: Number.POSITIVE_INFINITY });
  const header = run("readelf", "-hW", at("many.o"));
  expect(header).toMatch(/Number of section headers: +0 \((\d+)\)/);
  expect(file.header.sections.count).toBe(Number(/section headers: +0 \((\d+)\)/.exec(header)?.[1]));
  expect(file.header.sectionNames).toBe(Number(/string table index: +65535 \((\d+)\)/.exec(header)?.[1]));
  expect(file.section(".text.f65999")).toBeDefined();
  expect(readSignatures(bytes)).toMatchObject([{ uuid, section: ".note.ogrt.info" }]);
  expect(() => new ElfFile(bytes).sections).toThrow(expect.objectContaining({ code: "LIMIT_EXCEEDED" }));
});

it("reads the number of 65,535 and more program headers from section 0 (PN_XNUM)", () => {
  const count = 70_000;
  const file = Buffer.alloc(64 + 64 + count * 56);
  file.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  file.writeUInt16LE(4, 16);
  file.writeBigUInt64LE(128n, 32);
  file.writeBigUInt64LE(64n, 40);
  file.writeUInt16LE(56, 54);
  file.writeUInt16LE(0xffff, 56);
  file.writeUInt16LE(64, 58);
  file.writeUInt16LE(1, 60);
  file.writeUInt32LE(count, 64 + 44);
  expect(new ElfFile(file).segments).toHaveLength(count);
  file.writeUInt32LE(count + 1, 64 + 44);
  expect(() => new ElfFile(file)).toThrow(expect.objectContaining({ code: "MALFORMED_ELF" }));
});
