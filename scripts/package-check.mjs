#!/usr/bin/env node
// Packs the package and checks the packed artefact: its form (publint), its types (attw), the links of its documentation,
// and that ESM, CommonJS and TypeScript programs can use it, its tools and its prebuilt programs after
// `npm install <tarball>`.
import { $, chalk, fs, path, tmpdir } from "zx";

$.verbose = false;
const root = path.resolve(import.meta.dirname, "..");
const work = tmpdir();
const project = path.join(work, "project");
const bin = (name) => path.join(root, "node_modules/.bin", name);

const IMPORTS = {
  ogrt: ["createStamp", "OgrtError", "readSignatures", "stampAssembly"],
  "ogrt/files": ["openFileSource"],
};
/** The machines of the prebuilt programs, by the platforms of Node.js, as readelf and qemu name them. */
const MACHINES = {
  "linux-x64": { elf: "X86-64", qemu: "qemu-x86_64" },
  "linux-arm64": { elf: "AArch64", qemu: "qemu-aarch64" },
};
/** A program that uses the imports. */
const USE = `
const stamp = createStamp({ uuid: "b73c604d-c2e9-4057-ae31-586aa5ee29e3" });
if (!stampAssembly(stamp).includes(stamp.uuid)) throw new Error("no assembly");
const file = openFileSource("/bin/sh");
const signatures = readSignatures(file);
file.close();
try {
  openFileSource("/nonexistent");
  throw new Error("opened a missing file");
} catch (error) {
  if (!(error instanceof OgrtError && error.code === "FILE_UNREADABLE")) throw error;
}
console.log(signatures.length);
`;
const TYPED = `import { createStamp, readSignatures, stampAssembly, type Signature } from "ogrt";
import { openFileSource } from "ogrt/files";
const signatures: Signature[] = readSignatures(openFileSource("/bin/sh"));
const uuid: string = createStamp().uuid;
// @ts-expect-error a number is not an ELF file
readSignatures(7);
console.log(signatures.length, uuid, stampAssembly({ uuid }));
`;

try {
  const tarball = await pack();
  await step("publint", $`${bin("publint")} ${tarball} --strict`);
  await step("attw", $`${bin("attw")} ${tarball} --profile node16`);
  await install(tarball);
  await checkPrograms();
  await checkEntries();
  const installed = path.join(project, "node_modules/ogrt");
  await step("licences of bundled packages", licences(path.join(installed, "dist")));
  await step("links of the documentation", links(installed));
  for (const [platform, machine] of Object.entries(MACHINES)) {
    await step(`ogrt-ld for ${platform}`, prebuiltLinker(installed, platform, machine));
  }
  await step("a link by the prebuilt ogrt-ld", stampedLink());
  await checkTools();
} finally {
  await fs.remove(work);
}

async function pack() {
  const packed = await $({ cwd: root })`npm pack --json --ignore-scripts --pack-destination ${work}`;
  const [{ filename, size, unpackedSize }] = JSON.parse(packed.stdout);
  console.log(`${filename}: ${Math.round(size / 1024)} KiB packed, ${Math.round(unpackedSize / 1024)} KiB unpacked`);
  return path.join(work, filename);
}

/** Installs the package in a new project. --ignore-scripts: installing the library must not require running anything. */
async function install(tarball) {
  await fs.outputJson(path.join(project, "package.json"), { name: "newcomer", private: true });
  const options = ["--omit=optional", "--no-audit", "--no-fund", "--ignore-scripts"];
  await step("install without optional dependencies", $({ cwd: project })`npm install ${options} ${tarball}`);
}

async function checkPrograms() {
  const program = (statement) =>
    Object.entries(IMPORTS)
      .map(([entry, names]) => statement(`{ ${names.join(", ")} }`, JSON.stringify(entry)))
      .join("\n") + USE;
  const sources = {
    "esm.mjs": program((names, entry) => `import ${names} from ${entry};`),
    "commonjs.cjs": program((names, entry) => `const ${names} = require(${entry});`),
    "typed.mts": TYPED,
    "typed.cts": TYPED,
  };
  for (const [name, text] of Object.entries(sources)) await fs.outputFile(path.join(project, name), text);
  await step("import from ESM", $({ cwd: project })`node esm.mjs`);
  await step("require from CommonJS", $({ cwd: project })`node commonjs.cjs`);
  const tsc = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2023", "--skipLibCheck", "false"];
  const types = ["--typeRoots", path.join(root, "node_modules/@types"), "--types", "node"];
  await step("types", $({ cwd: project })`${bin("tsc")} ${tsc} ${types} typed.mts typed.cts`);
}

async function checkEntries() {
  const { exports } = await fs.readJson(path.join(root, "package.json"));
  const entries = Object.keys(exports).filter((name) => !name.endsWith("json"));
  const input = entries.map((entry) => `await import("ogrt${entry.slice(1)}");`).join("\n");
  await step("every entry, without the optional packages", $({ cwd: project, input })`node --input-type=module -`);
}

