#!/usr/bin/env node
// Makes the tarball for a collector's host, which needs nothing but Node.js to run it. The same sources give the same
// bytes: names are sorted, times are those of the commit (or SOURCE_DATE_EPOCH), owners and umask have no influence.
//
//   npm run release                        write release/ogrt-VERSION-linux-x64.tar.gz and SHA256SUMS
//   npm run release -- --cpu arm64         cross-build for arm64 (needs aarch64-linux-gnu-gcc)
//   npm run release -- --node DIRECTORY    include Node.js from an unpacked tarball of nodejs.org
//   npm run release -- --output DIRECTORY  write to this directory
import { createHash } from "node:crypto";
import { parseArgs } from "node:util";
import { $, chalk, fs, path } from "zx";

const COMPILERS = { x64: "gcc", arm64: "aarch64-linux-gnu-gcc" };
const TOOLS = ["ogrt", "ogrt-collector", "ogrt-inspect", "ogrt-query", "ogrt-run", "ogrt-stamp"];
/** Documentation in the tarball. */
const DOCUMENTS = ["README.md", "CHANGELOG.md", "SECURITY.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "LICENSE", "docs"];

const { values: options } = parseArgs({
  options: { cpu: { type: "string", default: process.arch }, node: { type: "string" }, output: { type: "string" } },
});
const { cpu } = options;
if (!(cpu in COMPILERS)) throw new Error(`--cpu must be ${Object.keys(COMPILERS).join(" or ")}, not ${cpu}`);

$.verbose = false;
const root = path.resolve(import.meta.dirname, "..");
const output = path.resolve(options.output ?? path.join(root, "release"));
// In the repository, where the build finds node_modules. Bundles name it by its relative path, so the depth is fixed.
const work = path.join(root, "release", `.work-${process.pid}`);
const source = path.join(work, "source");
const { version } = await fs.readJson(path.join(root, "package.json"));
const name = `ogrt-${version}-linux-${cpu}`;
const stage = path.join(work, name);
const home = path.join(stage, "share/ogrt");

try {
  const { commit, epoch } = await commitOf();
  await step("sources without build products", copySources);
  await step("build", build);
  await step("package", unpackPackage);
  await step("dependencies", installDependencies);
  await step("launchers, library, linker wrapper, agent, man pages, completion, documentation", addParts);
  if (options.node !== undefined) await step("Node.js", addNode);
  await fs.outputFile(path.join(stage, "RELEASE"), `version ${version}\ncommit ${commit}\nplatform linux-${cpu}\n`);
  await fs.writeFile(path.join(stage, "SHA256SUMS"), await sums(stage));
  await step("tarball", () => pack(epoch));
} finally {
  await fs.remove(work);
}

async function step(title, run) {
  await run();
  console.log(`${chalk.green("✓")} ${title}`);
}

async function commitOf() {
  const git = $({ cwd: root });
  const [commit, time] = (await git`git log -1 --format=${"%H %ct"}`).stdout.trim().split(" ");
  const isChanged = (await git`git status --porcelain`).stdout !== "";
  return { commit: isChanged ? `${commit} with changes` : commit, epoch: process.env.SOURCE_DATE_EPOCH ?? time };
}

async function copySources() {
  await fs.ensureDir(source);
  const files = await $({ cwd: root })`git ls-files -z --cached --others --exclude-standard --deduplicate`;
  const present = files.stdout.split("\0").filter((file) => file !== "" && fs.existsSync(path.join(root, file)));
  for (const file of present) await fs.copy(path.join(root, file), path.join(source, file));
}

async function build() {
  const run = $({ cwd: source });
  await run`npm run build:lib`;
  await run`make -s -C native-preload prebuilt`;
  await run`make -s -C native-peer CC=${COMPILERS[cpu]}`;
  await run`make -s -C native-ld CC=${COMPILERS[cpu]}`;
  await run`make -s -C native-agent CC=${COMPILERS[cpu]}`;
  if (await hasOpenssl()) await run`make -s -C native-agent tls CC=${COMPILERS[cpu]}`;
  else console.log(`${chalk.yellow("!")} without sbin/ogrt-agent-tls: no OpenSSL to build with for linux-${cpu}`);
  if (!fs.existsSync(path.join(source, `native-preload/prebuilt/linux-${cpu}/libogrt.so`))) {
    throw new Error(`this machine has no compiler for linux-${cpu}`);
  }
}

/** Whether the compiler has headers and library of OpenSSL for the platform of the release. */
async function hasOpenssl() {
  const input = "#include <openssl/ssl.h>\nint main(void) { return SSL_CTX_new(TLS_client_method()) == 0; }\n";
  const program = path.join(work, "openssl");
  return (await $({ input })`${COMPILERS[cpu]} -x c - -o ${program} -lssl -lcrypto`.nothrow()).exitCode === 0;
}

async function unpackPackage() {
  const { stdout } = await $({ cwd: source })`npm pack --json --ignore-scripts --pack-destination ${work}`;
  const [{ filename }] = JSON.parse(stdout);
  await fs.ensureDir(home);
  await $`tar -xzf ${path.join(work, filename)} -C ${home} --strip-components=1`;
  // Only programs that import the package from npm need type declarations.
  for (const file of await fs.readdir(path.join(home, "dist"), { recursive: true })) {
    if (/\.d\.c?ts$/.test(file)) await fs.remove(path.join(home, "dist", file));
  }
  await fs.copy(path.join(source, "native-ld/build"), path.join(home, "native-ld/build"));
}

async function installDependencies() {
  await fs.copy(path.join(source, "package-lock.json"), path.join(home, "package-lock.json"));
  const platform = ["--os", "linux", "--cpu", cpu, "--libc", "glibc"];
  await $({ cwd: home })`npm ci --omit=dev --ignore-scripts --no-audit --no-fund ${platform}`;
  for (const file of ["package-lock.json", "node_modules/.package-lock.json", "node_modules/.bin"]) {
    await fs.remove(path.join(home, file));
  }
  if (!fs.existsSync(path.join(home, `node_modules/@duckdb/node-bindings-linux-${cpu}`))) {
    throw new Error(`npm did not install the database engine for linux-${cpu}`);
  }
}

async function addParts() {
  const launcher = await fs.readFile(path.join(source, "scripts/release/launcher.sh"), "utf8");
  for (const tool of TOOLS) {
    await fs.outputFile(path.join(stage, "bin", tool), launcher.replaceAll("@TOOL@", tool), { mode: 0o755 });
  }
  // The program in C leaves to the launcher what it does not do itself.
  const front = path.join(stage, "bin/ogrt-run");
  const behind = (await fs.readFile(front, "utf8")).replaceAll("%/bin/*}", "%/libexec/ogrt/*}");
  await fs.outputFile(path.join(stage, "libexec/ogrt/ogrt-run"), behind, { mode: 0o755 });
  await fs.remove(front);
  await fs.symlink(`../share/ogrt/native-preload/prebuilt/linux-${cpu}/ogrt-run`, front);
  await fs.copy(path.join(home, `native-preload/prebuilt/linux-${cpu}/libogrt.so`), path.join(stage, "lib/libogrt.so"));
  await fs.copy(path.join(home, "native-ld/build/ogrt-ld"), path.join(stage, "libexec/ogrt/ogrt-ld"));
  await fs.copy(path.join(home, "native-ld/build/bin"), path.join(stage, "libexec/ogrt/ld"));
  for (const program of ["ogrt-agent", "ogrt-agent-tls"]) {
    const built = path.join(source, "native-agent/build", program);
    if (fs.existsSync(built)) await fs.copy(built, path.join(stage, "sbin", program));
  }
  await fs.copy(path.join(source, "integrations"), path.join(stage, "integrations"));
  // Man pages and completion, where systems look for them.
  for (const folder of await fs.readdir(path.join(home, "dist/share"))) {
    await fs.move(path.join(home, "dist/share", folder), path.join(stage, "share", folder));
  }
  for (const text of DOCUMENTS) await fs.copy(path.join(source, text), path.join(stage, text));
}

async function addNode() {
  for (const file of ["bin/node", "LICENSE"]) {
    await fs.copy(path.join(options.node, file), path.join(stage, "node", file));
  }
}

/** Checksums in the format of sha256sum(1). Symbolic links are left out. */
async function sums(directory) {
  const entries = await fs.readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)))
    .sort();
  let text = "";
  for (const file of files) text += `${await sha256(path.join(directory, file))}  ${file}\n`;
  return text;
}

async function sha256(file) {
  const hash = createHash("sha256");
  for await (const piece of fs.createReadStream(file)) hash.update(piece);
  return hash.digest("hex");
}

async function pack(epoch) {
  const tarball = path.join(output, `${name}.tar.gz`);
  await fs.ensureDir(output);
  const same = ["--sort=name", `--mtime=@${epoch}`, "--owner=0", "--group=0", "--numeric-owner", "--format=gnu"];
  await $({
    env: { ...process.env, LC_ALL: "C" },
  })`tar -C ${work} ${same} --mode=u=rwX,go=rX -cf ${work}/release.tar ${name}`;
  // -n omits the name and time from the header.
  await $`gzip -9 -n ${work}/release.tar`;
  await fs.move(`${work}/release.tar.gz`, tarball, { overwrite: true });
  const line = `${await sha256(tarball)}  ${name}.tar.gz\n`;
  await fs.writeFile(path.join(output, "SHA256SUMS"), line);
  console.log(`${tarball}: ${Math.round((await fs.stat(tarball)).size / 2 ** 20)} MiB\n${line.trim()}`);
}
