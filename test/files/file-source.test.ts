import { appendFileSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openFileSource } from "../../lib/files/index.js";
import { readSignatures } from "../../lib/index.js";
import { temporaryFolder } from "../support/folder.js";
import { freshUuid, run, source, stampFile } from "../support/toolchain.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const uuid = freshUuid();
stampFile(folder, "stamp.s", uuid);
source(folder, "main.c", "int main(void) { return 0; }\n");
run("gcc", "-o", at("program"), at("main.c"), at("stamp.s"));

describe("a Source over a file", () => {
  it("returns the bytes of the file for reads of any order and size", () => {
    const bytes = readFileSync(process.execPath).subarray(0, 300_000);
    writeFileSync(at("large"), bytes);
    using file = openFileSource(at("large"));
    for (const [offset, length] of [
      [0, 4],
      [299_990, 10],
      [150_000, 100_000],
      [4095, 2],
      [8190, 4],
      [0, 300_000],
      [300_000, 0],
    ] as const) {
      expect(Buffer.from(file.read(offset, length)).equals(bytes.subarray(offset, offset + length))).toBe(true);
    }
    expect(() => file.read(299_999, 2)).toThrow(RangeError);
  });

  it("leaves the bytes that it returned as they are, whatever else is read after it was closed", () => {
    const bytes = readFileSync(at("program"));
    const file = openFileSource(at("program"));
    const returned = [file.read(0, 64), file.read(bytes.length - 100, 100)];
    file.close();
    writeFileSync(at("other"), Buffer.alloc(40_000, 0xff));
    for (let round = 0; round < 100; round++) {
      using other = openFileSource(at("other"));
      for (const offset of [0, 20_000, 39_000]) expect(other.read(offset, 1000)[999]).toBe(0xff);
    }
    expect(returned.map((part) => Buffer.from(part))).toEqual([bytes.subarray(0, 64), bytes.subarray(-100)]);
  });

  it("serves the signature parser", () => {
    using file = openFileSource(at("program"));
    expect(readSignatures(file)).toMatchObject([{ uuid }]);
  });

  it("reads the signature of a 1 GB program without holding it", () => {
    // A section table at the end of a sparse gigabyte, as in a huge program.
    const gigabyte = 1 << 30;
    const bytes = readFileSync(at("program"));
    const tail = bytes.subarray(Number(bytes.readBigUInt64LE(0x28)));
    bytes.writeBigUInt64LE(BigInt(gigabyte), 0x28);
    writeFileSync(at("huge"), bytes);
    truncateSync(at("huge"), gigabyte);
    appendFileSync(at("huge"), tail);
    using file = openFileSource(at("huge"));
    const before = process.memoryUsage().arrayBuffers;
    expect(readSignatures(file)).toMatchObject([{ uuid }]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1 << 20);
  });
});

it("finds the notes of a sparse file of 8 GiB in a few pages", () => {
  const bytes = readFileSync(at("program"));
  writeFileSync(at("sparse"), bytes);
  truncateSync(at("sparse"), 8 * 2 ** 30);
  using file = openFileSource(at("sparse"));
  expect(file.size).toBe(8 * 2 ** 30);
  expect(readSignatures(file)).toMatchObject([{ uuid }]);
});

function thrown(action: () => unknown): Error {
  try {
    action();
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing was thrown");
}

describe("an unreadable file", () => {
  mkdirSync(at("directory"));
  run("mkfifo", at("fifo"));

  it.each([
    ["a missing file", at("absent"), "FILE_UNREADABLE"],
    ["a directory", at("directory"), "FILE_NOT_REGULAR"],
    ["a FIFO without a writer", at("fifo"), "FILE_NOT_REGULAR"],
    ["a device", "/dev/zero", "FILE_NOT_REGULAR"],
  ])("%s is a coded error that names the path once", (_, path, code) => {
    const error = thrown(() => openFileSource(path));
    expect(error).toMatchObject({ code, path });
    expect(error.message.split(path)).toHaveLength(2);
  });

  it("notices a file that became shorter", () => {
    writeFileSync(at("shrinking"), Buffer.alloc(100_000));
    using file = openFileSource(at("shrinking"));
    truncateSync(at("shrinking"), 10);
    expect(() => file.read(90_000, 100)).toThrow(
      expect.objectContaining({ code: "FILE_CHANGED", path: at("shrinking") }),
    );
  });
});
