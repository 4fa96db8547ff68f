import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import { type ErrorCode, OgrtError } from "../../../errors.js";
import type { Names } from "../../answers/name-tables.js";
import type { QuestionAnswer, QuestionRequest } from "../../answers/registry.js";
import type { AnswerSettings } from "../../answers/settings.js";
import type { RollupState } from "../../database/rollup.js";
import type { Batch } from "../../database/schema.js";
import { entryFile } from "../../threads/entry.js";
import type { FromStore, PlainError, StoreState, TaskName, TaskRequest, Tasks, ToStore } from "../protocol.js";

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

/** MB that V8 lets fill before it collects; by default 48, which are hardly ever needed here. */
const YOUNG_GENERATION = 12;

/** The store thread as the main thread sees it. */
export class Store {
  readonly state: StoreState;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #ended: Promise<void>;
  #lastId = 0;
  #closing = false;
  /** Why nothing can be asked any more. */
  #failure: OgrtError | undefined;
  #crashed: (error: OgrtError) => void = () => {};
  /** Hears after each try how the digest stands. */
  onRollup: (state: RollupState) => void = () => {};
  /** Rejects when the thread ends by itself, which it never should. */
  readonly failed: Promise<never>;

  private constructor(worker: Worker, state: StoreState) {
    this.state = state;
    this.#worker = worker;
    worker.on("message", (message: FromStore) => this.#receive(message));
    this.failed = new Promise((_, reject) => {
      this.#crashed = reject;
    });
    this.failed.catch(() => {});
    worker.on("error", (error) => this.#fail(error));
    this.#ended = new Promise((resolve) => {
      worker.on("exit", () => {
        if (!this.#closing) this.#fail(undefined);
        resolve();
      });
    });
  }

  /** @throws {@link OgrtError} STORE_BUSY, STORE_UNREADABLE, STORE_VERSION or ENGINE_MISSING. */
  static async open(path: string): Promise<Store> {
    const worker = new Worker(entryFile("store-worker"), {
      workerData: { path },
      name: "store",
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION },
    });
    const first = await new Promise<FromStore>((resolve, reject) => {
      worker.once("message", resolve);
      worker.once("error", reject);
    });
    worker.removeAllListeners("error");
    if (first.kind === "opened") return new Store(worker, first.state);
    await worker.terminate();
    throw toError(first.kind === "refused" ? first.error : { code: undefined, message: "no answer", value: undefined });
  }

  /** Resolves when the batch is on disk. */
  append(batch: Batch, number: number): Promise<void> {
    return this.#ask<undefined>((id) => ({ kind: "append", id, batch, number }));
  }

  query(request: QuestionRequest): Promise<QuestionAnswer> {
    return this.#ask<QuestionAnswer>((id) => ({ kind: "query", id, request }));
  }

  /** Takes in what was stored, so that the next question need not wait for it. */
  rollUp(): void {
    this.#post({ kind: "digest" });
  }

  /** Names that questions are answered with from now on. */
  name(names: Names | undefined): void {
    this.#post({ kind: "names", names });
  }

  /** Settings that questions are answered with from now on. */
  configure(settings: AnswerSettings): void {
    this.#post({ kind: "settings", settings });
  }

  task<N extends TaskName>(name: N, request: Tasks[N]["request"]): Promise<Tasks[N]["result"]> {
    return this.#ask((id) => ({ kind: "task", id, request: { name, ...request } as TaskRequest }));
  }

  /** A port for a reader of events (feed-protocol.ts), for whichever thread that is. */
  reader(): MessagePort {
    const { port1, port2 } = new MessageChannel();
    this.#worker.postMessage({ kind: "reader", port: port1 } satisfies ToStore, [port1]);
    return port2;
  }

  /** Waits for what is under way, then closes the file. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#post({ kind: "close" });
    await this.#ended;
  }

  #ask<T>(message: (id: number) => ToStore): Promise<T> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
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
    if (message.kind === "digest") {
      this.onRollup(message.state);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (waiting === undefined) return;
    if (message.kind === "done") waiting.resolve(message.result as never);
    else waiting.reject(toError(message.error));
  }

  #fail(cause: Error | undefined): void {
    if (this.#failure !== undefined) return;
    const reason = cause === undefined ? "" : `: ${cause.message}`;
    const failure = new OgrtError("COLLECTOR_FAILED", `the store thread ended by itself${reason}`, { cause });
    this.#failure = failure;
    for (const { reject } of this.#waiting.values()) reject(failure);
    this.#waiting.clear();
    this.#crashed(failure);
  }
}

function toError({ code, message, value }: PlainError): Error {
  return code === undefined ? new Error(message) : new OgrtError(code as ErrorCode, message, { value });
}
