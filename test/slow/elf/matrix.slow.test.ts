import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ElfFile, readBuildId, readSignatures } from "../../../lib/index.js";
import { compare, disagreements } from "../../support/agreement.js";
import { temporaryFolder } from "../../support/folder.js";
import { elfutilsNotes, gnuNotes, gnuReadelf, ourNotes, output } from "../../support/readelf.js";
import { freshUuid, have, run, source, stampFile } from "../../support/toolchain.js";

/** Every cross compiler of Debian with every linker of its target, in every form of output. */
const COMPILERS: Record<string, string[]> = {
  x86_64: ["x86_64-linux-gnu-gcc", "-fcf-protection"],
  i686: ["i686-linux-gnu-gcc", "-fcf-protection"],
  aarch64: ["aarch64-linux-gnu-gcc", "-mbranch-protection=standard"],
  armhf: ["arm-linux-gnueabihf-gcc"],
  powerpc: ["powerpc-linux-gnu-gcc"],
  ppc64le: ["powerpc64le-linux-gnu-gcc"],
  riscv64: ["riscv64-linux-gnu-gcc"],
  s390x: ["s390x-linux-gnu-gcc"],
};
const READERS = ["readelf", "eu-readelf", "llvm-readelf"];
const LINKERS = ["bfd", "gold", "lld", "mold"];
const FORMS: Record<string, string[]> = {
  program: ["-no-pie"],
  PIE: ["-fPIE", "-pie"],
  "static program": ["-no-pie", "-static"],
  "shared object": ["-shared", "-fPIC", "-Wl,-soname,libm.so.1", "-Wl,-rpath,/opt/lib"],
};

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const uuid = freshUuid();
stampFile(folder, "stamp.s", uuid);
source(folder, "main.c", '#include <stdio.h>\nint main(void) { return puts("x"); }\n');

// Cross compilers search linkers under their own prefix, and then in the directory of -B.
for (const linker of ["ld.lld", "ld.mold"]) symlinkSync(`/usr/bin/${linker}`, at(linker));

let built = 0;
const refused: string[] = [];

describe.each(Object.keys(COMPILERS))("%s", (target) => {
  const [compiler = "", ...targetFlags] = COMPILERS[target] ?? [];
  describe.each(LINKERS)("%s", (linker) => {
    it.skipIf(![compiler, ...READERS].every(have)).each(Object.keys(FORMS))("%s", (form) => {
      const file = `${target}-${linker}-${form.replace(" ", "-")}`;
      const flags = ["-B", folder, `-fuse-ld=${linker}`, ...targetFlags, ...(FORMS[form] ?? []), "-Wl,--build-id=sha1"];
      try {
        run(compiler, "-o", at(file), at("main.c"), at("stamp.s"), ...flags);
      } catch {
        // Not every linker supports every target; the end of the run lists unsupported ones.
        refused.push(file);
        return;
      }
      built++;
      agree(at(file));
      const whole = readFileSync(at(file));
      expect(readSignatures(whole)).toMatchObject([{ uuid, allocatable: true, section: ".note.ogrt.info" }]);
      expect(new ElfFile(whole).kind).toBe(form);

      const bare = withoutSections(whole);
      expect(readSignatures(bare).map(({ uuid, allocatable, offset }) => ({ uuid, allocatable, offset }))).toEqual(
        readSignatures(whole).map(({ uuid, allocatable, offset }) => ({ uuid, allocatable, offset })),
      );
      expect(readBuildId(bare)).toBe(readBuildId(whole));
    });
  });
});

/** The file as a running process has it: without a section table, with stale values in the header. */
function withoutSections(bytes: Buffer): Buffer {
  const bare = Buffer.from(bytes);
  const [offset, size] = bare[4] === 2 ? [40, 8] : [32, 4];
  return bare.fill(0, offset, offset + size);
}

afterAll(() => console.info(`${built} files built; refused: ${refused.join(", ")}`));

function agree(path: string): void {
  expect(disagreements(path, gnuReadelf([path]).get(path))).toEqual([]);
  const ours = ourNotes(new ElfFile(readFileSync(path)));
  expect(compare("eu-readelf", elfutilsNotes(output("eu-readelf", ["-n", path])), ours)).toEqual([]);
  expect(compare("llvm-readelf", gnuNotes(output("llvm-readelf", ["-n", path])), ours)).toEqual([]);
}
