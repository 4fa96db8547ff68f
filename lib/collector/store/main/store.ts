import { MessageChannel, type MessagePort } from "node:worker_threads";
import type { Names } from "../../answers/name-tables.js";
import type { QuestionAnswer, QuestionRequest } from "../../answers/registry.js";
import type { RollupState } from "../../database/rollup/rollup.js";
import { fromPlainError } from "../../threads/plain-error.js";
import { Requester } from "../../threads/requests.js";
import { OwnedThread } from "../../threads/thread.js";
import type { FromStore, StartFindings, StoreData, StoreRequests, StoreState, ToStore } from "../protocol.js";

/** The thread hardly ever needs the young generation's default of 48 MB. */
const YOUNG_GENERATION_MB = 12;

type Opened = Extract<FromStore, { kind: "opened" }>;

/** The store thread as the main thread sees it. */
export class Store {
  readonly state: StoreState;
  readonly findings: StartFindings;
  readonly ask: Requester<StoreRequests>["ask"];
  readonly #thread: OwnedThread<ToStore>;

  private constructor(thread: OwnedThread<ToStore>, requests: Requester<StoreRequests>, { state, findings }: Opened) {
    this.state = state;
    this.findings = findings;
    this.ask = (name, request) => requests.ask(name, request);
    this.#thread = thread;
  }

  /**
   * @param onCrash - called when the thread ends unexpectedly.
   * @param stopping - ends the opening, which may take long: a migration or the replay of a log.
   * @throws {@link OgrtError} STORE_BUSY, STORE_UNREADABLE, STORE_VERSION or ENGINE_MISSING; the reason of `stopping`.
   */
  static open(
    data: StoreData,
    onRollup: (state: RollupState) => void,
    onCrash: (error: Error) => void,
    stopping: AbortSignal,
  ): Promise<Store> {
    return new Promise((resolve, reject) => {
      const haltMessage: ToStore = { kind: "halt" };
      const thread = new OwnedThread<ToStore, FromStore>(
        { entry: "store-worker", name: "store", data, youngGenerationMb: YOUNG_GENERATION_MB, haltMessage },
        {
          onMessage: (message) => {
            if (message.kind === "reply") requests.receive(message);
            else if (message.kind === "rollup") onRollup(message.state);
            else if (message.kind === "opened") {
              stopping.removeEventListener("abort", stop);
              resolve(new Store(thread, requests, message));
            } else void thread.terminate().then(() => reject(fromPlainError(message.error)));
          },
          onCrash: (error) => {
            requests.fail(error);
            reject(error);
            onCrash(error);
          },
        },
      );
      const requests = new Requester<StoreRequests>((request) => thread.post(request));
      const stop = () => void thread.end(haltMessage).then(() => reject(stopping.reason));
      stopping.addEventListener("abort", stop, { once: true });
      if (stopping.aborted) stop();
    });
  }

  query(question: QuestionRequest): Promise<QuestionAnswer> {
    return this.ask("query", { question, asked: Date.now() });
  }

  /** Brings the rollup up to date in the background. */
  rollUp(): void {
    this.ask("rollUp", undefined).catch(() => {});
  }

  /** Replaces the names of software in answers. */
  useNames(names: Names | undefined): void {
    this.ask("names", names).catch(() => {});
  }

  /** A port for a reader of events (feed-protocol.ts), which may pass it to another thread. */
  reader(): MessagePort {
    const { port1, port2 } = new MessageChannel();
    this.#thread.post({ kind: "reader", port: port1 }, [port1]);
    return port2;
  }

  /** Completes what was asked and closes the file. */
  close(): Promise<void> {
    return this.#thread.end({ kind: "close" });
  }
}
