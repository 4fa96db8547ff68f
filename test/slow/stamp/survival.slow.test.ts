import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readSignatures } from "../../../lib/signature/index.js";
import { stampAssembly, stampObject, stampSource } from "../../../lib/stamp/index.js";
import { temporaryFolder } from "../../support/folder.js";
import { freshUuid, have, run, source } from "../../support/toolchain.js";
import { root } from "../../support/tools.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const reader = join(root, "test/stamp/print-signatures.c");
const machine = run("uname", "-m").trim();
source(folder, "empty.c", "void nothing(void) {}\n");

/** Writes the stamp in one of its three linkable forms to a file. */
const FORMS = {
  assembly: (uuid: string) => source(folder, `${uuid}.s`, stampAssembly({ uuid }, { target: machine })),
  "C source": (uuid: string) => source(folder, `${uuid}.c`, stampSource({ uuid })),
  object: (uuid: string) => {
    writeFileSync(at(`${uuid}.o`), stampObject({ uuid }, machine));
    return at(`${uuid}.o`);
  },
};

const inFile = (path: string) => readSignatures(readFileSync(path)).map(({ uuid }) => uuid);
const inMemory = (...command: [string, ...string[]]) =>
  run(...command)
    .trim()
    .split("\n");

const LINKERS = ["bfd", "gold", "lld", "mold"];

/** Combinations that a linker does not support: gold lacks the options, and lld reads clang's LTO objects only. */
const BEYOND: Record<string, string[]> = {
  gold: ["separate code", "no separate code", "a static link that is position-independent"],
  lld: ["link-time optimisation"],
};

const WAYS: Record<string, string[]> = {
  "a plain link": [],
  "a static link": ["-static"],
  "a static link that is position-independent": ["-static-pie", "-fPIE"],
  "--gc-sections": ["-ffunction-sections", "-fdata-sections", "-Wl,--gc-sections"],
  "--build-id=none": ["-Wl,--build-id=none"],
  "separate code": ["-Wl,-z,separate-code"],
  "no separate code": ["-Wl,-z,noseparate-code"],
  "link-time optimisation": ["-flto", "-O2"],
};

describe.each(LINKERS)("a stamp linked by %s", (linker) => {
  const present = have(`ld.${linker}`) || have(linker);
  const ways = Object.entries(WAYS).filter(([way]) => !BEYOND[linker]?.includes(way));
  const link = (output: string, ...args: string[]) =>
    run("gcc", `-fuse-ld=${linker}`, "-Wl,--fatal-warnings", "-o", at(output), ...args);

  describe.each(Object.entries(FORMS))("as %s", (form, write) => {
    it.skipIf(!present).each(ways)("survives %s, in the file and in memory", (way, flags) => {
      const uuid = freshUuid();
      const output = `${linker}-${form}-${way}`.replace(/\W+/g, "-");
      link(output, ...flags, reader, write(uuid));
      expect(inFile(at(output))).toEqual([uuid]);
      expect(inMemory(at(output))).toEqual([uuid]);
      expect(run("readelf", "-lW", at(output))).toMatch(/GNU_STACK.* RW /);
    });
  });

  it.skipIf(!present)("survives in a shared object beside the program's own", () => {
    const [library, program] = [freshUuid(), freshUuid()];
    link(`lib${linker}.so`, "-shared", "-fPIC", at("empty.c"), FORMS.object(library));
    link(`with-lib-${linker}`, reader, FORMS.assembly(program), "-Wl,--no-as-needed", at(`lib${linker}.so`));
    expect(inFile(at(`lib${linker}.so`))).toEqual([library]);
    expect(inMemory(at(`with-lib-${linker}`)).sort()).toEqual([library, program].sort());
  });

  it.skipIf(!present)("survives a partial link before the final one", () => {
    const uuid = freshUuid();
    link(`partial-${linker}.o`, "-r", "-nostdlib", reader, FORMS.object(uuid));
    link(`from-partial-${linker}`, at(`partial-${linker}.o`));
    expect(inFile(at(`partial-${linker}.o`))).toEqual([uuid]);
    expect(inFile(at(`from-partial-${linker}`))).toEqual([uuid]);
    expect(inMemory(at(`from-partial-${linker}`))).toEqual([uuid]);
  });

  for (const strip of ["strip", "eu-strip", "llvm-strip"]) {
    it.skipIf(!present || !have(strip))(`survives ${strip}`, () => {
      const uuid = freshUuid();
      link(`${strip}-${linker}`, "-g", reader, FORMS.object(uuid));
      run(strip, at(`${strip}-${linker}`));
      expect(inFile(at(`${strip}-${linker}`))).toEqual([uuid]);
      expect(inMemory(at(`${strip}-${linker}`))).toEqual([uuid]);
    });
  }

  it.skipIf(!present)("stays when a second stamp is linked in", () => {
    const [first, second] = [freshUuid(), freshUuid()];
    link(`two-${linker}`, reader, FORMS.assembly(first), FORMS.object(second));
    expect(inFile(at(`two-${linker}`))).toEqual([first, second]);
    expect(inMemory(at(`two-${linker}`))).toEqual([first, second]);
  });
});

describe.skipIf(!have("clang") || !have("ld.lld"))("a stamp compiled by clang", () => {
  it.each(["-flto", "-flto=thin"])("survives %s, as assembly and as C source", (lto) => {
    for (const form of ["assembly", "C source"] as const) {
      const uuid = freshUuid();
      const output = at(`clang${lto}-${form.replace(" ", "-")}`);
      run("clang", lto, "-O2", "-fuse-ld=lld", "-Wl,--fatal-warnings", "-o", output, reader, FORMS[form](uuid));
      expect(inFile(output)).toEqual([uuid]);
      expect(inMemory(output)).toEqual([uuid]);
    }
  });
});
