import { type TransferListItem, Worker } from "node:worker_threads";
import { OgrtError } from "../../errors.js";
import { type EntryName, entryFile } from "./entry.js";

export interface ThreadOptions {
  readonly entry: EntryName;
  readonly name: string;
  readonly data: unknown;
  readonly transfer?: TransferListItem[];
  /** Size at which V8 collects the young generation. */
  readonly youngGenerationMb?: number;
  /** Limit of the heap, without the young generation; the thread crashes when it exceeds it. */
  readonly heapMb?: number;
}

export interface ThreadEvents<From> {
  readonly onMessage: (message: From) => void;
  /** The thread ended although nothing asked it to. Called once. */
  readonly onCrash: (error: OgrtError) => void;
}

/** A worker thread that its owner starts and ends. */
export class OwnedThread<To, From = never> {
  readonly #worker: Worker;
  readonly #exited: Promise<void>;
  #isEnding = false;

  constructor(
    { entry, name, data, transfer = [], youngGenerationMb, heapMb }: ThreadOptions,
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
    let cause: Error | undefined;
    worker.on("message", onMessage);
    worker.on("error", (error) => {
      cause = error;
    });
    this.#exited = new Promise((resolve) => {
      worker.on("exit", () => {
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
