// Starts a collector and a subscriber as processes.
import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { HOST } from "./frames.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** @param profile - directory for V8 profiles of the threads. */
export async function startCollector(data, profile) {
  const tool = join(root, "dist/bin/ogrt-collector.js");
  const free = ["--udp", "127.0.0.1:0", "--tcp", "127.0.0.1:0", "--http", "127.0.0.1:0"];
  const args = [tool, "--data", data, ...free, "--json", "--host-name", HOST, "--sender-rate", "0"];
  if (profile !== undefined) args.unshift("--cpu-prof", `--cpu-prof-dir=${profile}`);
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "ignore"] });
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  const where = JSON.parse(line);
  const headers = { authorization: `Bearer ${readFileSync(where.tokenFile, "utf8").trim()}` };
  const get = (path) => fetch(new URL(path, where.http), { headers });
  const status = (field) =>
    Math.round(
      Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${child.pid}/status`, "latin1"))[1]) / 1024,
    );
  return {
    port: (transport) => where[transport][0].split(":").at(-1),
    accounting: async () => (await get("/api/v1/accounting")).json(),
    resident: () => status("VmRSS"),
    peak: () => status("VmHWM"),
    cpu: () => cpuByThread(child.pid),
    subscribe: () => subscribe(`${where.http.replace("http", "ws")}/stream`, headers.authorization),
    stop: async () => {
      child.kill("SIGTERM");
      await once(child, "exit");
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
