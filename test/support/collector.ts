import { type ChildProcess, spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll } from "vitest";
import type { Accounting } from "../../lib/collector/frames/ledger.js";
import { encodeMessage, type ProcessStart } from "../../lib/wire/index.js";
import { processStart } from "../wire/samples.js";
import { toolPath } from "./tools.js";

/** Options of a collector that stores records of any year: the others are too old for the window of duplicates. */
export const ALL_TIMES = ["--duplicate-window", "3650"];

interface Where {
  pid: number;
  udp: [string, ...string[]];
  tcp: [string, ...string[]];
  unix: string[];
  agents: string[];
  http: string;
  data: string;
  tokenFile: string;
}

interface LogLine extends Record<string, unknown> {
  time: string;
  level: string;
  event: string;
  message: string;
}

export type CollectorAccounting = Accounting & { awaitingVerdicts: number };

/** A running ogrt-collector. */
export class RunningCollector {
  readonly child: ChildProcess;
  readonly where: Where;
  readonly token: string;
  readonly #output: { stderr: string };

  constructor(child: ChildProcess, where: Where, output: { stderr: string }) {
    this.child = child;
    this.where = where;
    this.token = readFileSync(where.tokenFile, "utf8").trim();
    this.#output = output;
  }

  get stderr(): string {
    return this.#output.stderr;
  }

  /** The events logged so far. */
  log(): LogLine[] {
    const lines = this.stderr.split("\n").slice(0, -1);
    return lines.map((line) => JSON.parse(line));
  }

  /** Sends datagrams in order, each one after the kernel has accepted the previous one. */
  async send(...datagrams: Uint8Array[]): Promise<void> {
    const { host, port } = address(this.where.udp[0]);
    const socket = createSocket("udp4");
    for (const datagram of datagrams) {
      await new Promise<void>((resolve, reject) =>
        socket.send(datagram, port, host, (error) => (error === null ? resolve() : reject(error))),
      );
    }
    await new Promise<void>((resolve) => socket.close(resolve));
  }

  async connect(): Promise<Socket> {
    const socket = connect(address(this.where.tcp[0]));
    socket.on("error", () => {});
    await once(socket, "connect");
    return socket;
  }

  /** Requests a path, with the token unless other headers are given. */
  get(path: string, headers: Record<string, string> = { authorization: `Bearer ${this.token}` }): Promise<Response> {
    const ask = () => fetch(new URL(path, this.where.http), { headers, redirect: "manual" });
    // A connection that is kept may be closed by the collector just when a slow machine comes to use it again.
    return ask().catch((error) => {
      if (error.cause?.code !== "UND_ERR_SOCKET") throw error;
      return ask();
    });
  }

  // biome-ignore lint/suspicious/noExplicitAny: answers are compared, not used
  async json(path: string): Promise<any> {
    return (await this.get(path)).json();
  }

  /** A new login link, which works once. */
  async newLoginLink(): Promise<string> {
    const response = await fetch(new URL("/api/v1/login-links", this.where.http), {
      method: "POST",
      headers: { authorization: `Bearer ${this.token}` },
    });
    return ((await response.json()) as { url: string }).url;
  }

  /** Sends processes and waits until they are stored. */
  async report(...records: Partial<ProcessStart>[]): Promise<void> {
    const before = (await this.accounting()).received;
    await this.send(...records.map((fields) => encodeMessage(processStart(fields))));
    await this.waitForFrames(before + records.length);
  }

  accounting(): Promise<CollectorAccounting> {
    return this.json("/api/v1/accounting");
  }

  /** Waits until the collector has received this many frames and none is pending, nor a verdict. */
  async waitForFrames(received: number): Promise<CollectorAccounting> {
    for (;;) {
      const counts = await this.accounting();
      if (counts.received >= received && counts.pending === 0 && counts.awaitingVerdicts === 0) return counts;
      await sleep(20);
    }
  }

  /** Waits until the registers and catalogues have been read once. */
  async waitForNames(): Promise<void> {
    const isReading = async () => `${(await this.json("/readyz")).warnings}`.includes("registers");
    while (await isReading()) await sleep(20);
  }

  /** Stops the collector and returns its exit code. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    // After "close" all of stderr has been read; after "exit" some of it may still be in the pipe.
    const close = once(this.child, "close");
    this.child.kill(signal);
    return (await close)[0] as number | null;
  }
}

/** Starts a collector on free loopback ports. The caller stops it. */
export const spawnCollector = (data: string, ...options: string[]): Promise<RunningCollector> =>
  spawnCollectorBy([process.execPath], data, options);

async function spawnCollectorBy(
  [command, ...before]: readonly [string, ...string[]],
  data: string,
  options: readonly string[],
): Promise<RunningCollector> {
  const free = "127.0.0.1:0";
  const args = ["--data", data, "--udp", free, "--tcp", free, "--http", free, "--json", ...options];
  const child = spawn(command, [...before, toolPath("ogrt-collector"), ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const output = { stderr: "" };
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    output.stderr += text;
  });
  const lines = createInterface({ input: child.stdout });
  const line = await Promise.race([
    once(lines, "line").then(([text]) => text as string),
    once(child, "exit").then(([code]) => {
      throw new Error(`the collector ended with ${code}: ${output.stderr}`);
    }),
  ]);
  const collector = new RunningCollector(child, JSON.parse(line) as Where, output);
  if (options.includes("--register") || options.includes("--catalogue")) await collector.waitForNames();
  return collector;
}

const running = new Set<RunningCollector>();

/** Starts a collector that is killed after the test, unless the test stopped it. */
export async function startCollector(data: string, ...options: string[]): Promise<RunningCollector> {
  const collector = await spawnCollector(data, ...options);
  running.add(collector);
  return collector;
}

/** The same, by way of another command. */
export async function startCollectorBy(command: readonly [string, ...string[]], data: string, ...options: string[]) {
  const collector = await spawnCollectorBy([...command, process.execPath], data, options);
  running.add(collector);
  return collector;
}

/** The same, with a limit of open files. */
export function startCollectorWith(openFiles: number, data: string, ...options: string[]) {
  return startCollectorBy(["prlimit", `--nofile=${openFiles}:${openFiles}`], data, ...options);
}

/** One collector for all tests of a file, which takes a second less per test. The tests must not depend on its totals. */
export function sharedCollector(data: string, options: () => readonly string[] = () => []): () => RunningCollector {
  let collector: RunningCollector | undefined;
  beforeAll(async () => {
    collector = await spawnCollector(data, ...options());
  });
  afterAll(async () => {
    await collector?.stop("SIGKILL");
  });
  return () => {
    if (collector === undefined) throw new Error("the shared collector runs only during tests");
    return collector;
  };
}

/** Keeps a collector running after the test. The caller stops it. */
export function keepCollector(collector: RunningCollector): RunningCollector {
  running.delete(collector);
  return collector;
}

afterEach(async () => {
  for (const collector of running) await collector.stop("SIGKILL");
  running.clear();
});

function address(text: string): { host: string; port: number } {
  const at = text.lastIndexOf(":");
  return { host: text.slice(0, at), port: Number(text.slice(at + 1)) };
}
