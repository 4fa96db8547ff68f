import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findTarget, stampAssembly, stampObject, TARGET_NAMES, type TargetName } from "../../lib/stamp/index.js";
import { temporaryFolder } from "../support/folder.js";
import { have, run, source } from "../support/toolchain.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const stamp = { uuid: "b73c604d-c2e9-4057-ae31-586aa5ee29e3", package: { name: "a 'b' \\ c/ä", version: "1" } };

/** GNU assemblers of Debian's cross binutils. */
const ASSEMBLERS: Partial<Record<TargetName, string>> = {
  x86_64: "x86_64-linux-gnu-as",
  i386: "i686-linux-gnu-as",
  aarch64: "aarch64-linux-gnu-as",
  armhf: "arm-linux-gnueabihf-as",
  ppc64le: "powerpc64le-linux-gnu-as",
  ppc64: "powerpc64-linux-gnu-as",
  powerpc: "powerpc-linux-gnu-as",
  riscv64: "riscv64-linux-gnu-as",
  s390x: "s390x-linux-gnu-as",
};
const SECTIONS = [".note.ogrt.info", ".note.package", ".note.gnu.property"];

function object(target: string): string {
  writeFileSync(at(`${target}.o`), stampObject(stamp, target));
  return at(`${target}.o`);
}

/** Contents and attributes of the notes, as llvm-readelf or readelf prints them. */
function described(file: string): string[] {
  const rows = run("readelf", "-SW", file).split("\n");
  const sections = rows.flatMap(
    (row) => /\] (\.note\S+)\s+(NOTE)\s+0+ \S+ (\S+) \S+\s+(A)\s+0\s+0\s+(\d+)/.exec(row)?.slice(1) ?? [],
  );
  return [...sections, ...SECTIONS.map((name) => run("readelf", "-x", name, file).replace(/^.*no debugging.*$/m, ""))];
}

describe("stampObject", () => {
  it.each(TARGET_NAMES)("makes an object for %s that readelf finds nothing wrong with", (target) => {
    const shown = run("readelf", "-hSnW", object(target));
    expect(shown).not.toMatch(/warning|error/i);
    expect(shown).toMatch(/OGRT\s+0x00000026/);
    expect(shown).toMatch(/FDO\s+0x/);
    const { bits, byteOrder } = findTarget(target);
    expect(shown).toMatch(`ELF${bits}`);
    expect(shown).toMatch(`${byteOrder} endian`);
  });

  for (const [target, assembler] of Object.entries(ASSEMBLERS)) {
    it.skipIf(!have(assembler))(`equals the assembled text for ${target}`, () => {
      const text = source(folder, `${target}.s`, stampAssembly(stamp, { target }));
      run(assembler, "-o", at(`assembled-${target}.o`), text);
      expect(described(object(target))).toEqual(described(at(`assembled-${target}.o`)));
      const machine = (file: string) => /Machine:.*/.exec(run("readelf", "-hW", file))?.[0];
      expect(machine(at(`${target}.o`))).toBe(machine(at(`assembled-${target}.o`)));
    });
  }

  it.skipIf(!have("eu-elflint"))("passes eu-elflint, except for the unknown note owner", () => {
    // elfutils of Debian 12 does not support LoongArch.
    for (const target of TARGET_NAMES.filter((name) => name !== "loongarch64")) {
      const { stdout, stderr } = spawnSync("eu-elflint", ["--gnu-ld", object(target)], { encoding: "utf8" });
      const complaints = `${stdout}${stderr}`.trim().split("\n");
      expect(
        complaints.filter((line) => !/unknown object file note type \d+ with owner name '(OGRT|FDO)'/.test(line)),
      ).toEqual([]);
    }
  });

  it.skipIf(!have("llvm-readelf"))("is read by llvm-readelf without warnings", () => {
    for (const target of TARGET_NAMES) expect(run("llvm-readelf", "-hSn", object(target))).toMatch(/OGRT\s+0x00000026/);
  });

  it("gives equal bytes for equal stamps", () => {
    expect(stampObject(stamp, "x86_64")).toEqual(stampObject(structuredClone(stamp), "amd64"));
  });

  it.each(["", "vax", "any", "__proto__", "constructor", "x86_64\n"])("refuses the target %j", (target) => {
    expect(() => stampObject(stamp, target)).toThrow(expect.objectContaining({ code: "INVALID_TARGET" }));
  });

  it.each(["amd64", "x64", "X86_64", "x86_64-linux-gnu", "x86_64-pc-linux-gnu"])("accepts %s as x86_64", (name) => {
    expect(findTarget(name).name).toBe("x86_64");
  });

  it("equals the assembler template on targets without an assembler here", () => {
    const bytes = readFileSync(object("loongarch64"));
    expect(bytes.subarray(64, 64 + 12)).toEqual(Buffer.from(Uint32Array.of(5, 38, 0x4f475254).buffer));
  });
});
