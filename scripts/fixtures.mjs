#!/usr/bin/env node
// Builds the ELF files of test-fixtures/elf: one tiny stamped shared object per target, with a golden answer taken from
// readelf. Needs Debian's cross compilers:
//   gcc-{i686,aarch64,powerpc,powerpc64le,riscv64,s390x}-linux-gnu gcc-arm-linux-gnueabihf
// and for test-fixtures/stamps, whose recipe is its matrix.json: gcc-powerpc64-linux-gnu clang lld mold elfutils llvm.
// A file dropped into that folder together with its .json is picked up by the tests without touching them.
import { $, fs, path, tmpdir } from "zx";

$.verbose = false;
const root = path.resolve(import.meta.dirname, "..");
const output = path.join(root, "test-fixtures/elf");
const template = await fs.readFile(path.join(root, "asm-templates/note.s"), "utf8");

const targets = {
  x86_64: "",
  i686: "i686-linux-gnu-",
  aarch64: "aarch64-linux-gnu-",
  armhf: "arm-linux-gnueabihf-",
  powerpc: "powerpc-linux-gnu-",
  ppc64le: "powerpc64le-linux-gnu-",
  riscv64: "riscv64-linux-gnu-",
  s390x: "s390x-linux-gnu-",
};

/** What GNU readelf says about the file, in our words. */
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

await fs.mkdirp(output);
const work = tmpdir();
for (const [index, [target, prefix]] of Object.entries(targets).entries()) {
  const uuid = `0f0f0f0f-0000-4000-8000-${String(index + 1).padStart(12, "0")}`;
  await fs.writeFile(path.join(work, "stamp.s"), template.replace("@UUID@", uuid));
  await fs.writeFile(path.join(work, "answer.c"), "int answer(void) { return 42; }\n");
  const file = path.join(output, `${target}.so`);
  const flags = "-shared -fPIC -nostdlib -Os -Wl,--build-id=sha1 -Wl,-z,max-page-size=4096 -s".split(" ");
  await $({ cwd: work })`${`${prefix}gcc`} ${flags} -o ${file} answer.c stamp.s`;
  await fs.writeJson(`${file}.json`, await golden(file, uuid), { spaces: 2 });
  console.log(`${path.relative(root, file)}: ${(await fs.stat(file)).size} bytes`);
}
await fs.remove(work);

/** Stamps that went through every linker and way of linking, made by the built ogrt-stamp: `npm run build` first. */
const stamps = path.join(root, "test-fixtures/stamps");
const stampTool = path.join(root, "dist/bin/ogrt-stamp.js");
for (const [index, { file, target, stamp, commands }] of (
  await fs.readJson(path.join(stamps, "matrix.json"))
).entries()) {
  const folder = tmpdir();
  const uuid = `0f0f0f0f-0000-4000-8001-${String(index + 1).padStart(12, "0")}`;
  const output = path.join(stamps, file);
  await fs.writeFile(path.join(folder, "answer.c"), "int answer(void) { return 42; }\n");
  await fs.writeFile(path.join(folder, "start.c"), "void _start(void) { for (;;); }\n");
  await $({ cwd: folder })`node ${stampTool} --uuid ${uuid} --no-environment --target ${target} -o ${stamp}`;
  for (const command of commands) {
    await $({ cwd: folder })`${command.map((word) => (word === "OUTPUT" ? output : word))}`;
  }
  const answer = await golden(output, uuid);
  // Every copy of a note is a signature of its own.
  const copies = commands.flat().filter((word) => word === stamp).length;
  await fs.writeJson(
    `${output}.json`,
    { ...answer, signatures: Array(copies).fill(answer.signatures[0]) },
    { spaces: 2 },
  );
  console.log(`${path.relative(root, output)}: ${(await fs.stat(output)).size} bytes`);
  await fs.remove(folder);
}
