import { Worker } from "node:worker_threads";
import { type ErrorCode, OgrtError } from "../../errors.js";
import { entryFile } from "../entry.js";
import type { FromStore, PlainError, StoreState, TaskName, TaskRequest, Tasks, ToStore } from "./protocol.js";
import type { Answer, QueryRequest } from "./queries.js";
import type { Batch } from "./schema.js";

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

/** The store thread as the main thread sees it. */
export class Store {
  readonly state: StoreState;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #ended: Promise<void>;
  #lastId = 0;

  private constructor(worker: Worker, state: StoreState) {
    this.state = state;
    this.#worker = worker;
    worker.on("message", (message: FromStore) => this.#receive(message));
    worker.on("error", (error) => this.#abandon(error));
    this.#ended = new Promise((resolve) => {
      worker.on("exit", () => {
        this.#abandon(new Error("the store thread ended"));
        resolve();
      });
    });
  }

  /** @throws {@link OgrtError} STORE_BUSY, STORE_UNREADABLE, STORE_VERSION or ENGINE_MISSING. */
  static async open(path: string): Promise<Store> {
    const worker = new Worker(entryFile("store-worker"), { workerData: { path }, name: "store" });
    const first = await new Promise<FromStore>((resolve, reject) => {
      worker.once("message", resolve);
      worker.once("error", reject);
    });
    worker.removeAllListeners("error");
    if (first.kind === "opened") return new Store(worker, first.state);
    await worker.terminate();
    throw toError(first.kind === "refused" ? first.error : { code: undefined, message: "no answer" });
  }

  /** Resolves when the batch is on disk. */
  append(batch: Batch, number: number): Promise<void> {
    return this.#ask<undefined>((id) => ({ kind: "append", id, batch, number }));
  }

  query(request: QueryRequest): Promise<Answer> {
    return this.#ask<Answer>((id) => ({ kind: "query", id, request }));
  }

  task<N extends TaskName>(name: N, request: Tasks[N]["request"]): Promise<Tasks[N]["result"]> {
    return this.#ask((id) => ({ kind: "task", id, request: { name, ...request } as TaskRequest }));
  }

  /** Waits for what is under way, then closes the file. */
  async close(): Promise<void> {
    this.#post({ kind: "close" });
    await this.#ended;
  }

  #ask<T>(message: (id: number) => ToStore): Promise<T> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#post(message(id));
    });
  }

  #post(message: ToStore): void {
    this.#worker.postMessage(message);
  }

  #receive(message: FromStore): void {
    if (message.kind === "opened" || message.kind === "refused") return;
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (waiting === undefined) return;
    if (message.kind === "done") waiting.resolve(message.result as never);
    else waiting.reject(toError(message.error));
  }

  #abandon(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

function toError({ code, message }: PlainError): Error {
  return code === undefined ? new Error(message) : new OgrtError(code as ErrorCode, message);
}
