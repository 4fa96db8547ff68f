import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createStamp, readSignatures, stampAssembly } from "../../lib/index.js";
import { temporaryFolder } from "../support/folder.js";
import { run, source } from "../support/toolchain.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);

describe("createStamp", () => {
  it("makes a new random UUID of version 4 each time", () => {
    const uuids = Array.from({ length: 50 }, () => createStamp().uuid);
    for (const uuid of uuids)
      expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set(uuids).size).toBe(50);
  });

  it("accepts a UUID and writes it in lower case", () => {
    expect(createStamp({ uuid: "B73C604D-C2E9-4057-AE31-586AA5EE29E3" }).uuid).toBe(
      "b73c604d-c2e9-4057-ae31-586aa5ee29e3",
    );
  });

  it.each([
    "",
    "x",
    'b73c604d-c2e9-4057-ae31-586aa5ee29e3"\n.quad 1',
    "b73c604dc2e94057ae31586aa5ee29e3",
    "b73c604d-c2e9-4057-ae31-586aa5ee29e3 ",
  ])("refuses %j", (uuid) => {
    expect(() => createStamp({ uuid })).toThrow(expect.objectContaining({ code: "INVALID_UUID", value: uuid }));
  });
});

describe("stampAssembly", () => {
  const uuid = "b73c604d-c2e9-4057-ae31-586aa5ee29e3";
  source(folder, "stamp.s", stampAssembly(createStamp({ uuid })));
  source(folder, "main.c", "int main(void) { return 0; }\n");
  run("gcc", "-o", at("program"), at("main.c"), at("stamp.s"));

  it("assembles to the bytes of an OGRT note, version 1", () => {
    run("gcc", "-c", "-o", at("stamp.o"), at("stamp.s"));
    run("objcopy", "-O", "binary", "-j", ".note.ogrt.info", at("stamp.o"), at("note.bin"));
    const expected = Buffer.concat([
      Buffer.from(Uint32Array.of(5, 38, 0x4f475254).buffer),
      Buffer.from("OGRT\0\0\0\0"),
      Buffer.from([1]),
      Buffer.from(uuid),
      Buffer.from([0, 0, 0]),
    ]);
    expect(readFileSync(at("note.bin"))).toEqual(expected);
  });

  it("is shown by readelf as owner OGRT, size 0x26, type 0x4f475254", () => {
    expect(run("readelf", "-nW", at("program"))).toMatch(/OGRT\s+0x00000026\s+.*\(0x4f475254\)/);
  });

  it("does not make the stack executable and causes no warning", () => {
    expect(run("readelf", "-lW", at("program"))).toMatch(/GNU_STACK.* RW /);
    run("gcc", "-Wl,--fatal-warnings", "-o", at("warned"), at("main.c"), at("stamp.s"));
  });

  it("is read from the linked program", () => {
    expect(readSignatures(readFileSync(at("program"))).map((signature) => signature.uuid)).toEqual([uuid]);
  });
});
