// Starts a collector and a subscriber as processes.
import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { HOST } from "./frames.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** @param profile - directory for V8 profiles of the threads. @param options - of the collector. @param nodeOptions - of Node.js. */
export async function startCollector(data, { profile, options = ["--sender-rate", "0"], nodeOptions = [] } = {}) {
  const tool = join(root, "dist/bin/ogrt-collector.js");
  const free = ["--udp", "127.0.0.1:0", "--tcp", "127.0.0.1:0", "--http", "127.0.0.1:0"];
  const args = [...nodeOptions, tool, "--data", data, ...free, "--json", "--host-name", HOST, ...options];
  if (profile !== undefined) args.unshift("--cpu-prof", `--cpu-prof-dir=${profile}`);
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "ignore"] });
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  const where = JSON.parse(line);
  const token = readFileSync(where.tokenFile, "utf8").trim();
  const headers = { authorization: `Bearer ${token}` };
  const get = (path) => fetch(new URL(path, where.http), { headers });
  const status = (field) =>
    Math.round(
      Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${child.pid}/status`, "latin1"))[1]) / 1024,
    );
  return {
    pid: child.pid,
    http: where.http,
    token,
    /** Undefined while it runs. */
    exitCode: () => child.exitCode ?? child.signalCode ?? undefined,
    port: (transport) => where[transport][0].split(":").at(-1),
    accounting: async () => (await get("/api/v1/accounting")).json(),
    resident: () => status("VmRSS"),
    peak: () => status("VmHWM"),
    cpu: () => cpuByThread(child.pid),
    /** @param filter - query of the stream's address. */
    subscribe: (filter = "") => subscribe(`${where.http.replace("http", "ws")}/stream${filter}`, headers.authorization),
    stop: async () => {
      child.kill("SIGTERM");
      const [code, signal] = await once(child, "exit");
      return code ?? signal;
    },
  };
}

async function subscribe(url, authorization) {
  const child = fork(join(import.meta.dirname, "subscriber.mjs"), [url, authorization]);
  await once(child, "message");
  return {
    /** Messages and latencies since the last report. */
    report: async () => {
      child.send("report");
      return (await once(child, "message"))[0];
    },
    stop: () => child.kill(),
  };
}

/** CPU microseconds of each thread so far; the main thread is the first. */
function cpuByThread(pid) {
  const spent = new Map();
  for (const task of readdirSync(`/proc/${pid}/task`)) {
    try {
      const [nanoseconds] = readFileSync(`/proc/${pid}/task/${task}/schedstat`, "latin1").split(" ");
      spent.set(task, Number(nanoseconds) / 1000);
    } catch {
      // The thread has ended.
    }
  }
  return spent;
}

/** The names that the report prints; what a thread does is not written on it. */
export function cpuEach(before, after, records) {
  return [...after].map(([task, spent]) => (spent - (before.get(task) ?? 0)) / records).filter((each) => each > 0.2);
}
