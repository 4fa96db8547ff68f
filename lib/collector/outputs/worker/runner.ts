import { Backoff } from "../../../shared/backoff.js";
import { Durations } from "../../measure/durations.js";
import type { OutputStatus } from "../../measure/output-meters.js";
import type { LogOutput } from "../protocol.js";
import type { Feed, Page } from "./feed.js";
import type { Sink } from "./sink.js";

/** Interval between confirmations of deliveries, each followed by a commit of the cursor. */
const CONFIRM_INTERVAL_MS = 1000;

export interface RunnerParts {
  readonly name: string;
  readonly kind: string;
  readonly sink: Sink;
  readonly feed: Feed;
  /** The last sequence in the store. */
  readonly head: () => number;
  /** Commits the cursor to the store. */
  readonly commit: (sequence: number) => Promise<void>;
  readonly log: LogOutput;
  readonly backoff?: Backoff;
}

const LONGEST_PAUSE_MS = 60_000;

/**
 * One output: reads page after page, delivers each, waits until deliveries are acknowledged, and only then commits its
 * cursor. After a failure it continues from the last acknowledged sequence. So every document is delivered at least once
 * and in order, whatever crashes in between.
 */
export class Runner {
  readonly #parts: RunnerParts;
  readonly #backoff: Backoff;
  readonly #stopping = new AbortController();
  /** Aborts calls of the sink when a stop exceeds its time limit. */
  readonly #aborting = new AbortController();
  readonly #durations = new Durations();
  /** Run between two deliveries. */
  readonly #tasks: (() => Promise<void>)[] = [];
  /** Last sequence that the sink has received. */
  #position: number;
  /** Last sequence that the receiver has acknowledged. */
  #acknowledged: number;
  /** The cursor in the store. */
  #committed: number;
  #confirmedAt = performance.now();
  #state: OutputStatus["state"] = "idle";
  #error: string | null = null;
  #documents = 0;
  #failures = 0;
  /** Time at which the collector received the oldest unacknowledged document. */
  #oldest: number | undefined;
  #wake: () => void = () => {};
  readonly #ended: Promise<void>;

  /** @param cursor - the committed cursor, after which the output continues. */
  constructor(parts: RunnerParts, cursor: number) {
    this.#parts = parts;
    this.#backoff = parts.backoff ?? new Backoff({ longestMs: LONGEST_PAUSE_MS });
    this.#position = this.#acknowledged = this.#committed = cursor;
    this.#ended = this.#run();
  }

  status(): OutputStatus {
    const { name, kind, sink, head } = this.#parts;
    const behind = Math.max(0, head() - this.#acknowledged);
    const lagMs = behind === 0 || this.#oldest === undefined ? 0 : Math.max(0, Date.now() - this.#oldest);
    return {
      name,
      kind,
      state: this.#state,
      error: this.#error,
      delivered: this.#acknowledged,
      lag: { events: behind, seconds: lagMs / 1000 },
      documents: this.#documents,
      refused: sink.refused?.() ?? 0,
      failures: this.#failures,
      durations: this.#durations.summary(),
    };
  }

  /** Runs a task between two deliveries. */
  runTask<T>(task: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#tasks.push(() => task().then(resolve, reject));
      this.#wake();
    });
  }

  /** Stops after the delivery in flight, which is aborted after a time limit. */
  async stop(limitMs: number): Promise<void> {
    this.#stopping.abort();
    this.#wake();
    const timer = setTimeout(() => this.#aborting.abort(), limitMs);
    await this.#ended;
    clearTimeout(timer);
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      await this.#runTasks();
      try {
        await this.#step();
      } catch (error) {
        // The failure loses everything that the sink had received and the receiver had not acknowledged.
        this.#position = this.#acknowledged;
        if (!this.#stopping.signal.aborted) await this.#failed(error as Error);
      }
    }
    await this.#confirm().catch(() => {});
    await this.#runTasks();
    await this.#parts.sink.close().catch(() => {});
    this.#state = "stopped";
  }

  async #step(): Promise<void> {
    const page = await this.#parts.feed.read(this.#position);
    if (page === undefined) await this.#idle();
    else await this.#deliver(page);
    if (performance.now() - this.#confirmedAt >= CONFIRM_INTERVAL_MS) await this.#confirm();
  }

  async #deliver({ documents, upTo }: Page): Promise<void> {
    const { sink } = this.#parts;
    const [first] = documents;
    if (first !== undefined) {
      if (this.#position === this.#acknowledged) this.#oldest = Date.parse(first.received);
      this.#state = "delivering";
      const started = performance.now();
      await sink.deliver(documents, this.#aborting.signal);
      this.#durations.add(performance.now() - started);
      this.#documents += documents.length;
    }
    this.#position = upTo;
    if (sink.confirm === undefined) this.#acknowledge();
  }

  /** Waits for new events, or until the next confirmation is due. */
  async #idle(): Promise<void> {
    this.#state = "idle";
    const isUncommitted = this.#position > this.#committed;
    const rest = this.#confirmedAt + CONFIRM_INTERVAL_MS - performance.now();
    if (isUncommitted && rest <= 0) return;
    await this.#pause(isUncommitted ? rest : undefined, this.#parts.feed.waitForEvent(this.#position));
  }

  /** Waits until a time has passed, another promise resolves, a task is added or the output stops. */
  async #pause(milliseconds: number | undefined, ...others: readonly Promise<void>[]): Promise<void> {
    const woken = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    if (this.#tasks.length > 0 || this.#stopping.signal.aborted) return;
    const timer = milliseconds === undefined ? undefined : setTimeout(this.#wake, milliseconds);
    await Promise.race([woken, ...others]);
    clearTimeout(timer);
  }

  async #runTasks(): Promise<void> {
    for (const task of this.#tasks.splice(0)) await task();
  }

  async #confirm(): Promise<void> {
    const { sink, commit } = this.#parts;
    this.#confirmedAt = performance.now();
    if (this.#position === this.#committed) return;
    if (this.#position !== this.#acknowledged) {
      this.#state = "delivering";
      await sink.confirm?.(this.#aborting.signal);
      this.#acknowledge();
    }
    // A failed commit (such as on a full disk) does not count as a failure of the output: it can only cause duplicates.
    await commit(this.#acknowledged).then(
      () => {
        this.#committed = this.#acknowledged;
      },
      () => {},
    );
  }

  async #failed(error: Error): Promise<void> {
    if (this.#error !== error.message) this.#parts.log("output-waiting", `${this.#parts.name}: ${error.message}`);
    this.#error = error.message;
    this.#failures++;
    this.#state = "waiting";
    const until = performance.now() + this.#backoff.next();
    while (performance.now() < until && !this.#stopping.signal.aborted) {
      await this.#pause(until - performance.now());
      await this.#runTasks();
    }
  }

  #acknowledge(): void {
    this.#acknowledged = this.#position;
    if (this.#error !== null) this.#parts.log("output-recovered", `${this.#parts.name} delivers again`);
    this.#error = null;
    this.#backoff.reset();
  }
}
