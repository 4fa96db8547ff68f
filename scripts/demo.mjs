#!/usr/bin/env node
// Takes real programs through the whole system: stamp, build, run under the preload library, verify, ask. Exits with 0
// only if every step did what it says; otherwise names the step that failed and the reason.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { chalk, fs, os, path } from "zx";

const JOB = "demo-1";
/** The program, ls, a shell and its two children. */
const EXPECTED_PROCESSES = 5;
/** A machine that is busy with other things takes its time. */
const STORED_TIMEOUT_MS = 60_000;
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

let current = "start";
let steps = 0;
function step(title) {
  current = title;
  console.log(`\n${chalk.bold.cyan(`${++steps}.`)} ${chalk.bold(title)}`);
}
function expect(condition, reason) {
  if (!condition) throw new Error(reason);
}

const isTool = (command) => command.startsWith("ogrt-");
/** The program and arguments that run a command; the tools of this package need not be installed. */
const resolved = (command, args) =>
  isTool(command) ? [process.execPath, [path.join(root, "dist/bin", `${command}.js`), ...args]] : [command, args];

/** Runs a command in the work directory and returns its standard output. */
async function run(command, ...args) {
  const child = spawn(...resolved(command, args), { cwd: work, stdio: ["ignore", "pipe", "pipe"], timeout: 60_000 });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
  const [code, signal] = await once(child, "close");
  expect(code === 0, `${path.basename(command)} ${args.join(" ")} ended with ${signal ?? code}\n${stderr}`);
  return stdout;
}

/** Prints a command as a user would type it. */
function prompt(...words) {
  console.log(chalk.dim(`   $ ${words.map((word) => (/[\s;$]/.test(word) ? `'${word}'` : word)).join(" ")}`));
}

/** Runs a command and prints it with its output. `hidden` options, which a user would not need, are not printed. */
async function show(command, args, hidden = []) {
  prompt(command, ...args);
  const output = await run(command, ...hidden, ...args);
  console.log(output.trimEnd().replace(/^(?=.)/gm, "   "));
  return output;
}

