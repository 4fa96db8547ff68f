import { Worker } from "node:worker_threads";
import type { OutputStatus } from "../../measure/outputs.js";
import type { NamePaths } from "../../names/protocol.js";
import type { Store } from "../../store/main/store.js";
import { entryFile } from "../../threads/entry.js";
import type { OutputConfig } from "../kinds.js";
import type { FromOutputs, OutputRequest, OutputSettings, OutputWorkerData, ToOutputs } from "../protocol.js";
import type { TellOutput } from "../worker/sink.js";

/** After its thread ended by itself, the outputs begin again after so many milliseconds. */
const RESTART_AFTER = 5000;
/** A stop does not wait longer, in milliseconds. */
const STOP_LIMIT = 5000;

const NO_DURATIONS = { count: 0, min: null, median: null, max: null };

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

/**
 * All outputs, as the main thread sees them. Their thread may end (by a fault, or for want of memory) without harm to
 * anything else: it is started again, and they go on where they were.
 */
export class Outputs {
  readonly #store: Store;
  #settings: OutputSettings;
  readonly #tell: TellOutput;
  readonly #waiting = new Map<number, Waiting>();
  /** Resolves when each output has its place: what is stored from then on is delivered. */
  readonly begun: Promise<void>;
  #worker: Worker | undefined;
  #hasBegun: () => void = () => {};
  #restart: NodeJS.Timeout | undefined;
  #isStopping = false;
  #failure = "";
  #lastId = 0;

  constructor(store: Store, settings: OutputSettings, tell: TellOutput) {
    this.#store = store;
    this.#settings = settings;
    this.#tell = tell;
    this.begun = this.#start();
  }

  async status(): Promise<readonly OutputStatus[]> {
    if (this.#settings.outputs.length === 0) return [];
    return this.#ask<readonly OutputStatus[]>({ name: "status" }).catch((error: Error) => this.#stopped(error.message));
  }

  /** Takes the names of software from elsewhere from now on. */
  async follow({ registers, catalogues }: NamePaths): Promise<void> {
    const names = { registers, catalogues };
    this.#settings = { ...this.#settings, names };
    if (this.#worker !== undefined) await this.#ask({ name: "follow", names }).catch(() => {});
  }

  /** Has other outputs, each of which has its place when this resolves; those that stay go on where they were. */
  async replace(outputs: readonly OutputConfig[]): Promise<void> {
    if (JSON.stringify(outputs) === JSON.stringify(this.#settings.outputs)) return;
    await this.stop();
    this.#settings = { ...this.#settings, outputs };
    this.#isStopping = false;
    await this.#start();
  }

  /** Removes what a user did from files of outputs below the data directory; gives those that were written. */
  async forget(user: string): Promise<readonly string[]> {
    if (this.#settings.outputs.length === 0) return [];
    return this.#ask({ name: "forget", user });
  }

  /** Lets deliveries end that are under way, but waits for none for long. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    clearTimeout(this.#restart);
    const worker = this.#worker;
    if (worker === undefined) return;
    const limit = setTimeout(() => void worker.terminate(), STOP_LIMIT);
    await this.#ask({ name: "stop" }).catch(() => {});
    clearTimeout(limit);
    await worker.terminate();
  }

  async #start(): Promise<void> {
    if (this.#settings.outputs.length === 0) return;
    const begun = new Promise<void>((resolve) => {
      this.#hasBegun = resolve;
    });
    const port = this.#store.reader();
    const workerData: OutputWorkerData = { ...this.#settings, port };
    const worker = new Worker(entryFile("output-worker"), { workerData, transferList: [port], name: "outputs" });
    this.#worker = worker;
    worker.on("message", (message: FromOutputs) => this.#receive(message));
    worker.on("error", (error) => {
      this.#failure = error.message;
    });
    worker.on("exit", () => this.#ended());
    await begun;
  }

  #ended(): void {
    this.#hasBegun();
    this.#worker = undefined;
    const reason = this.#failure === "" ? "" : `: ${this.#failure}`;
    const sentence = `the thread of the outputs ended by itself${reason}`;
    for (const { reject } of this.#waiting.values()) reject(new Error(sentence));
    this.#waiting.clear();
    if (this.#isStopping) return;
    this.#tell("outputs-ended", `${sentence}; they begin again in ${RESTART_AFTER / 1000} s`);
    this.#restart = setTimeout(() => void this.#start(), RESTART_AFTER).unref();
  }

  #ask<T>(request: OutputRequest): Promise<T> {
    const worker = this.#worker;
    if (worker === undefined) return Promise.reject(new Error(this.#failure || "the outputs are not running"));
    const id = ++this.#lastId;
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      worker.postMessage({ id, request } satisfies ToOutputs);
    });
  }

  #receive(message: FromOutputs): void {
    if (message.kind === "begun") {
      this.#hasBegun();
      return;
    }
    if (message.kind === "event") {
      this.#tell(message.event, message.sentence);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.kind === "done") waiting?.resolve(message.result as never);
    else waiting?.reject(new Error(message.message));
  }

  /** What is known of outputs whose thread is not there. */
  #stopped(error: string): OutputStatus[] {
    return this.#settings.outputs.map(({ name, kind }) => ({
      name,
      kind,
      state: "stopped",
      error,
      delivered: 0,
      lag: { events: 0, seconds: 0 },
      documents: 0,
      refused: 0,
      failures: 0,
      durations: NO_DURATIONS,
    }));
  }
}
