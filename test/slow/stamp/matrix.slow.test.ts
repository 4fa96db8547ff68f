import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readSignatures } from "../../../lib/signature/index.js";
import { stampAssembly, stampObject, stampSource } from "../../../lib/stamp/index.js";
import { temporaryFolder } from "../../support/folder.js";
import { freshUuid, have, run } from "../../support/toolchain.js";

const root = join(import.meta.dirname, "../../..");
const fixtures = join(root, "test-fixtures/stamps");
const folder = temporaryFolder();
const reader = join(root, "test/stamp/print-signatures.c");

interface Row {
  file: string;
  target: string;
  stamp: "stamp.s" | "stamp.o" | "stamp.c";
  commands: [string, ...string[]][];
}
const matrix: Row[] = JSON.parse(readFileSync(join(fixtures, "matrix.json"), "utf8"));

const FORMS = {
  "stamp.s": (uuid: string, target: string) => stampAssembly({ uuid }, { target }),
  "stamp.c": (uuid: string) => stampSource({ uuid }),
  "stamp.o": (uuid: string, target: string) => stampObject({ uuid }, target),
};

const tools = (commands: Row["commands"]): string[] =>
  commands.flatMap(([tool, ...args]) => [
    tool,
    ...args.flatMap(
      (arg) =>
        /^-fuse-ld=(.*)/
          .exec(arg)
          ?.slice(1)
          .map((name) => `ld.${name}`) ?? [],
    ),
  ]);

describe("the matrix of targets and linkers, rebuilt", () => {
  for (const { file, target, stamp, commands } of matrix) {
    const missing = tools(commands).filter((tool) => !have(tool));
    it.skipIf(missing.length > 0)(`${file}${missing.length > 0 ? ` (needs ${missing.join(", ")})` : ""}`, () => {
      const work = mkdtempSync(join(folder, "row-"));
      const uuid = freshUuid();
      writeFileSync(join(work, "answer.c"), "int answer(void) { return 42; }\n");
      writeFileSync(join(work, "start.c"), "void _start(void) { for (;;); }\n");
      writeFileSync(join(work, stamp), FORMS[stamp](uuid, target));
      const output = join(work, "output");
      for (const [tool, ...args] of commands) {
        const words = args.map((word) => (word === "OUTPUT" ? output : word));
        execFileSync(tool, words, { cwd: work, stdio: ["ignore", "pipe", "pipe"] });
      }
      const { signatures } = JSON.parse(readFileSync(join(fixtures, `${file}.json`), "utf8"));
      const found = readSignatures(readFileSync(output)).map(({ offset: _, ...signature }) => signature);
      expect(found).toEqual(signatures.map((signature: object) => ({ ...signature, uuid })));
    });
  }
});

/** Cross compilers of Debian, and the qemu that runs their output. */
const CROSS: [target: string, compiler: string, emulator: string][] = [
  ["i386", "i686-linux-gnu-gcc", "qemu-i386"],
  ["aarch64", "aarch64-linux-gnu-gcc", "qemu-aarch64"],
  ["armhf", "arm-linux-gnueabihf-gcc", "qemu-arm"],
  ["ppc64le", "powerpc64le-linux-gnu-gcc", "qemu-ppc64le"],
  ["ppc64", "powerpc64-linux-gnu-gcc", "qemu-ppc64"],
  ["powerpc", "powerpc-linux-gnu-gcc", "qemu-ppc"],
  ["riscv64", "riscv64-linux-gnu-gcc", "qemu-riscv64"],
  ["s390x", "s390x-linux-gnu-gcc", "qemu-s390x"],
];

describe("a stamp is read from memory on every target, by a static program under qemu", () => {
  for (const [target, compiler, emulator] of CROSS) {
    const missing = [compiler, emulator].filter((tool) => !have(tool));
    const note = missing.length > 0 ? ` (needs ${missing.join(", ")})` : "";
    it.skipIf(missing.length > 0).each(["stamp.s", "stamp.c", "stamp.o"] as const)(
      `${target}, from %s${note}`,
      (form) => {
        const work = mkdtempSync(join(folder, "cross-"));
        const uuid = freshUuid();
        writeFileSync(join(work, form), FORMS[form](uuid, target));
        run(compiler, "-static", "-Wl,--fatal-warnings", "-o", join(work, "program"), reader, join(work, form));
        expect(run(emulator, join(work, "program")).trim()).toBe(uuid);
        expect(readSignatures(readFileSync(join(work, "program")))).toMatchObject([{ uuid }]);
      },
    );
  }
});

describe.skipIf(!have("clang"))("clang's assembler accepts the same text as GNU as", () => {
  const triplets = [
    "x86_64",
    "i686",
    "aarch64",
    "arm",
    "powerpc64le",
    "powerpc64",
    "powerpc",
    "riscv64",
    "s390x",
    "mips",
  ];
  it.each(triplets)("for %s-linux-gnu", (architecture) => {
    const uuid = freshUuid();
    const text = join(folder, `${architecture}.s`);
    writeFileSync(text, stampAssembly({ uuid, package: { name: "it's # not @ a ; comment" } }));
    run("clang", `--target=${architecture}-linux-gnu`, "-c", "-o", `${text}.o`, text);
    expect(readSignatures(readFileSync(`${text}.o`))).toMatchObject([{ uuid, allocatable: true }]);
  });
});
