import type { DurationSummary } from "./durations.js";
import { History } from "./history.js";

/** State and counts of an output. */
export interface OutputStatus {
  readonly name: string;
  readonly kind: string;
  /** `waiting` after a failure, until the next attempt. */
  readonly state: "idle" | "delivering" | "waiting" | "stopped";
  /** The last error; null after a success. */
  readonly error: string | null;
  /** The committed cursor: all events up to this sequence are delivered. */
  readonly delivered: number;
  /** How far the store is ahead of the cursor, in events (including removed ones) and in seconds. */
  readonly lag: { readonly events: number; readonly seconds: number };
  /** Since the start of the collector or the last change of its outputs; duplicates count. */
  readonly documents: number;
  /** Documents that the receiver refused for good. */
  readonly refused: number;
  readonly failures: number;
  /** Of the last deliveries, each of up to 256 documents. */
  readonly durations: DurationSummary;
}

/** The last status of each output, and the history of its delivered documents. */
export class OutputMeters {
  readonly #ask: () => Promise<readonly OutputStatus[]>;
  readonly #histories = new Map<string, History>();
  #statuses: readonly OutputStatus[] = [];
  /** A time of performance.now(). The counters of outputs that appeared later were 0 then. */
  #refreshedAt = performance.now();

  /** @param ask - returns the status of each output. */
  constructor(ask: () => Promise<readonly OutputStatus[]>) {
    this.#ask = ask;
  }

  get statuses(): readonly OutputStatus[] {
    return this.#statuses;
  }

  /** One warning for each output that cannot deliver. The texts are public: /readyz needs no token. */
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

/** Whether the last delivery failed, or the output has stopped. */
export const isWaiting = ({ state, error }: OutputStatus) => state === "stopped" || error !== null;
