#!/usr/bin/env node
// Packs the package and checks the packed artefact: its form (publint), its types (attw), and that a newcomer's ESM,
// CommonJS and TypeScript programs can use it after `npm install <tarball>`.
import { $, chalk, fs, path, tmpdir } from "zx";

$.verbose = false;
const root = path.resolve(import.meta.dirname, "..");
const work = tmpdir();
const bin = (name) => path.join(root, "node_modules/.bin", name);

try {
  const packed = await $({ cwd: root })`npm pack --json --ignore-scripts --pack-destination ${work}`;
  const [{ filename, size, unpackedSize }] = JSON.parse(packed.stdout);
  const tarball = path.join(work, filename);
  console.log(`${filename}: ${Math.round(size / 1024)} KiB packed, ${Math.round(unpackedSize / 1024)} KiB unpacked`);

  await step("publint", $`${bin("publint")} ${tarball} --strict`);
  await step("attw", $`${bin("attw")} ${tarball} --profile node16`);

  const project = path.join(work, "project");
  await fs.outputJson(path.join(project, "package.json"), { name: "newcomer", private: true });
  // --ignore-scripts: installing a library must not need to run anything.
  await step(
    "install without optional dependencies",
    $({ cwd: project })`npm install --omit=optional --no-audit --no-fund --ignore-scripts ${tarball}`,
  );
  const use = `
    const stamp = createStamp({ uuid: "b73c604d-c2e9-4057-ae31-586aa5ee29e3" });
    if (!stampAssembly(stamp).includes(stamp.uuid)) throw new Error("no assembly");
    const file = openFileSource("/bin/sh");
    const signatures = readSignatures(file);
    file.close();
    try {
      openFileSource("/nonexistent");
      throw new Error("opened what is not there");
    } catch (error) {
      if (!(error instanceof OgrtError && error.code === "FILE_UNREADABLE")) throw error;
    }
    console.log(signatures.length);
  `;
  await fs.outputFile(
    path.join(project, "esm.mjs"),
    `import { createStamp, OgrtError, readSignatures, stampAssembly } from "ogrt";\nimport { openFileSource } from "ogrt/files";\n${use}`,
  );
  await fs.outputFile(
    path.join(project, "commonjs.cjs"),
    `const { createStamp, OgrtError, readSignatures, stampAssembly } = require("ogrt");\nconst { openFileSource } = require("ogrt/files");\n${use}`,
  );
  const typed = `import { createStamp, readSignatures, stampAssembly, type Signature } from "ogrt";
    import { openFileSource } from "ogrt/files";
    const signatures: Signature[] = readSignatures(openFileSource("/bin/sh"));
    const uuid: string = createStamp().uuid;
    // @ts-expect-error a number is no ELF file
    readSignatures(7);
    console.log(signatures.length, uuid, stampAssembly({ uuid }));`;
  await fs.outputFile(path.join(project, "typed.mts"), typed);
  await fs.outputFile(path.join(project, "typed.cts"), typed);
  await step("import from ESM", $({ cwd: project })`node esm.mjs`);
  await step("require from CommonJS", $({ cwd: project })`node commonjs.cjs`);
  const tsc = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2023", "--skipLibCheck", "false"];
  const types = ["--typeRoots", path.join(root, "node_modules/@types"), "--types", "node"];
  await step("types", $({ cwd: project })`${bin("tsc")} ${tsc} ${types} typed.mts typed.cts`);
  const entries = Object.keys((await fs.readJson(path.join(root, "package.json"))).exports).filter(
    (name) => !name.endsWith("json"),
  );
  const all = entries.map((entry) => `await import("ogrt${entry.slice(1)}");`).join("\n");
  await step("every entry, without the optional packages", $({ cwd: project, input: all })`node --input-type=module -`);
  await step("licences of what is bundled", licences(path.join(project, "node_modules/ogrt/dist")));
  for (const tool of ["ogrt-stamp", "ogrt-inspect", "ogrt-run", "ogrt-collector", "ogrt-query"]) {
    await step(`${tool} --help`, $({ cwd: project })`node_modules/.bin/${tool} --help`);
  }
  const collect = [
    "--data",
    path.join(work, "data"),
    "--http",
    "127.0.0.1:0",
    "--udp",
    "127.0.0.1:0",
    "--tcp",
    "127.0.0.1:0",
  ];
  const started = $({ cwd: project, timeout: "60s" })`node_modules/.bin/ogrt-collector ${collect}`;
  await step("ogrt-collector says what it misses", complaint(started, "npm install --include=optional ogrt"));
} finally {
  await fs.remove(work);
}

/** Fails unless a tool ends with 3 and says in one line what to do. */
async function complaint(command, remedy) {
  const { exitCode, stdout, stderr } = await command.nothrow();
  if (exitCode !== 3 || !/^[^\n]+\n$/.test(stderr) || !stderr.includes(remedy))
    throw new Error(`ended with ${exitCode}: ${stdout}${stderr}`);
}

/** Fails unless every package of which there is code in a bundle is in the file of licences. */
async function licences(dist) {
  const text = await fs.readFile(path.join(dist, "THIRD-PARTY-LICENCES.txt"), "utf8");
  const bundles = (await fs.readdir(dist, { recursive: true })).filter((file) => /\.c?js$/.test(file));
  const packages = new Set(["preact"]);
  for (const file of bundles) {
    const code = await fs.readFile(path.join(dist, file), "utf8");
    for (const [, name] of code.matchAll(/^\/\/ (?:\S*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//gm)) packages.add(name);
  }
  const missing = [...packages].filter((name) => !text.includes(`\n${name} `));
  if (missing.length > 0) throw new Error(`nothing about ${missing.join(", ")}`);
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
