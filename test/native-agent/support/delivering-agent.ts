import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach } from "vitest";
import { openDatabase } from "../../support/database.js";
import { root } from "../../support/tools.js";
import { builtAgent } from "./agent.js";

/** An agent with TLS, or undefined where OpenSSL has no headers. */
export function builtTlsAgent(): string | undefined {
  if (!existsSync("/usr/include/openssl/ssl.h")) return undefined;
  execFileSync("make", ["-s", "-C", join(root, "native-agent"), "tls"], { stdio: ["ignore", "ignore", "pipe"] });
  return join(root, "native-agent/build/ogrt-agent-tls");
}

/** A node that is enrolled: its token, and the file of nodes for collectors. */
export function enrolledNode(folder: string, name: string) {
  const [token, nodes] = [join(folder, `${name}.token`), join(folder, `${name}.nodes`)];
  rmSync(token, { force: true });
  const line = execFileSync(builtAgent(), ["--enrol", token, "--node", name], { encoding: "utf8" });
  appendFileSync(nodes, line, { mode: 0o600 });
  return { name, token, nodes, spool: join(folder, `${name}.spool`), line };
}

export type Node = ReturnType<typeof enrolledNode>;

export const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** Children of a process. */
export const childrenOf = (pid: number) =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);

const running = new Set<DeliveringAgent>();

afterEach(async () => {
  for (const agent of running) await agent.kill("both");
});

/** An agent that delivers; it is killed after the test, unless the test ended it. */
export class DeliveringAgent {
  readonly child: ChildProcess;
  readonly #closed: Promise<unknown>;
  stderr = "";

  constructor(node: Node, collectors: readonly string[], options: readonly string[] = [], program = builtAgent()) {
    const args = ["--deliver", "--token", node.token, "--spool", node.spool, "--node", node.name, ...options];
    this.child = spawn(program, [...args, ...collectors.flatMap((address) => ["--collector", address])], {
      stdio: ["ignore", "inherit", "pipe"],
    });
    this.child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.stderr += text;
    });
    this.#closed = once(this.child, "exit").then(() => running.delete(this));
    running.add(this);
  }

  get pid(): number {
    return this.child.pid as number;
  }

  async until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
    const deadline = Date.now() + 120_000;
    while (!(await condition())) {
      if (Date.now() > deadline) throw new Error(`${what} did not come: ${this.stderr}`);
      await sleep(50);
    }
  }

  /** Ends it in order. */
  async stop(): Promise<number | null> {
    this.child.kill("SIGTERM");
    await this.#closed;
    return this.child.exitCode;
  }

  /** Kills the process that hears, the one that delivers, or both. */
  async kill(which: "hears" | "delivers" | "both"): Promise<void> {
    if (which !== "hears") {
      await this.until(() => childrenOf(this.pid).length > 0, "the process that delivers");
      process.kill(childrenOf(this.pid)[0] as number, "SIGKILL");
    }
    if (which !== "delivers") this.child.kill("SIGKILL");
    await this.#closed;
  }
}

/** Numbers of records in a store by epoch: all, distinct sequences, and the highest one. */
export async function recordsByEpoch(data: string) {
  const store = await openDatabase(join(data, "ogrt.duckdb"));
  const found = (await store.rows(
    `SELECT agent_epoch::VARCHAR AS epoch, count(*)::INTEGER AS records, count(DISTINCT agent_sequence)::INTEGER AS sequences,
      max(agent_sequence)::INTEGER AS last
    FROM (SELECT agent_epoch, agent_sequence FROM process UNION ALL SELECT agent_epoch, agent_sequence FROM process_end)
    WHERE agent_epoch IS NOT NULL GROUP BY agent_epoch ORDER BY epoch`,
  )) as { epoch: string; records: number; sequences: number; last: number }[];
  store.close();
  return found;
}

/** The keys of all records of agents in a store. */
export async function deliveriesIn(data: string) {
  const store = await openDatabase(join(data, "ogrt.duckdb"));
  const tables = ["process", "process_end"].map(
    (table) =>
      `SELECT agent_epoch::VARCHAR AS epoch, agent_sequence::INTEGER AS "sequence" FROM ${table} WHERE agent IS NOT NULL`,
  );
  const found = (await store.rows(tables.join(" UNION ALL "))) as { epoch: string; sequence: number }[];
  store.close();
  return found;
}

/** Files of a spool. */
export const spoolFiles = (spool: string) => (existsSync(spool) ? readdirSync(spool) : []);

export const spoolBytes = (spool: string) =>
  spoolFiles(spool).reduce((sum, name) => sum + statSync(join(spool, name)).size, 0);

/** Runs processes with 30 KB of arguments each, which live long enough for these to be read: a MiB has 34. */
export async function longCommands(count: number): Promise<void> {
  const argument = "x".repeat(30_000);
  for (let done = 0; done < count; done += 10) {
    const children = Array.from({ length: Math.min(10, count - done) }, () =>
      spawn("/bin/sh", ["-c", "read line", "sh", argument], { stdio: ["pipe", "ignore", "ignore"] }),
    );
    const ended = children.map((child) => once(child, "exit"));
    await sleep(50);
    for (const { stdin } of children) stdin.end();
    await Promise.all(ended);
  }
}

/** Starts short processes until it is told to stop, at most so many. */
export function load(perSecond: number, limit: number) {
  let started = 0;
  let isEnding = false;
  const done = (async () => {
    while (!isEnding && started < limit) {
      started++;
      spawn("/bin/true", [`load-${started}`], { stdio: "ignore" });
      await sleep(1000 / perSecond);
    }
  })();
  return {
    stop: async () => {
      isEnding = true;
      await done;
      return started;
    },
  };
}
