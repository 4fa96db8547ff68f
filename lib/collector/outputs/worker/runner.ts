import { setTimeout as sleep } from "node:timers/promises";
import { Backoff } from "../../../shared/backoff.js";
import { Durations } from "../../measure/durations.js";
import type { OutputStatus } from "../../measure/output-meters.js";
import type { TellOutput } from "../events.js";
import type { Feed, Page } from "./feed.js";
import type { Sink } from "./sink.js";

/** How often it is made sure of what was delivered, and the place kept, in milliseconds. */
const CONFIRM_EVERY = 1000;

export interface RunnerParts {
  readonly name: string;
  readonly kind: string;
  readonly sink: Sink;
  readonly feed: Feed;
  /** The last sequence in the store. */
  readonly head: () => number;
  /** Keeps the place in the store. */
  readonly keep: (sequence: number) => Promise<void>;
  readonly tell: TellOutput;
  readonly backoff?: Backoff;
}

const LONGEST_PAUSE_MS = 60_000;

/**
 * One output: reads page after page, delivers it, makes sure of it, and only then moves its place. After a failure it goes
 * back to the last place that is sure. So everything is delivered at least once and in order, whatever ends in between.
 */
export class Runner {
  readonly #parts: RunnerParts;
  readonly #backoff: Backoff;
  readonly #stopping = new AbortController();
  /** For calls of the sink, which have a little longer. */
  readonly #aborting = new AbortController();
  readonly #durations = new Durations();
  readonly #between: (() => Promise<void>)[] = [];
  /** Read and delivered up to here. */
  #position: number;
  /** Delivered for sure up to here. */
  #sure: number;
  /** Kept in the store. */
  #kept: number;
  #confirmed = performance.now();
  #state: OutputStatus["state"] = "idle";
  #error: string | null = null;
  #documents = 0;
  #failures = 0;
  /** When the oldest document that is not delivered for sure was received. */
  #oldest: number | undefined;
  #wake: () => void = () => {};
  readonly #ended: Promise<void>;

  /** @param place - where it goes on; it is kept already. */
  constructor(parts: RunnerParts, place: number) {
    this.#parts = parts;
    this.#backoff = parts.backoff ?? new Backoff({ longestMs: LONGEST_PAUSE_MS });
    this.#position = this.#sure = this.#kept = place;
    this.#ended = this.#run();
  }

  status(): OutputStatus {
    const { name, kind, sink, head } = this.#parts;
    const behind = Math.max(0, head() - this.#sure);
    const since = behind === 0 || this.#oldest === undefined ? 0 : Math.max(0, Date.now() - this.#oldest);
    return {
      name,
      kind,
      state: this.#state,
      error: this.#error,
      delivered: this.#sure,
      lag: { events: behind, seconds: since / 1000 },
      documents: this.#documents,
      refused: sink.refused?.() ?? 0,
      failures: this.#failures,
      durations: this.#durations.summary(),
    };
  }

  /** Does something while nothing is being delivered. */
  between<T>(work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#between.push(() => work().then(resolve, reject));
      this.#wake();
    });
  }

  /** Ends after the delivery that is under way, or at the latest after `limit` milliseconds. */
  async stop(limit: number): Promise<void> {
    this.#stopping.abort();
    this.#wake();
    const timer = setTimeout(() => this.#aborting.abort(), limit);
    await this.#ended;
    clearTimeout(timer);
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      for (const work of this.#between.splice(0)) await work();
      try {
        await this.#step();
      } catch (error) {
        // What the sink had of it before is gone, too, where nothing was made sure of.
        this.#position = this.#sure;
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
    if (performance.now() - this.#confirmed >= CONFIRM_EVERY) await this.#confirm();
  }

  async #deliver({ documents, upTo }: Page): Promise<void> {
    const { sink } = this.#parts;
    const [first] = documents;
    if (first !== undefined) {
      if (this.#position === this.#sure) this.#oldest = Date.parse(first.received);
      this.#state = "delivering";
      const started = performance.now();
      await sink.deliver(documents, this.#aborting.signal);
      this.#durations.add(performance.now() - started);
      this.#documents += documents.length;
    }
    this.#position = upTo;
    if (sink.confirm === undefined) this.#isSure();
  }

  /** Waits for something new; not beyond the time when it is to be made sure of what was delivered. */
  async #idle(): Promise<void> {
    this.#state = "idle";
    const isOpen = this.#position > this.#kept;
    const rest = this.#confirmed + CONFIRM_EVERY - performance.now();
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
    const { sink, keep } = this.#parts;
    this.#confirmed = performance.now();
    if (this.#position === this.#kept) return;
    if (this.#position !== this.#sure) {
      await sink.confirm?.(this.#aborting.signal);
      this.#isSure();
    }
    // A place that can't be kept (a full disk) is no failure of the output: only repeats may follow from it.
    await keep(this.#sure).then(
      () => {
        this.#kept = this.#sure;
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

  #isSure(): void {
    this.#sure = this.#position;
    if (this.#error !== null) this.#parts.tell("output-recovered", `${this.#parts.name} delivers again`);
    this.#error = null;
    this.#backoff.reset();
  }
}
