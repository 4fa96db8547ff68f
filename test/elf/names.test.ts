import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { elfTypeName, fileType, machineName, sectionTypeName, segmentTypeName } from "../../lib/index.js";

const HEADER = "/usr/include/elf.h";

describe.skipIf(!existsSync(HEADER))("names are those of the system's elf.h", () => {
  const text = existsSync(HEADER) ? readFileSync(HEADER, "latin1") : "";
  it.each([
    ["EM_", machineName],
    ["ET_", elfTypeName],
    ["PT_", segmentTypeName],
    ["SHT_", sectionTypeName],
  ])("%s", (prefix, nameOf) => {
    // Skips ends of ranges, counts, and values of one processor or system.
    const skipped = /_(NUM|LO\w+|HI\w+|LOOS|ARC_A5|SUNW\w*|MIPS_\w+|HP_\w+|PARISC_\w+|ALPHA_\w+|X86_64_UNWIND)$/;
    let count = 0;
    for (const [, name = "", number] of text.matchAll(
      new RegExp(`^#define\\s+(${prefix}\\w+)\\s+(0x\\w+|\\d+)\\b`, "gm"),
    )) {
      if (name !== "EM_ALPHA" && name !== "EM_PARISC" && skipped.test(name)) continue;
      expect(nameOf(Number(number))).toBe(name);
      count++;
    }
    expect(count).toBeGreaterThan(3);
  });
});

describe("a file that is not ELF is named by its type", () => {
  it.each([
    ["!<arch>\n", "ar archive"],
    ["!<thin>\n", "thin ar archive"],
    ["#!/bin/sh\n", "script"],
    ["MZ\x90\0", "PE or DOS program"],
    ["\xcf\xfa\xed\xfe\x07\0\0\x01", "Mach-O"],
    ["\xca\xfe\xba\xbe\0\0\0\x02", "Mach-O universal binary"],
    ["\xca\xfe\xba\xbe\0\0\0\x41", "Java class"],
    ["\x1f\x8b\x08", "gzip"],
    ["\x7fELF", "ELF"],
    ["hello", undefined],
    ["", undefined],
  ])("%j is %s", (start, type) => {
    expect(fileType(Buffer.from(start, "latin1"))).toBe(type);
  });
});
