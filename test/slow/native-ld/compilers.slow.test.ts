import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { launch, uuids } from "../../native-ld/support/wrapper.js";
import { temporaryFolder } from "../../support/folder.js";
import { have, run, source } from "../../support/toolchain.js";
import { root } from "../../support/tools.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);

/** Compilers of both classes and byte orders, and the emulators for their programs. */
const COMPILERS: [compiler: string, emulator?: string][] = [
  ["gcc"],
  ["clang"],
  ["musl-gcc"],
  ["i686-linux-gnu-gcc"],
  ["aarch64-linux-gnu-gcc", "qemu-aarch64"],
  ["arm-linux-gnueabihf-gcc", "qemu-arm"],
  ["riscv64-linux-gnu-gcc", "qemu-riscv64"],
  ["powerpc-linux-gnu-gcc", "qemu-ppc"],
  ["s390x-linux-gnu-gcc", "qemu-s390x"],
];

describe("ogrt-ld builds without a warning and derives the same UUID on every machine, with", () => {
  const seen = new Set<string>();
  for (const [compiler, emulator] of COMPILERS) {
    const missing = [compiler, emulator ?? compiler].filter((tool) => !have(tool));
    it.skipIf(missing.length > 0)(compiler, () => {
      run("gcc", "-c", "-o", at("start.o"), source(folder, "start.c", "void _start(void) { for (;;); }\n"));
      run("make", "-s", "-C", join(root, "native-ld"), `BUILD=${at(compiler)}`, `CC=${compiler}`);
      const command = [...(emulator === undefined ? [] : [emulator]), at(`${compiler}/ogrt-ld`)];
      const { status, stderr } = launch(folder, [...command, "-e", "_start", "-o", "out", "start.o"], {
        OGRT_LD_REAL: run("sh", "-c", "command -v ld").trim(),
        OGRT_LD_DETERMINISTIC: "1",
      });
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      for (const uuid of uuids(at("out"))) seen.add(uuid);
      expect(seen.size).toBe(1);
    });
  }
});