async function checkTools() {
  const share = path.join(project, "node_modules/ogrt/dist/share");
  const { man } = await fs.readJson(path.join(project, "node_modules/ogrt/package.json"));
  for (const tool of ["ogrt", "ogrt-stamp", "ogrt-inspect", "ogrt-run", "ogrt-collector", "ogrt-query"]) {
    await step(`${tool} --help`, $({ cwd: project })`node_modules/.bin/${tool} --help`);
    const parts = [`man/man1/${tool}.1`, `bash-completion/completions/${tool}`, `zsh/site-functions/_${tool}`];
    const missing = parts.filter((part) => !fs.existsSync(path.join(share, part)));
    if (!man.includes(`./dist/share/man/man1/${tool}.1`)) missing.push("the man page in package.json");
    if (missing.length > 0) throw new Error(`${tool} lacks ${missing.join(", ")}`);
  }
  for (const page of man) {
    if (!fs.existsSync(path.join(project, "node_modules/ogrt", page))) throw new Error(`${page} is missing`);
  }
  const free = ["--http", "127.0.0.1:0", "--udp", "127.0.0.1:0", "--tcp", "127.0.0.1:0"];
  const options = ["--data", path.join(work, "data"), ...free];
  const started = $({ cwd: project, timeout: "60s" })`node_modules/.bin/ogrt-collector ${options}`;
  await step(
    "ogrt-collector names the missing package",
    expectComplaint(started, "npm install --include=optional ogrt"),
  );
}

/** Fails unless a tool exits with 3 and one line that contains the remedy. */
async function expectComplaint(command, remedy) {
  const { exitCode, stdout, stderr } = await command.nothrow();
  if (exitCode !== 3 || !/^[^\n]+\n$/.test(stderr) || !stderr.includes(remedy))
    throw new Error(`exited with ${exitCode}: ${stdout}${stderr}`);
}

/** Fails unless the file of licences lists every package that has code in a bundle. */
async function licences(dist) {
  const text = await fs.readFile(path.join(dist, "THIRD-PARTY-LICENCES.txt"), "utf8");
  const bundles = (await fs.readdir(dist, { recursive: true })).filter((file) => /\.c?js$/.test(file));
  const packages = new Set(["preact"]);
  for (const file of bundles) {
    const code = await fs.readFile(path.join(dist, file), "utf8");
    for (const [, name] of code.matchAll(/^\/\/ (?:\S*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//gm)) packages.add(name);
  }
  const missing = [...packages].filter((name) => !text.includes(`\n${name} `));
  if (missing.length > 0) throw new Error(`no licence of ${missing.join(", ")}`);
}

/** Fails unless every relative link of every page leads to a file of the package. */
async function links(installed) {
  const pages = (await fs.readdir(installed, { recursive: true })).filter((file) => file.endsWith(".md"));
  if (!pages.includes("docs/quick-start.md")) throw new Error("docs/ is missing");
  const broken = [];
  for (const page of pages) {
    const text = (await fs.readFile(path.join(installed, page), "utf8")).replaceAll(/^```[\s\S]*?^```$/gm, "");
    for (const [, link] of text.matchAll(/\]\(([^)#\s]+)[^)\s]*\)/g)) {
      if (/^[a-z]+:/.test(link) || fs.existsSync(path.join(installed, path.dirname(page), link))) continue;
      broken.push(`${page}: ${link}`);
    }
  }
  if (broken.length > 0) throw new Error(`links out of the package: ${broken.join(", ")}`);
}

/** Fails unless the program is static and, where this machine or qemu can run it, starts the linker of this machine. */
async function prebuiltLinker(installed, platform, { elf, qemu }) {
  const program = path.join(installed, "native-ld/prebuilt", platform, "ogrt-ld");
  const headers = (await $`readelf -hlW ${program}`).stdout;
  if (!headers.includes(elf) || /\bINTERP\b/.test(headers)) throw new Error(`not a static program for ${elf}`);
  const emulator = platform === `linux-${process.arch}` ? [] : [qemu];
  if (emulator.length > 0 && !(await isInstalled(qemu))) return console.log(`  ${qemu} is not installed: not run`);
  const { stdout } = await $`${[...emulator, program, "--version"]}`;
  if (!/\bld\b/i.test(stdout)) throw new Error(`it did not start a linker: ${stdout}`);
}

async function isInstalled(program) {
  return (await $`command -v ${program}`.nothrow()).exitCode === 0;
}

/** Fails unless a compiler with the directory that ogrt-stamp prints makes a stamped program. */
async function stampedLink() {
  await fs.outputFile(path.join(project, "main.c"), "int main(void) { return 0; }\n");
  const directory = (await $({ cwd: project })`node_modules/.bin/ogrt-stamp --linker-directory`).stdout.trim();
  await $({ cwd: project })`gcc -B${directory} -o main main.c`;
  const [{ signatures }] = JSON.parse((await $({ cwd: project })`node_modules/.bin/ogrt-inspect --json main`).stdout);
  if (signatures.length !== 1) throw new Error(`the program has ${signatures.length} stamps`);
}

async function step(title, command) {
  try {
    await command;
  } catch (error) {
    console.error(chalk.red(`✗ ${title}`));
    throw error;
  }
  console.log(chalk.green(`✓ ${title}`));
}
