import { type TransferListItem, Worker } from "node:worker_threads";
import { OgrtError } from "../../errors.js";
import { type EntryName, entryFile } from "./entry.js";

export interface ThreadOptions<To> {
  readonly entry: EntryName;
  readonly name: string;
  readonly data: unknown;
  readonly transfer?: TransferListItem[];
  /** Size at which V8 collects the young generation. */
  readonly youngGenerationMb?: number;
  /** Limit of the heap, without the young generation; the thread crashes when it exceeds it. */
  readonly heapMb?: number;
  /** Asks the thread to end at once, without work that waits; for threads that must not be terminated. */
  readonly haltMessage?: To;
}

export interface ThreadEvents<From> {
  readonly onMessage: (message: From) => void;
  /** The thread ended although nothing asked it to. Called once. */
  readonly onCrash: (error: OgrtError) => void;
}

/** Halts the threads that must not be terminated. They are of the process, since its end is what terminates threads. */
const halts = new Set<() => Promise<void>>();

/**
 * Prepares for `process.exit`, which terminates all threads: a thread that is in native code (DuckDB) then aborts the process
 * when that code returns. Resolves when no such thread runs.
 */
export async function haltThreads(): Promise<void> {
  await Promise.all([...halts].map((halt) => halt()));
}

/** A worker thread that its owner starts and ends. */
export class OwnedThread<To, From = never> {
  readonly #worker: Worker;
  readonly #exited: Promise<void>;
  #isEnding = false;

  constructor(
    { entry, name, data, transfer = [], youngGenerationMb, heapMb, haltMessage }: ThreadOptions<To>,
    { onMessage, onCrash }: ThreadEvents<From>,
  ) {
    const worker = new Worker(entryFile(entry), {
      workerData: data,
      transferList: transfer,
      name,
      resourceLimits: {
        ...(youngGenerationMb !== undefined && { maxYoungGenerationSizeMb: youngGenerationMb }),
        ...(heapMb !== undefined && { maxOldGenerationSizeMb: heapMb }),
      },
    });
    this.#worker = worker;
    const halt = async () => {
      if (haltMessage !== undefined) await this.end(haltMessage);
    };
    halts.add(halt);
    let cause: Error | undefined;
    worker.on("message", onMessage);
    worker.on("error", (error) => {
      cause = error;
    });
    this.#exited = new Promise((resolve) => {
      worker.on("exit", () => {
        halts.delete(halt);
        resolve();
        if (this.#isEnding) return;
        const reason = cause === undefined ? "" : `: ${cause.message}`;
        onCrash(new OgrtError("COLLECTOR_FAILED", `the ${name} thread ended by itself${reason}`, { cause }));
      });
    });
  }

  post(message: To, transfer: TransferListItem[] = []): void {
    this.#worker.postMessage(message, transfer);
  }

  /** From now on the thread may end by itself. */
  expectEnd(): void {
    this.#isEnding = true;
  }

  /** Asks the thread to end and waits until it has. */
  async end(message: To): Promise<void> {
    this.expectEnd();
    this.post(message);
    await this.#exited;
  }

  async terminate(): Promise<void> {
    this.expectEnd();
    await this.#worker.terminate();
  }
}
