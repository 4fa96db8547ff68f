import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from "node:worker_threads";
import type { RawPath } from "../files/index.js";
import { findBuiltFile } from "../files/package-root.js";
import type { Finding } from "./finding.js";
import { type FileOptions, inspectFile } from "./inspect-file.js";

/** Paths of one batch, for a thread. */
export interface Batch {
  number: number;
  /** The given directory that they were found in. */
  root: RawPath;
  /** Joined by NUL, which no path contains: one string crosses threads faster than many. */
  paths: string;
}

export interface BatchResult {
  number: number;
  findings: Finding[];
}

/** Batches queued for each thread: enough to keep it busy while this thread inspects a batch itself. */
const MAX_QUEUED_BATCHES = 4;

interface Thread {
  worker: Worker;
  port: MessagePort;
  queued: number;
}

/** Inspects batches of files on this thread and others. Returns results in the order of the batches. */
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

  /** Number of batches that are unfinished or not taken yet. */
  get pending(): number {
    return this.#next - this.#oldest;
  }

  /** Starts more threads; without the built code for them, this thread does all the work. */
  grow(count: number): void {
    if (this.#threads.length >= count) return;
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
      this.#threads.push({ worker, port, queued: 0 });
    }
  }

  /** Queues a batch for a thread, or inspects it at once when all queues are full. */
  async add(root: RawPath, paths: readonly RawPath[]): Promise<void> {
    const number = this.#next++;
    const idle = this.#threads.find(({ queued }) => queued < MAX_QUEUED_BATCHES);
    if (idle === undefined) {
      this.#done.set(number, await inspectAll(root, paths, this.#options));
      return;
    }
    idle.queued++;
    idle.port.postMessage({ number, root, paths: paths.join("\0") } satisfies Batch);
  }

  /** Findings of the next batch in order, or undefined while it is unfinished. */
  take(): Finding[] | undefined {
    for (const thread of this.#threads) {
      for (let got = receiveMessageOnPort(thread.port); got !== undefined; got = receiveMessageOnPort(thread.port)) {
        const { number, findings } = got.message as BatchResult;
        thread.queued--;
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

export async function inspectAll(root: RawPath, paths: readonly RawPath[], options: FileOptions): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const path of paths) {
    const found = inspectFile(path, options, root);
    // Waiting for what is there already would take longer than reading a file that is not ELF.
    const finding = found instanceof Promise ? await found : found;
    if (finding !== undefined) findings.push(finding);
  }
  return findings;
}
