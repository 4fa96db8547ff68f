import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/folder.js";
import { run, source } from "../support/toolchain.js";
import { builtLibrary } from "./support/library.js";
import { observe, only } from "./support/observe.js";
import type { Message } from "./support/schema.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const library = builtLibrary();

source(folder, "plain.c", "int plain(void) { return 5; }\n");
source(folder, "main.c", "int plain(void);\nint main(void) { return plain(); }\n");
run("gcc", "-shared", "-fPIC", "-Wl,-soname,libplain.so", "-Wl,--build-id", "-o", at("libplain.so"), at("plain.c"));
run("gcc", "-o", at("main"), at("main.c"), at("libplain.so"), `-Wl,-rpath,${folder}`);
const intact = readFileSync(at("libplain.so"));

const PT_LOAD = 1;
const PT_DYNAMIC = 2;
const PT_NOTE = 4;
const PT_GNU_EH_FRAME = 0x6474e550;

/** Offsets of the ELF64 program headers of one type. */
function headers(file: Buffer, type: number): number[] {
  const first = Number(file.readBigUInt64LE(32));
  const offsets = Array.from({ length: file.readUInt16LE(56) }, (_, index) => first + 56 * index);
  return offsets.filter((offset) => file.readUInt32LE(offset) === type);
}

interface Segment {
  type?: number;
  offset?: number;
  address?: number;
  size?: number | bigint;
}

function rewrite(file: Buffer, header: number, { type, offset, address, size }: Segment): void {
  if (type !== undefined) file.writeUInt32LE(type, header);
  if (type === PT_LOAD) file.writeUInt32LE(4, header + 4);
  if (offset !== undefined) file.writeBigUInt64LE(BigInt(offset), header + 8);
  if (address !== undefined) file.writeBigUInt64LE(BigInt(address), header + 16);
  if (size === undefined) return;
  file.writeBigUInt64LE(BigInt(size), header + 32);
  file.writeBigUInt64LE(BigInt(size), header + 40);
  if (type === PT_LOAD) file.writeBigUInt64LE(4096n, header + 48);
}

/** Runs the program with a corrupted copy of the library; it must end as with the intact one. */
async function withCorrupted(corrupt: (file: Buffer) => void): Promise<Message> {
  const file = Buffer.from(intact);
  corrupt(file);
  writeFileSync(at("libplain.so"), file);
  const { status, stderr, starts } = await observe([at("main")], { library });
  expect([status, stderr.toString()]).toEqual([5, ""]);
  const objects = only(starts).shared_objects as Message[];
  return only(objects.filter(({ path }) => String(path) === at("libplain.so")));
}

describe.runIf(process.arch === "x64")("a program survives a shared object with corrupted headers:", () => {
  it("notes behind the end of the file", async () => {
    const object = await withCorrupted((file) => {
      const beyond = Math.ceil(file.length / 4096) * 4096;
      const address = 1 << 20;
      const [header = 0] = headers(file, PT_GNU_EH_FRAME);
      rewrite(file, header, { type: PT_LOAD, offset: beyond, address, size: 8192 });
      for (const note of headers(file, PT_NOTE)) rewrite(file, note, { address: address + 4096, size: 64 });
    });
    expect(object.build_id).toBeUndefined();
    expect(String(object.soname)).toBe("libplain.so");
  });

  it.each<[string, Segment]>([
    ["far away", { address: 0x7fff00000000 }],
    ["before the start", { address: -8 >>> 0 }],
    ["of impossible size", { size: 0xffffffffffffffffn }],
    ["larger than their segment", { size: 1 << 16 }],
    ["of no size", { size: 0 }],
    ["of eleven bytes", { size: 11 }],
  ])("notes %s", async (_, segment) => {
    const object = await withCorrupted((file) => {
      for (const note of headers(file, PT_NOTE)) rewrite(file, note, segment);
    });
    expect(object.build_id).toBeUndefined();
  });

  it("notes that are code", async () => {
    const object = await withCorrupted((file) => {
      for (const note of headers(file, PT_NOTE)) rewrite(file, note, { address: 0x1000, size: 64 });
    });
    expect(object.build_id).toBeUndefined();
  });

  it.each([
    ["an impossible offset of the soname", 14n, 0xffffffffffffffffn, undefined],
    ["a soname beyond the string table", 14n, 0x100000n, undefined],
    ["a string table of impossible size", 10n, 0xffffffffffffff00n, "libplain.so"],
  ])("%s", async (_, tag, value, soname) => {
    const object = await withCorrupted((file) => {
      const [dynamic = 0] = headers(file, PT_DYNAMIC);
      let at = Number(file.readBigUInt64LE(dynamic + 8));
      while (file.readBigUInt64LE(at) !== tag) at += 16;
      file.writeBigUInt64LE(value, at + 8);
    }).catch((error: unknown) => error);
    // glibc itself may fail on a soname that it compares; then the program must fail in the same way without this library.
    if (object instanceof Error) {
      const bare = await observe([at("main")], { library: "", inactive: true });
      const tracked = await observe([at("main")], { library });
      expect([tracked.status, tracked.signal]).toEqual([bare.status, bare.signal]);
    } else {
      expect((object as Message).soname?.toString()).toBe(soname);
    }
  });
});
