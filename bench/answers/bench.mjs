// Times each answer about a year of processes, beside plain SQL on the same file: `npm run bench:answers [-- --processes N]`.
// A collector answers over HTTP; the SQL runs in DuckDB alone, with the same memory and threads. Unless --store DIR names an
// existing store, the benchmark first makes one: 100 million processes take a core some ten minutes. With --distinct the
// processes are those of an attacker, with a job, user, host and program for each.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { DuckDBInstance } from "@duckdb/node-api";
import { fill } from "./fill.mjs";
import { fillDistinct } from "./fill-distinct.mjs";
import { QUESTIONS } from "./questions.mjs";

const RUNS = 3;
const { values } = parseArgs({
  options: {
    processes: { type: "string", default: "10000000" },
    distinct: { type: "boolean", default: false },
    store: { type: "string" },
    only: { type: "string" },
  },
});
const total = Number(values.processes);
const data = values.store ?? mkdtempSync(join(tmpdir(), "ogrt-bench-answers-"));
const store = join(data, "ogrt.duckdb");

async function startCollector() {
  const free = "127.0.0.1:0";
  const tool = new URL("../../dist/bin/ogrt-collector.js", import.meta.url).pathname;
  const args = ["--data", data, "--udp", free, "--tcp", free, "--http", free, "--json", "--catalogue", catalogue()];
  const child = spawn(process.execPath, [tool, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  const { http } = JSON.parse(line);
  const token = readFileSync(join(data, "token"), "utf8").trim();
  const headers = { authorization: `Bearer ${token}` };
  return {
    get: async (path) => {
      const response = await fetch(new URL(`/api/v1/${path}`, http), { headers });
      const text = await response.text();
      if (!response.ok) throw new Error(`${path}: ${text}`);
      return text;
    },
    rolledUp: async () => {
      for (;;) {
        const { warnings } = await (await fetch(new URL("/readyz", http))).json();
        // The first question waits for the rest of the rollup.
        if (warnings.length === 0 && (await fetch(new URL("/api/v1/coverage", http), { headers })).ok) return;
        await sleep(100);
      }
    },
    /** The most memory that it had resident so far. */
    residentMegabytes: () => {
      const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8")) ?? [];
      return Math.round(Number(kilobytes) / 1000);
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}

/** A catalogue of the site's software as by ogrt-inspect. Every tenth file was never used. */
function catalogue() {
  const path = join(data, "catalogue");
  if (existsSync(path)) return path;
  const lines = [JSON.stringify({ "ogrt-catalogue": 1, created: new Date(0).toISOString(), roots: ["/sw"] })];
  for (let i = 201; i <= 1500; i += 2) {
    const app = Math.floor(i / 4);
    const common = { kind: "executable", machine: "x86_64", size: 1, modified: new Date(0).toISOString() };
    const name = { name: `app${app}`, version: `${i % 4}.0` };
    lines.push(JSON.stringify({ path: `/sw/app${app}/${i % 4}.0/bin/app${app}`, ...common, package: name }));
    if (i % 10 === 1)
      lines.push(JSON.stringify({ path: `/sw/never/${i}/bin/x`, ...common, buildId: `${i}`.padStart(40, "0") }));
  }
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}

async function timed(work) {
  const times = [];
  for (let run = 0; run < RUNS; run++) {
    const before = performance.now();
    await work();
    times.push(performance.now() - before);
  }
  return { first: times[0], best: Math.min(...times) };
}

/** The running collector, which must end with this process. */
let collector;
async function cleanUp() {
  await collector?.stop();
  if (values.store === undefined) rmSync(data, { recursive: true, force: true });
}
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => cleanUp().finally(() => process.exit(1)));
try {
  await measure();
} finally {
  await cleanUp();
}

async function measure() {
  if (!existsSync(store)) {
    mkdirSync(data, { recursive: true, mode: 0o700 });
    collector = await startCollector();
    await collector.stop();
    const before = performance.now();
    await (values.distinct ? fillDistinct : fill)(store, total);
    console.log(`${total} processes in ${seconds(before)} s`);
  }
  const chosen = QUESTIONS.filter(([name]) => values.only === undefined || name.includes(values.only));
  const uuid = await exampleUuid();
  const before = performance.now();
  collector = await startCollector();
  await collector.rolledUp();
  console.log(`rolled up in ${seconds(before)} s (once); ${(statSync(store).size / total).toFixed(0)} bytes a process`);
  const answered = [];
  for (const [, path] of chosen) {
    const address = path.replace("UUID", uuid);
    answered.push(await timed(() => collector.get(address)));
    if (values.only !== undefined) console.log((await collector.get(address)).slice(0, 2000));
  }
  console.log(`at most ${collector.residentMegabytes()} MB resident`);
  await collector.stop();
  await compare(chosen, answered, uuid);
}

function seconds(since) {
  return ((performance.now() - since) / 1000).toFixed(1);
}

/** Times the SQL, and prints a table of both. */
async function compare(chosen, answered, uuid) {
  const instance = await DuckDBInstance.create(store, {
    access_mode: "READ_ONLY",
    memory_limit: "512MB",
    threads: "2",
  });
  const connection = await instance.connect();
  const print = (name, ...cells) => console.log(name.padEnd(36), ...cells.map((cell) => cell.padStart(10)));
  print("answer", "first", "best", "plain SQL", "ratio");
  for (const [index, [name, , sql]] of chosen.entries()) {
    const { first, best } = answered[index];
    let plain;
    if (sql !== undefined) {
      const run = performance.now();
      await connection
        .runAndReadAll(sql.replaceAll("UUID", uuid))
        .catch((error) => console.error(`${name}: ${error.message}`));
      plain = performance.now() - run;
    }
    const shown = plain === undefined ? ["", ""] : [`${plain.toFixed(0)} ms`, (best / plain).toFixed(2)];
    print(name, `${first.toFixed(0)} ms`, `${best.toFixed(0)} ms`, ...shown);
  }
  connection.closeSync();
  instance.closeSync();
}

async function exampleUuid() {
  const reading = await DuckDBInstance.create(store, { access_mode: "READ_ONLY" });
  const asking = await reading.connect();
  const found = await asking.runAndReadAll("SELECT uuid::VARCHAR FROM process LIMIT 1 OFFSET 12345");
  asking.closeSync();
  reading.closeSync();
  return found.value(0, 0);
}
