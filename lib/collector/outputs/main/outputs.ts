import type { OutputConfig } from "../../config/outputs/outputs.js";
import type { OutputStatus } from "../../measure/output-meters.js";
import type { NamePaths } from "../../names/protocol.js";
import type { UserRecords } from "../../shared/user-records.js";
import type { Store } from "../../store/main/store.js";
import { Requester } from "../../threads/requests.js";
import { OwnedThread } from "../../threads/thread.js";
import type {
  ForgetRequest,
  FromOutputs,
  LogOutput,
  OutputRequests,
  OutputSettings,
  OutputWorkerData,
  ToOutputs,
} from "../protocol.js";

/** Pause before the restart of a thread that ended by itself. */
const RESTART_DELAY_MS = 5000;
const STOP_TIMEOUT_MS = 5000;

const NO_DURATIONS = { count: 0, min: null, median: null, max: null };

interface OutputThread {
  readonly ask: Requester<OutputRequests>["ask"];
  readonly terminate: () => Promise<void>;
}

/**
 * The main thread's side of all outputs. Their thread may crash or run out of memory without harm to the rest of the
 * collector, which starts it again. The outputs then continue from their cursors.
 */
export class Outputs {
  readonly #store: Store;
  readonly #log: LogOutput;
  #settings: OutputSettings;
  #thread: OutputThread | undefined;
  #restart: NodeJS.Timeout | undefined;
  #failure = "the outputs are not running";

  constructor(store: Store, settings: OutputSettings, log: LogOutput) {
    this.#store = store;
    this.#settings = settings;
    this.#log = log;
  }

  /** Resolves when each output has its cursor: it delivers what the collector stores from then on. */
  async start(): Promise<void> {
    if (this.#settings.outputs.length === 0) return;
    await new Promise<void>((resolve) => {
      this.#thread = this.#startThread(resolve);
    });
  }

  async status(): Promise<readonly OutputStatus[]> {
    return this.#ask("status", undefined).catch((error: Error) => this.#stopped(error.message));
  }

  /** Reads the names of software from these sources from now on. */
  async follow({ registers, catalogues }: NamePaths): Promise<void> {
    const names = { registers, catalogues };
    this.#settings = { ...this.#settings, names };
    await this.#ask("follow", names).catch(() => {});
  }

  /** Replaces the outputs. Resolves when each has its cursor; outputs that stay continue from theirs. */
  async replace(outputs: readonly OutputConfig[]): Promise<void> {
    if (JSON.stringify(outputs) === JSON.stringify(this.#settings.outputs)) return;
    await this.stop();
    this.#settings = { ...this.#settings, outputs };
    await this.start();
  }

  /** Removes what a user did from files of outputs below the data directory; resolves with those that have something. */
  async forget(request: ForgetRequest): Promise<readonly UserRecords[]> {
    return this.#settings.outputs.length === 0 ? [] : this.#ask("forget", request);
  }

  /** Completes deliveries in flight, within a time limit. */
  async stop(): Promise<void> {
    clearTimeout(this.#restart);
    const thread = this.#thread;
    if (thread === undefined) return;
    this.#thread = undefined;
    const timeout = setTimeout(() => void thread.terminate(), STOP_TIMEOUT_MS);
    await thread.ask("stop", undefined).catch(() => {});
    clearTimeout(timeout);
    await thread.terminate();
  }

  #ask: OutputThread["ask"] = (name, request) =>
    this.#thread?.ask(name, request) ?? Promise.reject(new Error(this.#failure));

  #startThread(onBegun: () => void): OutputThread {
    const port = this.#store.reader();
    const data: OutputWorkerData = { ...this.#settings, port };
    const thread = new OwnedThread<ToOutputs, FromOutputs>(
      { entry: "output-worker", name: "outputs", data, transfer: [port] },
      {
        onMessage: (message) => {
          if (message.kind === "reply") requests.receive(message);
          else if (message.kind === "begun") onBegun();
          else this.#log(message.event, message.sentence);
        },
        onCrash: (error) => {
          requests.fail(error);
          onBegun();
          if (this.#thread !== own) return;
          this.#thread = undefined;
          this.#failure = error.message;
          this.#log("outputs-ended", `${error.message}; they start again in ${RESTART_DELAY_MS / 1000} s`);
          this.#restart = setTimeout(() => void this.start(), RESTART_DELAY_MS).unref();
        },
      },
    );
    const requests = new Requester<OutputRequests>((request) => thread.post(request));
    const own: OutputThread = {
      ask: (name, request) => requests.ask(name, request),
      terminate: async () => {
        await thread.terminate();
        requests.fail(new Error("the outputs are stopped"));
      },
    };
    return own;
  }

  /** The status of outputs whose thread is not running. */
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
