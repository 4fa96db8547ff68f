import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createStamp, stampAssembly, stampJson, stampObject, stampSource } from "../../lib/stamp/index.js";
import { temporaryFolder } from "../support/folder.js";
import { have, run, source } from "../support/toolchain.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const uuid = "b73c604d-c2e9-4057-ae31-586aa5ee29e3";
const metadata = {
  name: "hello",
  version: "2.10-3",
  os: "debian",
  osVersion: "12",
  type: "deb",
  architecture: "x86_64",
  osCpe: "cpe:/o:debian:debian_linux:12",
  appCpe: "cpe:2.3:a:gnu:hello\\:world:2.10",
  debugInfoUrl: "https://debuginfod.debian.net",
  "x-module": "it's a $HOME `test` \\n %s /* */ // # ; ä 漢",
};
source(folder, "main.c", "int main(void) { return 0; }\n");

/** The note's text as objcopy extracts it from a linked program: 12 bytes of header, "FDO\0", JSON, NUL. */
function noteText(program: string): string {
  run("objcopy", "-O", "binary", "-j", ".note.package", program, at("note.bin"));
  const text = run("cat", at("note.bin"));
  expect(text).toMatch(/^[\s\S]{12}FDO\0\{[^\0]*\}\0+$/);
  return text.slice(16).replace(/\0+$/, "");
}

describe("the package note", () => {
  const stamp = createStamp({ uuid, package: metadata });
  const forms = {
    assembly: () => source(folder, "stamp.s", stampAssembly(stamp)),
    "C source": () => source(folder, "stamp.c", stampSource(stamp)),
    object: () => {
      writeFileSync(at("stamp.o"), stampObject(stamp, run("uname", "-m").trim()));
      return at("stamp.o");
    },
  };

  it.each(Object.entries(forms))("passes the linker unchanged, from %s", (_, stampFile) => {
    run("gcc", "-Wl,--fatal-warnings", "-o", at("program"), at("main.c"), stampFile());
    expect(JSON.parse(noteText(at("program")))).toEqual(metadata);
  });

  it("has the specification's keys first, in its order, and no other keys than given", () => {
    expect(Object.keys(stamp.package ?? {})).toEqual([
      "type",
      "name",
      "version",
      "architecture",
      "os",
      "osVersion",
      "osCpe",
      "appCpe",
      "debugInfoUrl",
      "x-module",
    ]);
    expect(stampJson(createStamp({ uuid, package: { version: "1", b: "2", a: "3" } }))).toBe(
      `${JSON.stringify({ uuid, package: { version: "1", a: "3", b: "2" } }, null, 2)}\n`,
    );
    expect(createStamp({ uuid, package: {} })).toEqual({ uuid });
  });

  it.skipIf(!have("systemd-analyze"))("is read by systemd-analyze", () => {
    run("gcc", "-o", at("program"), at("main.c"), forms.object());
    const shown = run("systemd-analyze", "inspect-elf", "--json=short", at("program"));
    expect(JSON.parse(shown)).toMatchObject({ [at("program")]: metadata });
  });

  it("is shown by readelf with owner FDO", () => {
    run("gcc", "-o", at("program"), at("main.c"), forms.assembly());
    expect(run("readelf", "-nW", at("program"))).toMatch(
      /FDO\s+0x[0-9a-f]+\s+(FDO_PACKAGING_METADATA|.*\(0xcafe1a7e\))/,
    );
  });
});

describe("texts that a note must not hold are refused", () => {
  const refused: [string, Record<string, unknown>][] = [
    ["a newline", { name: 'x\n\t.globl main\nmain:"' }],
    ["a double quote", { name: 'a"b' }],
    ["NUL", { version: "1\x002" }],
    ["an escape character", { os: "\u001b[2J" }],
    ["C1 control characters", { os: "\u009b2J" }],
    ["what is left of bytes that are no UTF-8", { name: "caf\ufffd" }],
    ["half a surrogate pair", { name: "\ud800x" }],
    ["the other half", { name: "x\udc00" }],
    ["an empty value", { name: "" }],
    ["no text", { name: 5 }],
    ["a value of megabytes", { name: "x".repeat(1 << 20) }],
    ["a key with a quote", { 'a":1,"b': "c" }],
    ["a key with a newline", { "a\nb": "c" }],
    ["a reserved key", JSON.parse('{"__proto__": "x"}')],
    ["thousands of keys", Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`k${i}`, "v"]))],
  ];
  it.each(refused)("%s", (_, given) => {
    const unsound = given as Record<string, string>;
    expect(() => createStamp({ package: unsound })).toThrow(expect.objectContaining({ code: "INVALID_METADATA" }));
    for (const write of [
      stampAssembly,
      stampSource,
      (stamp: Parameters<typeof stampObject>[0]) => stampObject(stamp, "x86_64"),
    ]) {
      expect(() => write({ uuid, package: unsound })).toThrow(expect.objectContaining({ code: "INVALID_METADATA" }));
    }
  });

  it("an invalid UUID, also in a handmade stamp", () => {
    const forged = { uuid: `${uuid}"\n\t.globl main` };
    for (const write of [stampAssembly, stampSource, () => stampObject(forged, "x86_64")]) {
      expect(() => write(forged)).toThrow(expect.objectContaining({ code: "INVALID_UUID" }));
    }
  });
});
