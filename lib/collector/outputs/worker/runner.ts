import { setTimeout as sleep } from "node:timers/promises";
import { Backoff } from "../../../shared/backoff.js";
import { Durations } from "../../measure/durations.js";
import type { OutputStatus } from "../../measure/output-meters.js";
import type { TellOutput } from "../events.js";
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
  readonly tell: TellOutput;
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
  /** Aborts calls of the sink, some time after `#stopping`. */
  readonly #aborting = new AbortController();
  readonly #durations = new Durations();
  readonly #between: (() => Promise<void>)[] = [];
  /** Last sequence that the sink has received. */
  #position: number;
  /** Last sequence that the receiver has acknowledged. */
  #acknowledged: number;
  /** The cursor in the store. */
  #committed: number;
  #confirmed = performance.now();
  #state: OutputStatus["state"] = "idle";
  #error: string | null = null;
  #documents = 0;
  #failures = 0;
  /** When the collector received the oldest unacknowledged document. */
  #oldest: number | undefined;
  #wake: () => void = () => {};
  readonly #ended: Promise<void>;

  /** @param cursor - where the output continues; the store has it. */
  constructor(parts: RunnerParts, cursor: number) {
    this.#parts = parts;
    this.#backoff = parts.backoff ?? new Backoff({ longestMs: LONGEST_PAUSE_MS });
    this.#position = this.#acknowledged = this.#committed = cursor;
    this.#ended = this.#run();
  }

  status(): OutputStatus {
    const { name, kind, sink, head } = this.#parts;
    const behind = Math.max(0, head() - this.#acknowledged);
    const since = behind === 0 || this.#oldest === undefined ? 0 : Math.max(0, Date.now() - this.#oldest);
    return {
      name,
      kind,
      state: this.#state,
      error: this.#error,
      delivered: this.#acknowledged,
      lag: { events: behind, seconds: since / 1000 },
      documents: this.#documents,
      refused: sink.refused?.() ?? 0,
      failures: this.#failures,
      durations: this.#durations.summary(),
    };
  }

  /** Runs a task between two deliveries. */
  between<T>(work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#between.push(() => work().then(resolve, reject));
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
      for (const work of this.#between.splice(0)) await work();
      try {
        await this.#step();
      } catch (error) {
        // The failure loses everything that the sink had received and the receiver had not acknowledged.
        this.#position = this.#acknowledged;
        if (!this.#stopping.signal.aborted) await this.#failed(error as Error);
      }
    }
    await this.#confirm().catch(() => {});
    for (const work of this.#between.splice(0)) await work();
    await this.#parts.sink.close().catch(() => {});
    this.#state = "stopped";
  }

  async #step(): Promise<void> {
    const page = await this.#parts.feed.read(this.#position);
    if (page === undefined) await this.#idle();
    else await this.#deliver(page);
    if (performance.now() - this.#confirmed >= CONFIRM_INTERVAL_MS) await this.#confirm();
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
    const isOpen = this.#position > this.#committed;
    const rest = this.#confirmed + CONFIRM_INTERVAL_MS - performance.now();
    if (isOpen && rest <= 0) return;
    const woken = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    if (this.#between.length > 0 || this.#stopping.signal.aborted) return;
    const timer = isOpen ? setTimeout(this.#wake, rest) : undefined;
    await Promise.race([this.#parts.feed.news(this.#position), woken]);
    clearTimeout(timer);
  }

  async #confirm(): Promise<void> {
    const { sink, commit } = this.#parts;
    this.#confirmed = performance.now();
    if (this.#position === this.#committed) return;
    if (this.#position !== this.#acknowledged) {
      await sink.confirm?.(this.#aborting.signal);
      this.#acknowledge();
    }
    // A failed commit (such as on a full disk) is no failure of the output: it can only cause duplicates.
    await commit(this.#acknowledged).then(
      () => {
        this.#committed = this.#acknowledged;
      },
      () => {},
    );
  }

  async #failed(error: Error): Promise<void> {
    if (this.#error !== error.message) this.#parts.tell("output-waiting", `${this.#parts.name}: ${error.message}`);
    this.#error = error.message;
    this.#failures++;
    this.#state = "waiting";
    const until = performance.now() + this.#backoff.next();
    for (;;) {
      const rest = until - performance.now();
      if (rest <= 0 || this.#stopping.signal.aborted) return;
      const woken = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      for (const work of this.#between.splice(0)) await work();
      await Promise.race([sleep(rest, undefined, { signal: this.#stopping.signal }).catch(() => {}), woken]);
    }
  }

  #acknowledge(): void {
    this.#acknowledged = this.#position;
    if (this.#error !== null) this.#parts.tell("output-recovered", `${this.#parts.name} delivers again`);
    this.#error = null;
    this.#backoff.reset();
  }
}
