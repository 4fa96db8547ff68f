// The whole path beside a bare receiver: node bench/collector/bench.mjs [--seconds N] [--transport udp|tcp] [--rate N]
import { execFile, execFileSync, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { HOST, makeFrames } from "./frames.mjs";

const here = import.meta.dirname;
const root = fileURLToPath(new URL("../..", import.meta.url));
const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "10" },
    transport: { type: "string" },
    rate: { type: "string" },
    directory: { type: "string", default: tmpdir() },
    // Where V8's profiles of the collector's threads go.
    profile: { type: "string" },
  },
});
const directory = mkdtempSync(join(values.directory, "ogrt-bench-"));
const load = join(directory, "load");
const run = promisify(execFile);

/** Sends for some seconds; gives how many and at which rate. */
async function send(transport, port, frames, rate, seconds) {
  const { stdout } = await run(load, [transport, `${port}`, frames, `${rate}`, `${seconds}`]);
  const [sent, nanoseconds] = stdout.trim().split(" ").map(Number);
  return { sent, rate: Math.round((sent * 1e9) / nanoseconds) };
}

/** The highest rate that a bare receiver takes without loss in two seconds, to 10 %. */
async function ceiling(transport, frames) {
  for (let rate = transport === "udp" ? 70_000 : 120_000; rate > 1000; rate = Math.round(rate * 0.9)) {
    const child = fork(join(here, "receiver.mjs"), [transport]);
    const [{ port }] = await once(child, "message");
    const result = await send(transport, port, frames, rate, 2);
    await sleep(500);
    child.send("count");
    const [{ count }] = await once(child, "message");
    child.kill();
    if (transport === "tcp" || count === result.sent) return result.rate;
  }
  return 1000;
}

/** CPU seconds of each thread of a process, by the thread's name. */
function cpuByThread(pid) {
  const ticks = {};
  for (const task of readdirSync(`/proc/${pid}/task`)) {
    const stat = readFileSync(`/proc/${pid}/task/${task}/stat`, "latin1");
    const name = /\((.*)\)/.exec(stat)[1];
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const key = `${name}${task === `${pid}` ? " (main)" : ` ${task}`}`;
    ticks[key] = (Number(fields[11]) + Number(fields[12])) / 100;
  }
  return ticks;
}

const residentMegabytes = (pid, field) =>
  Math.round(Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, "latin1"))[1]) / 1024);

async function wholePath(transport, frames, rate, seconds) {
  const data = join(directory, `data-${transport}`);
  const free = ["--udp", "127.0.0.1:0", "--tcp", "127.0.0.1:0", "--http", "127.0.0.1:0"];
  const args = [
    join(root, "dist/bin/ogrt-collector.js"),
    "--data",
    data,
    ...free,
    "--json",
    "--host-name",
    HOST,
    "--sender-rate",
    "0",
  ];
  if (values.profile !== undefined) args.unshift("--cpu-prof", `--cpu-prof-dir=${values.profile}`);
  const collector = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(createInterface({ input: collector.stdout }), "line");
  const where = JSON.parse(line);
  const token = readFileSync(where.tokenFile, "utf8").trim();
  const port = where[transport][0].split(":").at(-1);
  const accounting = async () =>
    (await fetch(`${where.http}/api/v1/accounting`, { headers: { authorization: `Bearer ${token}` } })).json();
  const memory = async () => {
    const response = await fetch(`${where.http}/metrics`, { headers: { authorization: `Bearer ${token}` } });
    const megabytes = [
      ...(await response.text()).matchAll(
        /^(?:process|nodejs)_(resident_memory|heap_size_used|external_memory)_bytes (\d+)/gm,
      ),
    ];
    return megabytes.map(([, name, bytes]) => `${name} ${Math.round(bytes / 1e6)}`).join(", ");
  };
  const subscriber = fork(join(here, "subscriber.mjs"), [`${where.http.replace("http", "ws")}/stream`, token]);
  await once(subscriber, "message");
  // The first second brings every file's first look; it is sent slowly, and not measured.
  await send(transport, port, frames, 2000, 2);
  await sleep(2000);
  subscriber.send("report");
  await once(subscriber, "message");
  const before = await accounting();
  const cpuBefore = cpuByThread(collector.pid);
  const resident = [];
  const sampler = setInterval(() => resident.push(residentMegabytes(collector.pid, "VmRSS")), 500);
  const result = await send(transport, port, frames, rate, seconds);
  let after = await accounting();
  while (after.pending > 0) {
    await sleep(100);
    after = await accounting();
  }
  await sleep(1500);
  after = await accounting();
  clearInterval(sampler);
  const megabytes = await memory();
  const cpuAfter = cpuByThread(collector.pid);
  subscriber.send("report");
  const [streamed] = await once(subscriber, "message");
  subscriber.kill();
  const cpu = Object.entries(cpuAfter)
    .map(([name, spent]) => [name, ((spent - (cpuBefore[name] ?? 0)) * 1e6) / result.sent])
    .filter(([, each]) => each > 0.3)
    .map(([name, each]) => `${name} ${each.toFixed(1)} µs`);
  const peak = residentMegabytes(collector.pid, "VmHWM");
  collector.kill("SIGTERM");
  await once(collector, "exit");
  const sum = (reasons) => Object.values(reasons).reduce((total, count) => total + count, 0);
  const received = after.received - before.received;
  console.log(
    `  sent ${result.sent} at ${result.rate}/s; received ${received}, stored ${after.stored - before.stored}`,
  );
  console.log(
    `  dropped ${sum(after.dropped)}, kernel dropped ${after.kernelDropped}, rejected ${sum(after.rejected)}`,
  );
  const missing = result.sent - received - after.kernelDropped;
  console.log(
    `  sent but nowhere counted: ${missing}; adds up: ${
      after.received === after.stored + after.duplicate + sum(after.rejected) + sum(after.dropped) + after.pending
    }`,
  );
  console.log(
    `  subscriber: ${streamed.messages} messages, lost ${streamed.lost}; start to stream p50 ${streamed.p50} ms, p99 ${streamed.p99} ms, longest ${streamed.max} ms`,
  );
  console.log(`  resident: first ${resident[0]} MB, last ${resident.at(-1)} MB, peak ${peak} MB`);
  console.log(`  at the end, in MB: ${megabytes}`);
  console.log(`  CPU a record: ${cpu.join(", ")}`);
  console.log(
    `  store: ${(statSync(join(data, "ogrt.duckdb")).size / (after.stored || 1)).toFixed(0)} bytes a process`,
  );
}

try {
  execFileSync("gcc", ["-O2", "-Wall", "-Wextra", "-o", load, join(here, "load.c")]);
  const frames = makeFrames(directory, root);
  console.log(`records of ${Math.round(frames.size)} bytes`);
  for (const transport of values.transport === undefined ? ["udp", "tcp"] : [values.transport]) {
    const most = await ceiling(transport, frames.path);
    const rate = values.rate === undefined ? Math.round(most * 0.6) : Number(values.rate);
    console.log(`${transport}: a bare receiver decodes ${most}/s; the whole path at ${rate}/s:`);
    await wholePath(transport, frames.path, rate, Number(values.seconds));
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}
