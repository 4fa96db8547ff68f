import type { components } from "../../client/generated/api.js";
import { History, type Rates, SAMPLE_INTERVAL_MS } from "./history.js";
import type { InputMeter } from "./meters.js";
import type { OutputMeters, OutputStatus } from "./output-meters.js";

/** The answer of /api/v1/stats. */
export type Stats = components["schemas"]["StatsAnswer"];

const NO_RATES: Rates = { last1: 0, last5: 0, last15: 0 };

/** Samples counters once per interval, and computes statistics from them. */
export class StatsKeeper {
  readonly #since = new Date();
  #sampledAt = new Date();
  readonly #received: History;
  readonly #stored: History;
  readonly #inputs = new Map<InputMeter, History>();
  readonly #outputs: OutputMeters;
  readonly #timer: NodeJS.Timeout;

  constructor(
    counts: () => { readonly received: number; readonly stored: number },
    inputs: readonly InputMeter[],
    outputs: OutputMeters,
  ) {
    this.#received = new History(() => counts().received);
    this.#stored = new History(() => counts().stored);
    for (const input of inputs) this.#inputs.set(input, new History(() => input.frames));
    this.#outputs = outputs;
    this.#timer = setInterval(() => void this.#sample(), SAMPLE_INTERVAL_MS).unref();
  }

  async stats(): Promise<Stats> {
    await this.#outputs.refresh();
    return {
      since: this.#since.toISOString(),
      received: this.#received.rates(),
      stored: this.#stored.rates(),
      inputs: [...this.#inputs].map(([input, history]) => ({
        name: `${input.transport} ${input.address}`,
        frames: input.frames,
        rates: history.rates(),
        durations: input.durations.summary(),
      })),
      outputs: this.#outputs.statuses.map((status) => this.#ofOutput(status)),
      history: {
        interval: SAMPLE_INTERVAL_MS / 1000,
        until: this.#sampledAt.toISOString(),
        received: this.#received.growth(),
        stored: this.#stored.growth(),
      },
    };
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #ofOutput(status: OutputStatus): Stats["outputs"][number] {
    const { name, kind, state, error, documents, refused, failures, lag, durations } = status;
    const rates = this.#outputs.historyOf(name)?.rates() ?? NO_RATES;
    const delivered = { records: documents, refused, failures, lag: lag.events, lagSeconds: lag.seconds };
    return { name, kind, state, error, ...delivered, rates, durations };
  }

  async #sample(): Promise<void> {
    this.#sampledAt = new Date();
    for (const history of [this.#received, this.#stored, ...this.#inputs.values()]) history.sample();
    await this.#outputs.refresh();
    this.#outputs.sample();
  }
}