/** Starts the collector on free loopback ports; resolves with its addresses when it is ready. */
async function startCollector() {
  const free = ["--udp", "127.0.0.1:0", "--tcp", "127.0.0.1:0", "--http", "127.0.0.1:0"];
  const args = ["--data", "data", ...free, "--log-level", "error", "--json"];
  prompt("ogrt-collector", "--data", "data");
  const child = spawn(...resolved("ogrt-collector", args), { cwd: work, stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  const [line] = await Promise.race([
    once(createInterface({ input: child.stdout }), "line"),
    ended.then(([code]) => Promise.reject(new Error(`the collector ended with ${code} before it was ready`))),
  ]);
  return {
    ...JSON.parse(line),
    async stop() {
      if (child.exitCode === null) child.kill("SIGTERM");
      const [code, signal] = await ended;
      expect(code === 0, `the collector ended with ${signal ?? code} on SIGTERM`);
    },
    kill: () => child.kill("SIGKILL"),
  };
}

async function stamp(name) {
  prompt("ogrt-stamp", "-o", `${name}-stamp.s`);
  await run("ogrt-stamp", "-o", `${name}-stamp.s`);
  const text = await fs.readFile(path.join(work, `${name}-stamp.s`), "utf8");
  const [uuid] = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(text) ?? [];
  expect(uuid, `ogrt-stamp wrote no UUID into ${name}-stamp.s`);
  return uuid;
}

async function build() {
  for (const [name, text] of Object.entries(SOURCES)) await fs.writeFile(path.join(work, name), text);
  const library = ["-shared", "-fPIC", "-o", "libgreeting.so", "greeting.c", "greeting-stamp.s"];
  const program = ["-o", "greet", "greet.c", "greet-stamp.s", "libgreeting.so", "-Wl,-rpath,$ORIGIN"];
  for (const args of [library, program]) {
    prompt(compiler, ...args);
    await run(compiler, ...args);
  }
  await show("ogrt-inspect", ["--columns", "path,kind,uuid", "greet", "libgreeting.so"]);
}

async function runJob(server) {
  for (const command of [["./greet"], ["ls", "-d", "/tmp"], ["sh", "-c", "ls -d /; id -u; :"]]) {
    const output = await show("ogrt-run", ["--job", JOB, "--", ...command], ["--server", server]);
    expect(output !== "", `${command[0]} printed nothing under ogrt-run`);
  }
}

const query = async (...args) => JSON.parse(await run("ogrt-query", "--data", "data", "--json", ...args));
const showQuery = (...args) => show("ogrt-query", args, ["--data", "data"]);

/** The processes of the job, once the store holds all of them and the verdicts on their files. */
async function storedProcesses() {
  let reason = "";
  for (const end = Date.now() + STORED_TIMEOUT_MS; Date.now() < end; await sleep(200)) {
    const { processes } = await query("job", JOB).catch((error) => {
      reason = `: ${error.message}`;
      return { processes: [] };
    });
    const objects = processes.flatMap((record) => [record.program, ...record.objects]);
    const isPending = objects.some((object) => object.reason === "pending");
    if (processes.length >= EXPECTED_PROCESSES && !isPending) return processes;
  }
  const missing = `the store lacks processes of job ${JOB}, or verdicts on their files, after ${STORED_TIMEOUT_MS / 1000} s`;
  throw new Error(`${missing}${reason}`);
}

/** Fails unless the records show what was run, with the right signatures and verdicts. */
function check(processes, uuids) {
  expect(processes.length === EXPECTED_PROCESSES, `expected ${EXPECTED_PROCESSES} processes, got ${processes.length}`);
  const file = (name) => path.join(work, name);
  const greet = processes.find((record) => record.program.path === file("greet"));
  expect(greet !== undefined, "the program greet has no record");
  const stamped = { greet: greet.program, greeting: greet.objects.find(({ path }) => path === file("libgreeting.so")) };
  for (const [name, object] of Object.entries(stamped)) {
    expect(object !== undefined, "the record of greet does not list libgreeting.so");
    const { signatures, verdict } = object;
    expect(signatures.includes(uuids[name]), `${name} was reported with [${signatures}], not ${uuids[name]}`);
    expect(verdict === "verified", `the verdict on ${name} is ${verdict}, not verified`);
  }
  const shells = processes.filter((record) => record.arguments[0] === "sh");
  const children = processes.filter((record) => shells.some((shell) => shell.pid === record.parentPid));
  expect(shells.length === 1 && children.length === 2, `expected a shell with two children, got ${children.length}`);
  const doubtful = processes
    .flatMap((record) => [record.program, ...record.objects])
    .filter(({ verdict }) => verdict !== "verified" && verdict !== "unsigned");
  expect(doubtful.length === 0, `unexpected verdicts: ${JSON.stringify(doubtful)}`);
}

async function checkAffected(uuid) {
  const { jobs } = await query("affected", uuid);
  expect(jobs.length === 1 && jobs[0].job === JOB, `expected job ${JOB} and no other, got ${JSON.stringify(jobs)}`);
  expect(jobs[0].processes === 1, `expected one process to have used the library, got ${jobs[0].processes}`);
}

async function main() {
  step("Stamp a program and its library");
  const uuids = { greet: await stamp("greet"), greeting: await stamp("greeting") };

  step("Compile and link them with their stamps");
  await build();

  step("Start a collector on free ports");
  const collector = await startCollector();
  try {
    console.log(`   process ${collector.pid} receives on ${collector.udp[0]} and answers on ${collector.http}`);

    step(`Run the program, ls, and a shell with two children as job ${JOB}`);
    await runJob(`udp://${collector.udp[0]}`);

    step("Ask what ran in the job");
    check(await storedProcesses(), uuids);
    await showQuery("processes", "--job", JOB);

    step("The library has a bug: ask which jobs used it");
    await showQuery("affected", uuids.greeting);
    await checkAffected(uuids.greeting);

    step("Stop the collector");
    await collector.stop();
    console.log("   it stored everything and exited with 0");
  } catch (error) {
    collector.kill();
    throw error;
  }
}

try {
  await main();
  console.log(chalk.green.bold("\n✓ Every step worked."));
} catch (error) {
  console.error(chalk.red.bold(`\n✗ ${current}: ${error.message}`));
  process.exitCode = 1;
} finally {
  await fs.remove(work);
}
