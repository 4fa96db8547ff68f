#!/usr/bin/env node
// Builds the ELF files of test-fixtures, each with a golden answer taken from readelf. A file that is added to one of the
// folders together with its .json becomes a test. Needs these packages of Debian:
//   elf/     gcc-{i686,aarch64,powerpc,powerpc64le,riscv64,s390x}-linux-gnu gcc-arm-linux-gnueabihf
//   stamps/  gcc-powerpc64-linux-gnu clang lld mold elfutils llvm, and the built ogrt-stamp (npm run build)
import { $, fs, path, tmpdir } from "zx";

$.verbose = false;
const root = path.resolve(import.meta.dirname, "..");

/** Targets of elf/, with the prefix of their compiler. */
const TARGETS = {
  x86_64: "",
  i686: "i686-linux-gnu-",
  aarch64: "aarch64-linux-gnu-",
  armhf: "arm-linux-gnueabihf-",
  powerpc: "powerpc-linux-gnu-",
  ppc64le: "powerpc64le-linux-gnu-",
  riscv64: "riscv64-linux-gnu-",
  s390x: "s390x-linux-gnu-",
};

await buildElf(path.join(root, "test-fixtures/elf"));
await buildStamps(path.join(root, "test-fixtures/stamps"));

/** The golden answer: what GNU readelf says about the file. */
async function golden(file, uuid) {
  const header = (await $`readelf -hW ${file}`).stdout;
  const notes = (await $`readelf -nW ${file}`).stdout;
  const ogrt = /Displaying notes found in: (\S+)\n[^\n]*\n\s+OGRT\s+0x00000026/.exec(notes);
  return {
    bits: /Class:\s+ELF(\d+)/.exec(header)?.[1] === "64" ? 64 : 32,
    byteOrder: /little endian/.test(header) ? "little" : "big",
    buildId: /Build ID: ([0-9a-f]+)/.exec(notes)?.[1],
    signatures: ogrt === null ? [] : [{ uuid, section: ogrt[1], version: 1, owner: "OGRT", allocatable: true }],
  };
}

/** One tiny stamped shared object for each target. */
async function buildElf(output) {
  const template = await fs.readFile(path.join(root, "asm-templates/note.s"), "utf8");
  const flags = "-shared -fPIC -nostdlib -Os -Wl,--build-id=sha1 -Wl,-z,max-page-size=4096 -s".split(" ");
  const work = tmpdir();
  await fs.mkdirp(output);
  await fs.writeFile(path.join(work, "answer.c"), "int answer(void) { return 42; }\n");
  for (const [index, [target, prefix]] of Object.entries(TARGETS).entries()) {
    const uuid = fixtureUuid("8000", index);
    await fs.writeFile(path.join(work, "stamp.s"), template.replace("@UUID@", uuid));
    const file = path.join(output, `${target}.so`);
    await $({ cwd: work })`${`${prefix}gcc`} ${flags} -o ${file} answer.c stamp.s`;
    await writeGolden(file, await golden(file, uuid));
  }
  await fs.remove(work);
}

/** Stamps that went through every linker and way of linking; the recipe is matrix.json. */
async function buildStamps(folder) {
  const tool = path.join(root, "dist/bin/ogrt-stamp.js");
  for (const [index, recipe] of (await fs.readJson(path.join(folder, "matrix.json"))).entries()) {
    const { file, target, stamp, commands } = recipe;
    const work = tmpdir();
    const uuid = fixtureUuid("8001", index);
    const output = path.join(folder, file);
    await fs.writeFile(path.join(work, "answer.c"), "int answer(void) { return 42; }\n");
    await fs.writeFile(path.join(work, "start.c"), "void _start(void) { for (;;); }\n");
    await $({ cwd: work })`node ${tool} --uuid ${uuid} --no-environment --target ${target} -o ${stamp}`;
    for (const command of commands) {
      await $({ cwd: work })`${command.map((word) => (word === "OUTPUT" ? output : word))}`;
    }
    const answer = await golden(output, uuid);
    // Every copy of a note is a signature.
    const copies = commands.flat().filter((word) => word === stamp).length;
    await writeGolden(output, { ...answer, signatures: Array(copies).fill(answer.signatures[0]) });
    await fs.remove(work);
  }
}

/** A UUID of version 4 that shows which fixture it belongs to. */
function fixtureUuid(group, index) {
  return `0f0f0f0f-0000-4000-${group}-${String(index + 1).padStart(12, "0")}`;
}

async function writeGolden(file, answer) {
  await fs.writeJson(`${file}.json`, answer, { spaces: 2 });
  console.log(`${path.relative(root, file)}: ${(await fs.stat(file)).size} bytes`);
}
