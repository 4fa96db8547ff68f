import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from "node:worker_threads";
import type { RawPath } from "../files/index.js";
import { findBuiltFile } from "../files/package-root.js";
import type { Finding } from "./finding.js";
import { type FileOptions, inspectFile } from "./inspect-file.js";

/** What a thread gets: paths of one batch. What it gives back: their findings. */
export interface Batch {
  number: number;
  /** Joined by NUL, which no path can hold: one string crosses threads faster than many. */
  paths: string;
}

export interface BatchResult {
  number: number;
  findings: Finding[];
}

/** Batches that wait in front of each thread: enough to work on while this thread inspects a batch itself. */
const AHEAD = 4;

interface Thread {
  worker: Worker;
  port: MessagePort;
  waiting: number;
}

/** Inspects batches of files, on this thread and on others. Results come back in the order of the batches. */
export class Pool {
  readonly #options: FileOptions;
  readonly #threads: Thread[] = [];
  readonly #done = new Map<number, Finding[]>();
  #failed: Error | undefined;
  #next = 0;
  #oldest = 0;

  constructor(options: FileOptions) {
    this.#options = options;
  }

  /** Batches that are not finished or not taken yet. */
  get pending(): number {
    return this.#next - this.#oldest;
  }

  /** Starts more threads; without the built code for them, this thread does all the work. */
  grow(count: number): void {
    const file = findBuiltFile("inspect/scan-worker.js");
    if (file === undefined) return;
    while (this.#threads.length < count) {
      const { port1: port, port2 } = new MessageChannel();
      const worker = new Worker(file, { workerData: { port: port2, options: this.#options }, transferList: [port2] });
      worker.on("error", (error) => {
        this.#failed = error;
      });
      worker.unref();
      port.unref();
      this.#threads.push({ worker, port, waiting: 0 });
    }
  }

  /** Gives a batch to a thread that has little to do, or works it off at once. */
  add(paths: readonly RawPath[]): void {
    const number = this.#next++;
    const idle = this.#threads.find(({ waiting }) => waiting < AHEAD);
    if (idle === undefined) {
      this.#done.set(number, inspectAll(paths, this.#options));
      return;
    }
    idle.waiting++;
    idle.port.postMessage({ number, paths: paths.join("\0") } satisfies Batch);
  }

  /** Findings of the next batch in order, or undefined while they are not there yet. */
  take(): Finding[] | undefined {
    for (const thread of this.#threads) {
      for (let got = receiveMessageOnPort(thread.port); got !== undefined; got = receiveMessageOnPort(thread.port)) {
        const { number, findings } = got.message as BatchResult;
        thread.waiting--;
        this.#done.set(number, findings);
      }
    }
    const findings = this.#done.get(this.#oldest);
    if (findings === undefined) {
      if (this.#failed !== undefined) throw this.#failed;
      return undefined;
    }
    this.#done.delete(this.#oldest++);
    return findings;
  }

  async close(): Promise<void> {
    for (const { port } of this.#threads) port.close();
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
  }
}

export function inspectAll(paths: readonly RawPath[], options: FileOptions): Finding[] {
  const findings: Finding[] = [];
  for (const path of paths) {
    const finding = inspectFile(path, options, false);
    if (finding !== undefined) findings.push(finding);
  }
  return findings;
}
