import { File } from "node:buffer";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openAsyncFileSource } from "../../lib/files/index.js";
import {
  type AsyncSource,
  ElfFile,
  fileType,
  isElf,
  readAsync,
  readHeader,
  readSignatures,
  type Source,
} from "../../lib/index.js";

const view = (source: Source) => {
  const file = new ElfFile(source);
  return [file.header, file.kind, file.segments, file.sections, [...file.notes()], file.dynamic, file.compilers];
};

describe("reading a file asynchronously", () => {
  it("gives the synchronous result, in few and small fetches", async () => {
    const bytes = readFileSync(process.execPath);
    const fetches: number[] = [];
    const source: AsyncSource = {
      size: bytes.length,
      read: async (offset, length) => {
        fetches.push(length);
        return bytes.subarray(offset, offset + length);
      },
    };
    expect(await readAsync(source, view)).toEqual(
      view({ size: bytes.length, read: (o, l) => bytes.subarray(o, o + l) }),
    );
    expect(fetches.length).toBeLessThan(12);
    expect(fetches.reduce((sum, length) => sum + length)).toBeLessThan(1 << 20);
  });

  it("works on a Blob", async () => {
    const blob = new Blob([readFileSync("/bin/sh")]);
    expect(await readAsync(blob, isElf)).toBe(true);
    expect(await readAsync(blob, fileType)).toBe("ELF");
    expect(await readAsync(blob, readHeader)).toEqual(readHeader(readFileSync("/bin/sh")));
    expect(await readAsync(blob, view)).toEqual(view(memory("/bin/sh")));
    const file = new File(["#!/bin/sh"], "script.sh");
    await expect(readAsync(file, readSignatures)).rejects.toMatchObject({ code: "NOT_ELF", path: "script.sh" });
  });

  it("says what it reads when it gets a path or bytes", async () => {
    for (const input of ["/bin/sh", readFileSync("/bin/sh"), undefined]) {
      await expect(readAsync(input as never, isElf)).rejects.toThrow(
        "readAsync expects a Blob or an AsyncSource; readers take a Uint8Array without it",
      );
    }
  });

  it("is what the synchronous readers name when they get a Blob", () => {
    const blob = new Blob([readFileSync("/bin/sh")]) as unknown as Uint8Array;
    for (const read of [isElf, fileType, readHeader, readSignatures]) {
      expect(() => read(blob)).toThrow("readAsync reads a Blob");
    }
  });

  it("works on a file and closes it", async () => {
    await using source = await openAsyncFileSource("/bin/sh");
    expect(await readAsync(source, readHeader)).toEqual(readHeader(memory("/bin/sh")));
  });

  it.each([
    ["/absent", "FILE_UNREADABLE"],
    ["/tmp", "FILE_NOT_REGULAR"],
    ["/dev/zero", "FILE_NOT_REGULAR"],
  ])("does not open %s", async (path, code) => {
    await expect(openAsyncFileSource(path)).rejects.toMatchObject({ code, path });
  });

  it("passes errors on, and stops at its limit", async () => {
    const text = { size: 100, path: "x", read: async (_: number, length: number) => new Uint8Array(length) };
    await expect(readAsync(text, readSignatures)).rejects.toMatchObject({ code: "NOT_ELF", path: "x" });
    const short = { size: 100, read: async () => new Uint8Array(3) };
    await expect(readAsync(short, readSignatures)).rejects.toThrow(RangeError);
    const endless = { size: 2 ** 40, read: async (_: number, length: number) => new Uint8Array(length) };
    const greedy = (source: Source) => {
      for (let at = 0; ; at += 1 << 20) source.read(at, 1);
    };
    await expect(readAsync(endless, greedy)).rejects.toMatchObject({ code: "LIMIT_EXCEEDED" });
  });
});

function memory(path: string): Source {
  const bytes = readFileSync(path);
  return { size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) };
}
