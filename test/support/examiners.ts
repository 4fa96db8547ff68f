import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { RunningCollector } from "./collector.js";

/** The processes in which a collector looks at files. Stopped, they do not answer, as on a file system that hangs. */
export class Examiners {
  readonly #collector: RunningCollector;
  #stopped: number[] = [];

  constructor(collector: RunningCollector) {
    this.#collector = collector;
  }

  /** Stops all that run; waits for the first ones. */
  async pause(count = 1): Promise<void> {
    for (;;) {
      const children = childrenOf(this.#collector.child.pid ?? 0).filter(isExaminer);
      if (children.length >= count) {
        for (const child of children) process.kill(child, "SIGSTOP");
        this.#stopped = children;
        return;
      }
      await sleep(20);
    }
  }

  resume(): void {
    this.#signal("SIGCONT");
  }

  /** Call it after the collector was killed: a stopped process does not notice. */
  kill(): void {
    this.#signal("SIGKILL");
  }

  #signal(signal: NodeJS.Signals): void {
    for (const child of this.#stopped.splice(0)) {
      try {
        process.kill(child, signal);
      } catch {
        // The collector has killed it.
      }
    }
  }
}

function childrenOf(pid: number): number[] {
  const tasks = readdirSync(`/proc/${pid}/task`);
  return tasks.flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, "latin1").split(" ").filter(Boolean).map(Number),
  );
}

const isExaminer = (pid: number) => readFileSync(`/proc/${pid}/cmdline`, "latin1").includes("examine-child");
