import { readFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { inflateZlib } from "../../lib/elf/inflate.js";
import { ElfFile } from "../../lib/index.js";
import { Random } from "../fuzz/random.js";
import { temporaryFolder } from "../support/folder.js";
import { have, run, source } from "../support/toolchain.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
source(folder, "main.c", `${"#include <stdio.h>\n"}int main(void) { return puts("hello"); }\n`);
run("gcc", "-g", "-c", "-o", at("main.o"), at("main.c"));
run("objcopy", "--compress-debug-sections=zlib-gabi", at("main.o"), at("small.o"));
const compressed = () => readFileSync(at("small.o"));

describe("compressed sections", () => {
  it.each([
    ["objcopy", "zlib-gabi"],
    ["objcopy", "zstd"],
    ["llvm-objcopy", "zlib"],
  ])("of %s inflate to the original bytes: %s", (tool, method) => {
    if (!have(tool) || !run(tool, "--help").includes("compress-debug-sections")) {
      return console.warn(`${tool} is not installed: not tried`);
    }
    run(tool, `--compress-debug-sections=${method}`, at("main.o"), at("compressed.o"));
    const before = new ElfFile(readFileSync(at("main.o")));
    const after = new ElfFile(readFileSync(at("compressed.o")));
    const sections = after.sections.filter(({ flags }) => (flags & 0x800) !== 0);
    expect(sections.length).toBeGreaterThan(0);
    for (const section of sections) {
      const original = before.section(section.name);
      expect(original).toBeDefined();
      if (original !== undefined) expect(after.data(section)).toEqual(new Uint8Array(before.data(original)));
    }
  });

  /** The object with one field of the first compression header changed: 0 method, 8 size. */
  function forged(field: number, value: number) {
    const bytes = compressed();
    const section = new ElfFile(bytes).sections.find(({ flags }) => (flags & 0x800) !== 0);
    bytes.writeUInt32LE(value, (section?.offset ?? 0) + field);
    const file = new ElfFile(bytes);
    return () => file.data(file.sections[section?.index ?? 0] as (typeof file.sections)[number]);
  }

  it.each([
    ["announce more than the limit", 8, 0x7fffffff, "LIMIT_EXCEEDED"],
    ["announce more than they hold", 8, 100_000, "MALFORMED_ELF"],
    ["hold more than they announce", 8, 5, "MALFORMED_ELF"],
    ["use another method", 0, 3, "UNSUPPORTED_COMPRESSION"],
    ["are zlib's and claim to be zstd's", 0, 2, "MALFORMED_ELF"],
  ])("that %s", (_, field, value, code) => {
    expect(forged(field, value)).toThrow(expect.objectContaining({ code }));
  });

  it("larger than the limit are not read", () => {
    const file = new ElfFile(readFileSync(at("main.o")), { maxDataBytes: 3 });
    const text = file.section(".debug_info");
    expect(() => text && file.data(text)).toThrow(expect.objectContaining({ code: "LIMIT_EXCEEDED" }));
  });
});

describe("inflating", () => {
  const random = new Random(7);
  it.each([0, 1, 6, 9])("restores what zlib deflated at level %i", (level) => {
    for (const size of [0, 1, 100, 70_000]) {
      for (const values of [1, 3, 256]) {
        const data = Uint8Array.from({ length: size }, () => random.below(values));
        expect(inflateZlib(deflateSync(data, { level }), size)).toEqual(data);
      }
    }
  });

  it("refuses damaged data, and never writes past the announced size", () => {
    const data = Uint8Array.from({ length: 5000 }, (_, i) => (i * i) >> 3);
    const sound = deflateSync(data);
    let refused = 0;
    for (let round = 0; round < 5000; round++) {
      const damaged = Uint8Array.from(sound);
      damaged[random.below(damaged.length)] = random.below(256);
      const inflated = inflateZlib(damaged.subarray(0, 1 + random.below(damaged.length)), 5000);
      if (inflated === undefined) refused++;
      else expect(inflated).toEqual(data);
    }
    expect(refused).toBeGreaterThan(4000);
  });
});
