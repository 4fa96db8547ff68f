import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { stampAssembly, stampObject, stampSource, type TargetName } from "../../lib/stamp/index.js";
import { temporaryFolder } from "../support/folder.js";
import { have, run, source } from "../support/toolchain.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const uuid = "b73c604d-c2e9-4057-ae31-586aa5ee29e3";
source(folder, "code.c", "int answer(void) { return 42; }\n");

interface Protection {
  target: TargetName;
  /** clang's name of the target. */
  triplet: string;
  flags: string[];
  /** readelf's name of the property, and the linkers that keep it (gold supports none of AArch64). */
  shown: RegExp;
  linkers: string[];
}

const PROTECTIONS: Protection[] = [
  {
    target: "x86_64",
    triplet: "x86_64-linux-gnu",
    flags: ["-fcf-protection=full"],
    shown: /x86 feature: IBT, SHSTK/,
    linkers: ["ld.bfd", "ld.gold", "ld.lld", "mold"],
  },
  {
    target: "i386",
    triplet: "i686-linux-gnu",
    flags: ["-fcf-protection=full"],
    shown: /x86 feature: IBT, SHSTK/,
    linkers: ["ld.bfd", "ld.lld", "mold"],
  },
  {
    target: "aarch64",
    triplet: "aarch64-linux-gnu",
    flags: ["-mbranch-protection=standard"],
    shown: /AArch64 feature: BTI, PAC/,
    linkers: ["aarch64-linux-gnu-ld.bfd", "ld.lld"],
  },
];

describe.skipIf(!have("clang"))("protected code keeps its property", () => {
  for (const { target, triplet, flags, shown, linkers } of PROTECTIONS) {
    const properties = (path: string) => run("readelf", "-nW", path);
    const compile = (output: string, input: string, protect: boolean) => {
      run("clang", `--target=${triplet}`, ...(protect ? flags : []), "-c", "-fPIC", "-o", at(output), input);
      return at(output);
    };
    const forms = {
      assembly: () =>
        compile(`asm-${target}.o`, source(folder, `${target}.s`, stampAssembly({ uuid }, { target })), false),
      "C source": () => compile(`c-${target}.o`, source(folder, "stamp.c", stampSource({ uuid })), false),
      "C source, protected itself": () =>
        compile(`p-${target}.o`, source(folder, "stamp.c", stampSource({ uuid })), true),
      object: () => {
        writeFileSync(at(`${target}.o`), stampObject({ uuid }, target));
        return at(`${target}.o`);
      },
    };
    for (const linker of linkers) {
      const emulation = linker.endsWith("ld.bfd") && target === "i386" ? ["-m", "elf_i386"] : [];
      const link = (output: string, ...inputs: string[]) => {
        run(linker, ...emulation, "-shared", "--fatal-warnings", "-o", at(output), ...inputs);
        return at(output);
      };
      it.skipIf(!have(linker)).each(Object.entries(forms))(`on ${target} by ${linker}, stamped by %s`, (_, stamp) => {
        expect(properties(link("protected.so", compile("code.o", at("code.c"), true), stamp()))).toMatch(shown);
      });
      it.skipIf(!have(linker))(`on ${target} by ${linker}, and not added to code without it`, () => {
        const plain = compile("plain.o", at("code.c"), false);
        const inputs = [plain, forms.object()];
        expect(properties(link("plain.so", ...inputs))).not.toMatch(/feature:/);
      });
    }
  }
});
