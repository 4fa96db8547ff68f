import { realpathSync } from "node:fs";
import { expect, it } from "vitest";
import { openFileSource } from "../../../lib/files/index.js";
import { ElfFile } from "../../../lib/index.js";
import { Resolver } from "../../../lib/inspect/index.js";
import { elfFilesBelow } from "../../support/elf-tree.js";
import { ldd } from "../../support/ldd.js";
import { have } from "../../support/toolchain.js";

const real = (path: string | undefined) => (path === undefined ? undefined : realpathSync(path));

it.skipIf(!have("ldd"))("every program of /usr/bin and /usr/sbin loads what ldd prints", () => {
  const differences: string[] = [];
  const resolver = new Resolver();
  for (const path of elfFilesBelow("/usr/bin", "/usr/sbin")) {
    using source = openFileSource(path);
    const { interpreter } = new ElfFile(source);
    // ldd runs the loader that a file names, so it cannot handle programs of other machines.
    if (interpreter === undefined || !/^\/lib64\/ld-linux-x86-64|^\/lib\/ld-linux-aarch64/.test(interpreter)) continue;
    const theirs = ldd(path);
    const ours = new Map(
      resolver
        .resolve(path)
        .libraries.filter(({ via }) => via !== "interpreter")
        .map((found) => [found.name, found.path]),
    );
    for (const name of new Set([...theirs.keys(), ...ours.keys()])) {
      if (real(theirs.get(name)) !== real(ours.get(name))) {
        differences.push(`${path}: ${name}: ldd ${theirs.get(name)}, we ${ours.get(name)}`);
      }
    }
  }
  expect(differences).toEqual([]);
});
