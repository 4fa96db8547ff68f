// What the agent costs: `npm run bench:agent [ROUNDS]`, as root. The time of a process is measured without an observer,
// with the agent, and with execsnoop of bpfcc-tools where it is installed, in turns of a second, so that other load on
// the machine affects all of them alike. Then the CPU time and memory of the agent at 100 processes a second, and what a
// process costs on the wire.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { printWire } from "./wire.mjs";

const here = import.meta.dirname;
const native = join(here, "../../native-agent");
const folder = mkdtempSync(join(tmpdir(), "ogrt-bench-"));
const rounds = Number(process.argv[2] ?? 30);
const PROCESSES = 500;
const RATE = 100;
const RATE_S = 30;
const TICKS_PER_SECOND = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const storm = (...args) =>
  execFileSync(join(folder, "storm"), args.map(String), { encoding: "utf8" }).trim().split(" ").map(Number);
const installed = (...names) =>
  names.find((name) => spawnSync("sh", ["-c", `command -v ${name}`], { stdio: "ignore" }).status === 0);

/** Starts an observer whose lines go to a file, and waits until it observes. */
async function observe(command, args) {
  const output = openSync(join(folder, "output"), "w");
  const child = spawn(command, args, { stdio: ["ignore", output, "ignore"] });
  const deadline = Date.now() + 30_000;
  for (let size = 0; size === 0 && child.exitCode === null && Date.now() < deadline; ) {
    await new Promise((resolve) => setTimeout(resolve, 300));
    spawnSync("/bin/true");
    size = readFileSync(join(folder, "output")).length;
  }
  if (child.exitCode !== null) throw new Error(`${command} ended with ${child.exitCode}`);
  return child;
}

/** Why an observer does not run on this kernel, if so: that of bpfcc-tools needs kprobes and headers of the kernel. */
async function refusal(command) {
  try {
    await end(await observe(...command));
  } catch (error) {
    return error.message;
  }
}

async function end(child) {
  child.kill("SIGINT");
  await once(child, "exit");
}

/** Processes of a program: itself and its children. */
const family = ({ pid }) => [
  pid,
  ...readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").trim().split(" ").filter(Boolean),
  ),
];

function cpuSeconds(child) {
  const ticks = family(child).map((pid) => {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
    return Number(fields[11]) + Number(fields[12]);
  });
  return ticks.reduce((sum, tick) => sum + tick, 0) / TICKS_PER_SECOND;
}

const resident = (child) =>
  family(child).map((pid) => Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]));

const micro = (nanoseconds) => `${nanoseconds < 0 ? "−" : "+"}${Math.abs(nanoseconds / 1000).toFixed(1)}`;

try {
  if (process.getuid() !== 0) throw new Error("only root may see what other processes do");
  execFileSync("make", ["-s", "-C", native]);
  execFileSync("gcc", ["-O2", "-o", join(folder, "storm"), join(here, "storm.c")]);
  const agent = [join(native, "build/ogrt-agent"), ["--print"]];
  const execsnoop = installed("execsnoop-bpfcc", "execsnoop");
  const without = execsnoop ? await refusal([execsnoop, []]) : "it is not installed (Debian: bpfcc-tools)";
  const observers = { none: undefined, agent, ...(without === undefined && { execsnoop: [execsnoop, []] }) };

  const times = Object.fromEntries(Object.keys(observers).map((name) => [name, []]));
  storm(PROCESSES, "/bin/true");
  for (let round = 0; round < rounds; round++) {
    for (const [name, command] of Object.entries(observers)) {
      const child = command && (await observe(...command));
      times[name].push(storm(PROCESSES, "/bin/true"));
      if (child) await end(child);
    }
  }
  console.log(`/bin/true by posix_spawn, ${rounds} turns with ${PROCESSES} processes each, in µs: medians.\n`);
  console.log("| observer | from start to end | added | CPU time | added |\n| --- | --- | --- | --- | --- |");
  for (const [name, list] of Object.entries(times)) {
    const cells = [0, 1].map((column) => {
      const all = list.map((turn) => turn[column]);
      const differences = all.map((time, round) => time - times.none[round][column]);
      return `${(median(all) / 1000).toFixed(0)} | ${micro(median(differences))}`;
    });
    console.log(`| ${name} | ${cells.join(" | ")} |`);
  }
  if (without) console.log(`\nWithout execsnoop: ${without}.`);

  for (const [name, command] of Object.entries(observers).filter(([, command]) => command)) {
    const child = await observe(...command);
    const [cpu, memory] = [cpuSeconds(child), resident(child)];
    const idleBegin = cpuSeconds(child);
    await new Promise((resolve) => setTimeout(resolve, 10_000));
    const idle = (cpuSeconds(child) - idleBegin) / 10;
    const begin = cpuSeconds(child);
    storm(RATE * RATE_S, "/bin/true", RATE);
    const busy = (cpuSeconds(child) - begin) / RATE_S;
    console.log(
      `\n${name}: ${(busy * 100).toFixed(2)} % of a core at ${RATE} processes a second more than what else runs here ` +
        `(${(idle * 100).toFixed(2)} %), ${cpu.toFixed(2)} s to start; resident ${memory.join(" + ")} KiB at first, ` +
        `${resident(child).join(" + ")} KiB after.`,
    );
    await end(child);
    if (name === "agent") {
      const lines = readFileSync(join(folder, "output"), "utf8").trim().split("\n");
      const starts = lines
        .map((line) => JSON.parse(line))
        .filter(({ type, name: comm }) => type === "start" && comm === "true");
      const known = starts.filter((start) => start.arguments !== null).length;
      console.log(
        `Of ${starts.length} starts of true, ${((100 * known) / starts.length).toFixed(1)} % have their arguments; ` +
          `lost: ${JSON.stringify(JSON.parse(lines.at(-1)).lost)}`,
      );
    }
  }
  await printWire(agent[0]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
