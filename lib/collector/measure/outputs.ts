import type { DurationSummary } from "./durations.js";
import { History } from "./history.js";

/** How an output fares. */
export interface OutputStatus {
  readonly name: string;
  readonly kind: string;
  /** `waiting`: after a failure, until the next try. */
  readonly state: "idle" | "delivering" | "waiting" | "stopped";
  /** Why it waits, or what went wrong last; null after a success. */
  readonly error: string | null;
  /** Sequence up to which everything is delivered for sure. */
  readonly delivered: number;
  /** How far the store is ahead of that, in events (those that were removed meanwhile count), and in seconds. */
  readonly lag: { readonly events: number; readonly seconds: number };
  /** Since the collector's start or the last change of outputs; repeats count. */
  readonly documents: number;
  /** Documents that the receiver refused for good. */
  readonly refused: number;
  readonly failures: number;
  /** Of the last deliveries, each of up to 256 documents. */
  readonly durations: DurationSummary;
}

/** How outputs fare, as their thread said last, and how fast they were. */
export class OutputMeters {
  readonly #ask: () => Promise<readonly OutputStatus[]>;
  readonly #histories = new Map<string, History>();
  #statuses: readonly OutputStatus[] = [];
  /** By performance.now(). An output that is new since then has counted from 0. */
  #refreshedAt = performance.now();

  /** @param ask - gives the status of each output, always the same ones. */
  constructor(ask: () => Promise<readonly OutputStatus[]>) {
    this.#ask = ask;
  }

  get statuses(): readonly OutputStatus[] {
    return this.#statuses;
  }

  /** Of those that cannot deliver; in words that may be told to anybody. */
  warnings(): string[] {
    return this.#statuses.filter(isWaiting).map(({ name }) => `the output ${name} cannot deliver`);
  }

  async refresh(): Promise<void> {
    const before = this.#refreshedAt;
    this.#refreshedAt = performance.now();
    this.#statuses = await this.#ask();
    for (const { name } of this.#statuses) {
      if (this.#histories.has(name)) continue;
      this.#histories.set(name, new History(() => this.#documents(name), undefined, before));
    }
  }

  historyOf(name: string): History | undefined {
    return this.#histories.get(name);
  }

  sample(): void {
    for (const history of this.#histories.values()) history.sample();
  }

  #documents(name: string): number {
    return this.#statuses.find((status) => status.name === name)?.documents ?? 0;
  }
}

/** Whether its last delivery failed, or it is not there. */
export const isWaiting = ({ state, error }: OutputStatus) => state === "stopped" || error !== null;
