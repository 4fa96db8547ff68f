#!/usr/bin/env node
// One pass through the whole system on real programs: stamp, build, run under the preload library, verify, ask.
// Exits 0 only when every step really happened; otherwise it names the step that failed and why.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { chalk, fs, os, path } from "zx";

const JOB = "demo-1";
/** The program, ls, a shell and its two children. */
const EXPECTED_PROCESSES = 5;
const SOURCES = {
  "greeting.c": 'const char *greeting(void) { return "hello from a stamped program"; }\n',
  "greet.c": `const char *greeting(void);
int puts(const char *);
int main(void) { return puts(greeting()) < 0; }
`,
};

const root = path.resolve(import.meta.dirname, "..");
const compiler = process.env.CC ?? "cc";
const work = await fs.mkdtemp(path.join(os.tmpdir(), "ogrt-demo-"));
const at = (name) => path.join(work, name);

let current = "start";
function step(title) {
  current = title;
  console.log(`\n${chalk.bold.cyan("▸")} ${chalk.bold(title)}`);
}
function expect(condition, why) {
  if (!condition) throw new Error(why);
}

/** Runs a program to its end, without a shell; returns its standard output. */
async function run(command, ...args) {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], timeout: 60_000 });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
  const [code, signal] = await once(child, "close");
  expect(code === 0, `${path.basename(command)} ${args.join(" ")} ended with ${signal ?? code}\n${stderr}`);
  return stdout;
}
const toolPath = (name) => path.join(root, "dist/bin", `${name}.js`);
const tool = (name, ...args) => run(process.execPath, toolPath(name), ...args);

/** Asks until the answer satisfies, for at most ten seconds. */
async function eventually(ask, satisfied, why) {
  for (let attempt = 0; attempt < 50; attempt++) {
    const answer = await ask();
    if (satisfied(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(why);
}

/** Starts the collector on free loopback ports; resolves with its addresses when it is ready. */
async function startCollector() {
  const loopback = "127.0.0.1:0";
  const args = ["--data", at("data"), "--udp", loopback, "--tcp", loopback, "--http", loopback, "--json"];
  // That it starts and stops is said here.
  args.push("--log-level", "error");
  const child = spawn(process.execPath, [toolPath("ogrt-collector"), ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  const lines = createInterface({ input: child.stdout });
  const [line] = await Promise.race([
    once(lines, "line"),
    ended.then(([code]) => Promise.reject(new Error(`the collector ended with ${code} before it was ready`))),
  ]);
  return {
    addresses: JSON.parse(line),
    async stop() {
      if (child.exitCode === null) child.kill("SIGTERM");
      const [code, signal] = await ended;
      expect(code === 0, `the collector ended with ${signal ?? code} on SIGTERM`);
    },
    kill: () => child.kill("SIGKILL"),
  };
}

async function main() {
  step("Start a collector with an embedded store, on free loopback ports");
  const collector = await startCollector();
  try {
    console.log(JSON.stringify(collector.addresses));
    await pass(collector.addresses);
    step("Stop the collector");
    await collector.stop();
    console.log("it flushed its store and ended with 0");
  } catch (error) {
    collector.kill();
    throw error;
  }
}

/** Stamps, builds, runs and asks, with a collector at these addresses. */
async function pass({ udp }) {
  step("Stamp a program and the library that it links against");
  const identity = {};
  for (const name of ["greet", "greeting"]) {
    await tool("ogrt-stamp", "-o", at(`${name}-stamp.s`));
    identity[name] = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(
      await fs.readFile(at(`${name}-stamp.s`), "utf8"),
    )?.[0];
    expect(identity[name], `ogrt-stamp wrote no UUID into ${name}-stamp.s`);
    console.log(`${name.padEnd(9)} ${identity[name]}`);
  }

  step(`Compile them with the system's compiler (${compiler})`);
  for (const [name, text] of Object.entries(SOURCES)) await fs.writeFile(at(name), text);
  const library = at("libgreeting.so");
  const program = at("greet");
  await run(compiler, "-shared", "-fPIC", "-o", library, at("greeting.c"), at("greeting-stamp.s"));
  await run(compiler, "-o", program, at("greet.c"), at("greet-stamp.s"), library, `-Wl,-rpath,${work}`);
  process.stdout.write(await tool("ogrt-inspect", program, library));

  step(`Run the program, ls, and a shell with two children as job ${JOB}`);
  const server = `udp://${udp[0]}`;
  for (const command of [[program], ["ls", "-d", work], ["sh", "-c", "ls -d /; id -u; :"]]) {
    const output = await tool("ogrt-run", "--server", server, "--job", JOB, "--", ...command);
    console.log(`$ ${command.join(" ")}\n${output.trimEnd()}`);
    expect(output !== "", `${command[0]} printed nothing under ogrt-run`);
  }

  step("What the collector saw, from its store");
  const query = (...args) => tool("ogrt-query", "--data", at("data"), ...args);
  const { processes } = await eventually(
    async () => JSON.parse(await query("--json", "job", JOB).catch(() => '{"processes":[]}')),
    (answer) => answer.processes.length >= EXPECTED_PROCESSES,
    `the store holds fewer than ${EXPECTED_PROCESSES} processes of job ${JOB} after ten seconds`,
  );
  process.stdout.write(await query("job", JOB));
  check(processes, { program, library, identity });

  step("A library had a bug: which jobs used it?");
  console.log(`$ ogrt-query affected ${identity.greeting}`);
  process.stdout.write(await query("affected", identity.greeting));
  const { jobs } = JSON.parse(await query("--json", "affected", identity.greeting));
  expect(jobs.length === 1 && jobs[0].job === JOB, `expected job ${JOB} and no other, got ${JSON.stringify(jobs)}`);
  expect(jobs[0].processes === 1, `expected one process to have used the library, got ${jobs[0].processes}`);
}

/** Fails unless the records say what really happened. */
function check(processes, { program, library, identity }) {
  expect(processes.length === EXPECTED_PROCESSES, `expected ${EXPECTED_PROCESSES} processes, got ${processes.length}`);
  const greet = processes.find((record) => record.program.path === program);
  expect(greet !== undefined, `no record of ${program}`);
  const stamped = [greet.program, greet.objects.find((object) => object.path === library)];
  for (const [index, name] of ["greet", "greeting"].entries()) {
    const object = stamped[index];
    expect(object !== undefined, `the record of ${program} does not list ${library}`);
    const { path: file, signatures, verdict } = object;
    expect(
      signatures.includes(identity[name]),
      `${file} was reported with signatures [${signatures}], not ${identity[name]}`,
    );
    expect(verdict === "verified", `the verdict on ${file} is ${verdict}, not verified`);
  }
  const shells = processes.filter((record) => record.arguments[0] === "sh");
  const children = processes.filter((record) => shells.some((shell) => shell.pid === record.parentPid));
  expect(shells.length === 1 && children.length === 2, `expected a shell with two children, got ${children.length}`);
  const doubtful = processes
    .flatMap((record) => [record.program, ...record.objects])
    .filter(({ verdict }) => verdict !== "verified" && verdict !== "unsigned");
  expect(doubtful.length === 0, `unexpected verdicts: ${JSON.stringify(doubtful)}`);
}

try {
  await main();
  console.log(chalk.green.bold("\n✓ every step happened"));
} catch (error) {
  console.error(chalk.red.bold(`\n✗ ${current}: ${error.message}`));
  process.exitCode = 1;
} finally {
  await fs.remove(work);
}
