import { Worker } from "node:worker_threads";
import { OgrtError } from "../../../errors.js";
import type { LossCounts } from "../../frames/ledger.js";
import { entryFile } from "../../threads/entry.js";
import type { FrameBatch } from "../batch.js";
import { describeListener, type IngestSettings, type OpenListener, type ToIngest, type ToMain } from "../protocol.js";

export interface IngestEvents {
  /** @param input - index of the listener. */
  readonly frames: (batch: FrameBatch, input: number) => void;
  readonly lost: (counts: LossCounts, input: number) => void;
  /** Datagrams that the kernel dropped since the start. */
  readonly kernelDropped: (datagrams: number) => void;
  /** The thread ended by itself, which it never should. */
  readonly crashed: (error: Error) => void;
}

/** MB that V8 lets fill before it collects; by default 48, of which nothing here lives longer than a datagram. */
const YOUNG_GENERATION = 6;

/** The ingest thread as the main thread sees it. */
export class Ingest {
  readonly #worker: Worker;
  readonly #events: IngestEvents;
  readonly #stopped: Promise<void>;
  #listening: { resolve: (value: readonly OpenListener[]) => void; reject: (error: Error) => void } | undefined;
  readonly listeners: Promise<readonly OpenListener[]>;
  #ending = false;

  constructor(settings: IngestSettings, events: IngestEvents) {
    this.#events = events;
    this.#worker = new Worker(entryFile("ingest-worker"), {
      workerData: settings,
      name: "ingest",
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION },
    });
    this.listeners = new Promise((resolve, reject) => {
      this.#listening = { resolve, reject };
    });
    this.#worker.on("message", (message: ToMain) => this.#receive(message));
    this.#worker.on("error", (error) => this.#fail(error));
    this.#stopped = new Promise((resolve) => {
      this.#worker.on("exit", () => {
        if (!this.#ending) this.#fail(undefined);
        resolve();
      });
    });
  }

  /** Lets the thread take as many bytes more. */
  refund(bytes: number): void {
    this.#post({ kind: "credit", bytes });
  }

  /** Reads what has arrived, closes the sockets and ends. Frames keep coming until this resolves. */
  async stop(): Promise<void> {
    this.#ending = true;
    this.#post({ kind: "stop" });
    await this.#stopped;
  }

  #post(message: ToIngest): void {
    this.#worker.postMessage(message);
  }

  #receive(message: ToMain): void {
    switch (message.kind) {
      case "listening":
        this.#listening?.resolve(message.listeners);
        break;
      case "failed": {
        this.#ending = true;
        const sentence = `cannot listen on ${describeListener(message.listener)}: ${message.message}`;
        this.#listening?.reject(new OgrtError("ADDRESS_UNAVAILABLE", sentence, { value: message.code }));
        break;
      }
      case "frames":
        if (message.lost !== undefined) this.#events.lost(message.lost, message.input);
        if (message.batch !== undefined) this.#events.frames(message.batch, message.input);
        break;
      case "kernel-dropped":
        this.#events.kernelDropped(message.datagrams);
        break;
      case "stopped":
        break;
    }
  }

  #fail(cause: Error | undefined): void {
    const reason = cause === undefined ? "" : `: ${cause.message}`;
    const error = new OgrtError("COLLECTOR_FAILED", `the ingest thread ended by itself${reason}`, { cause });
    this.#listening?.reject(error);
    this.#events.crashed(error);
  }
}
