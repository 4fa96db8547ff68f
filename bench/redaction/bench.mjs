// Redaction of secrets: how many of the listed secrets survive the built-in rules, how many ordinary arguments and variables
// are redacted by mistake, and what a record costs. `node bench/redaction/bench.mjs [argv.json]`: the file holds the argument
// lists of further ordinary processes, as JSON arrays of strings, for example those of a build under strace.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { argumentsOf, COMMANDS, ENVIRONMENT, VALUES } from "./secrets.mjs";

const here = import.meta.dirname;
const root = join(here, "../..");
const ROUNDS = 7;
/** A part of a secret of this many characters that survives is a leak. */
const LEAK_CHARACTERS = 4;
const empty = {
  type: "process-start",
  placement: {},
  environment: [],
  arguments: [],
  modules: [],
  objects: [],
  program: { path: "/usr/bin/true", signatures: [] },
};

const work = mkdtempSync(join(tmpdir(), "ogrt-bench-"));
try {
  const redactor = new (await redactorClass())();
  const environment = lines("environment.txt");
  const workload = lines("slurm-workload.txt").map((line) => line.split(" "));
  const [argvFile] = process.argv.slice(2);
  reportSecrets(redactor);
  reportMistakes(redactor, "arguments of a Slurm workload", workload);
  reportMistakes(redactor, "arguments that look like secrets", lines("commands.txt").map(argumentsOf));
  reportMistakes(redactor, "arguments of a build of libogrt.so", buildCommands());
  if (argvFile !== undefined) {
    reportMistakes(redactor, `arguments in ${argvFile}`, JSON.parse(readFileSync(argvFile, "utf8")));
  }
  const changed = redactor.redact({ ...empty, environment }).environment.filter((text, at) => text !== environment[at]);
  reportShare("variables of a job", changed.length, environment.length, changed);
  console.log("cost, CPU time of one thread, best of several rounds");
  reportCost(redactor, "no texts", [empty]);
  reportCost(
    redactor,
    "arguments",
    workload.map((args) => ({ ...empty, arguments: args })),
  );
  reportCost(
    redactor,
    `arguments and ${environment.length} variables`,
    workload.map((args) => ({ ...empty, arguments: args, environment })),
  );
} finally {
  rmSync(work, { recursive: true });
}

/** The module is not a part of the public library, so dist/ has it only within the collector. */
async function redactorClass() {
  const outfile = join(work, "redactor.mjs");
  const entry = join(root, "lib/collector/pipeline/redaction/redactor.ts");
  await build({ entryPoints: [entry], bundle: true, format: "esm", platform: "node", outfile, logLevel: "error" });
  return (await import(outfile)).Redactor;
}

function lines(name) {
  return readFileSync(join(here, name), "utf8").trimEnd().split("\n");
}

function reportSecrets(redactor) {
  const halves = { "tuned on": [0, 0], "held out at first": [0, 0] };
  const survivors = [];
  const count = (index, secret, text) => {
    const half = halves[index % 2 === 0 ? "tuned on" : "held out at first"];
    half[1]++;
    if (!text.includes(secret.slice(-LEAK_CHARACTERS))) half[0]++;
    else survivors.push(text);
  };
  for (const secret of VALUES) {
    for (const [index, line] of ENVIRONMENT.entries()) {
      const text = line.replaceAll("§", secret);
      count(index, secret, redactor.redact({ ...empty, environment: [text] }).environment[0]);
    }
    for (const [index, line] of COMMANDS.entries()) {
      const args = argumentsOf(line).map((word) => word.replaceAll("§", secret));
      count(index, secret, redactor.redact({ ...empty, arguments: args }).arguments.join(" "));
      count(index, secret, redactor.redact({ ...empty, commandLine: args.join(" ") }).commandLine);
    }
  }
  for (const [name, [caught, all]] of Object.entries(halves)) {
    console.log(`secrets, ${name}: ${caught} of ${all} redacted, ${((100 * caught) / all).toFixed(1)} %`);
  }
  for (const text of survivors) console.log(`  survives: ${text}`);
}

function reportMistakes(redactor, name, commands) {
  const wrong = [];
  for (const args of commands) {
    const clean = redactor.redact({ ...empty, arguments: args }).arguments;
    if (clean !== args) wrong.push(...clean.filter((text, at) => text !== args[at]));
  }
  reportShare(
    name,
    wrong.length,
    commands.reduce((sum, { length }) => sum + length, 0),
    wrong,
  );
}

function reportShare(name, wrong, all, texts) {
  console.log(`${name}: ${wrong} of ${all} redacted by mistake, ${((1000 * wrong) / all).toFixed(2)} per thousand`);
  for (const text of texts.slice(0, 10)) console.log(`  ${text.slice(0, 160)}`);
}

/** The argument lists of all processes of a build, by strace where it is installed. */
function buildCommands() {
  for (const name of ["native-preload", "proto"]) cpSync(join(root, name), join(work, name), { recursive: true });
  execFileSync("make", ["-s", "-C", join(work, "native-preload"), "clean"]);
  const make = ["make", "-C", join(work, "native-preload")];
  const log = join(work, "strace.log");
  const options = ["-f", "-qq", "-s", "65535", "-e", "trace=execve", "-e", "signal=none", "-o", log];
  const { status, error } = spawnSync("strace", [...options, ...make], { stdio: "ignore" });
  if (error !== undefined || status !== 0) {
    console.log("strace is not installed or failed: no arguments of a build");
    return [];
  }
  return readFileSync(log, "utf8")
    .split("\n")
    .filter((line) => line.endsWith("= 0"))
    .map((line) => [...line.matchAll(/"((?:[^"\\]|\\.)*)"/g)].slice(1).map(([, text]) => unquoted(text)));
}

/** strace prints C strings. */
function unquoted(text) {
  return text.replace(/\\([0-7]{1,3}|.)/g, (_, code) =>
    /^[0-7]/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : ({ n: "\n", t: "\t" }[code] ?? code),
  );
}

function reportCost(redactor, name, messages) {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    for (let times = 0; times < 20; times++) for (const message of messages) redactor.redact(message);
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / (20 * messages.length));
  }
  console.log(`  ${name}: ${best.toFixed(2)} µs per record`);
}
