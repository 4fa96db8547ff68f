import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { OgrtError, readBuildId, readSignatures, type Source } from "../../lib/index.js";

const fixture = (name: string) => readFileSync(join(import.meta.dirname, "../../test-fixtures/elf", name));
const files = ["x86_64.so", "powerpc.so", "s390x.so", "armhf.so"];

/** A Source that counts reads and fails the test on a read outside the file. */
function guarded(bytes: Uint8Array): { source: Source; count: () => number } {
  let reads = 0;
  return {
    count: () => reads,
    source: {
      size: bytes.length,
      path: "/given/path",
      read(offset, length) {
        reads++;
        if (!(offset >= 0 && length >= 0 && offset + length <= bytes.length)) {
          throw new Error(`read of ${length} bytes at ${offset} in ${bytes.length}`);
        }
        return bytes.subarray(offset, offset + length);
      },
    },
  };
}

/** Reads everything; anything but success or a coded error that names file and offset fails. */
function survives(bytes: Uint8Array): OgrtError | undefined {
  const { source, count } = guarded(bytes);
  let found: OgrtError | undefined;
  for (const read of [readSignatures, readBuildId]) {
    try {
      read(source);
    } catch (error) {
      if (!(error instanceof OgrtError)) throw error;
      expect(error.code).toMatch(/^(NOT_ELF|MALFORMED_ELF)$/);
      expect(error.message).toContain("/given/path: ");
      expect(error.offset).toBeTypeOf("number");
      found = error;
    }
  }
  expect(count()).toBeLessThan(4000);
  return found;
}

describe.each(files)("%s", (name) => {
  const original = fixture(name);

  it("truncated at any byte, gives a coded error or a partial result", () => {
    const step = (length: number) => (length < 4096 ? 1 : 61);
    for (let length = 0; length < original.length; length += step(length)) {
      const error = survives(original.subarray(0, length));
      if (length < 4) expect(error?.code).toBe("NOT_ELF");
      // The section header table is at the end of the file, so every truncation damages it.
      else expect(error?.code).toBe("MALFORMED_ELF");
    }
  });

  it("with an extreme value in any header field, gives a coded error or a result", () => {
    const little = original[5] === 1;
    const tables = headerRanges(original, little);
    for (const [start, end] of tables) {
      for (let at = start; at < end; at++) {
        for (const width of [1, 2, 4, 8]) {
          if (at % width !== 0 || at + width > end) continue;
          for (const value of [0n, 1n, 0x7fffffffffffffffn, 0x8000000000000000n, 0xffffffffffffffffn, 0xfffffff4n]) {
            const bytes = Buffer.from(original);
            for (let i = 0; i < width; i++) {
              const shift = BigInt(8 * (little ? i : width - 1 - i));
              bytes[at + i] = Number((value >> shift) & 0xffn);
            }
            survives(bytes);
          }
        }
      }
    }
  });
});

/** ELF header, program headers and section headers of a valid file. */
function headerRanges(bytes: Buffer, little: boolean): [number, number][] {
  const wide = bytes[4] === 2;
  const u16 = (at: number) => (little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
  const word = (at: number) =>
    wide
      ? Number(little ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at))
      : little
        ? bytes.readUInt32LE(at)
        : bytes.readUInt32BE(at);
  const [phoff, shoff] = wide ? [word(32), word(40)] : [word(28), word(32)];
  const [phnum, shnum] = wide ? [u16(56), u16(60)] : [u16(44), u16(48)];
  return [
    [0, wide ? 64 : 52],
    [phoff, phoff + phnum * (wide ? 56 : 32)],
    [shoff, shoff + shnum * (wide ? 64 : 40)],
  ];
}

describe("a file that is not ELF", () => {
  it.each([
    ["an empty file", Buffer.alloc(0)],
    ["a text", Buffer.from("#!/bin/sh\n")],
    ["half a magic number", Buffer.from([0x7f, 0x45, 0x4c])],
    ["64 KiB of zeros", Buffer.alloc(65536)],
  ])("%s is NOT_ELF", (_, bytes) => {
    expect(() => readSignatures(bytes)).toThrow(expect.objectContaining({ code: "NOT_ELF", offset: 0 }));
  });

  it.each([
    [4, 3, "class"],
    [5, 0, "data encoding"],
    [6, 9, "version"],
  ])("an unknown e_ident byte %i is MALFORMED_ELF there", (offset, value, what) => {
    const bytes = fixture("x86_64.so");
    bytes[offset] = value;
    expect(() => readSignatures(bytes)).toThrow(
      expect.objectContaining({ code: "MALFORMED_ELF", offset, value, message: expect.stringContaining(what) }),
    );
  });

  it("refuses inputs that are neither bytes nor a Source", () => {
    expect(() => readSignatures("path" as unknown as Uint8Array)).toThrow(TypeError);
  });
});
