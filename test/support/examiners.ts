import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { RunningCollector } from "./collector.js";

/** The processes in which a collector looks at files. Stopped, they do not answer, as on a file system that hangs. */
export class Examiners {
  readonly #collector: RunningCollector;
  readonly #stopped = new Set<number>();
  #watch: NodeJS.Timeout | undefined;

  constructor(collector: RunningCollector) {
    this.#collector = collector;
  }

  /** Stops all that run, and those that are started in their place; waits for the first ones. */
  async pause(count = 1): Promise<void> {
    while (this.#stop() < count) await sleep(20);
    // A child takes many times longer to start.
    this.#watch = setInterval(() => this.#stop(), 5);
  }

  resume(): void {
    this.#end("SIGCONT");
  }

  /** Call it after the collector was killed: a stopped process does not notice. */
  kill(): void {
    this.#end("SIGKILL");
  }

  /** Returns how many are stopped. */
  #stop(): number {
    const running = childrenOf(this.#collector.child.pid ?? 0).filter((child) => !this.#stopped.has(child));
    for (const child of running.filter(isExaminer)) if (signal(child, "SIGSTOP")) this.#stopped.add(child);
    return this.#stopped.size;
  }

  #end(name: NodeJS.Signals): void {
    clearInterval(this.#watch);
    for (const child of this.#stopped) signal(child, name);
    this.#stopped.clear();
  }
}

/** Returns false if the process has ended. */
function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

function childrenOf(pid: number): number[] {
  const tasks = textOf(() => readdirSync(`/proc/${pid}/task`).join(" ")).split(" ");
  const children = tasks.map((task) => textOf(() => readFileSync(`/proc/${pid}/task/${task}/children`, "latin1")));
  return children.join(" ").split(" ").filter(Boolean).map(Number);
}

const isExaminer = (pid: number) =>
  textOf(() => readFileSync(`/proc/${pid}/cmdline`, "latin1")).includes("examine-child");

/** What /proc says; nothing about threads and processes that have ended. */
function textOf(read: () => string): string {
  try {
    return read();
  } catch {
    return "";
  }
}
