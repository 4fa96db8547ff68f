import type { DurationSummary } from "./durations.js";
import { History, INTERVAL, type Rates } from "./history.js";
import type { InputMeter } from "./meters.js";

/** /api/v1/stats, in the words of proto/openapi.json. */
export interface Stats {
  readonly since: string;
  readonly received: Rates;
  readonly stored: Rates;
  readonly inputs: readonly {
    readonly name: string;
    readonly frames: number;
    readonly rates: Rates;
    readonly durations: DurationSummary;
  }[];
  readonly history: {
    readonly interval: number;
    readonly until: string;
    readonly received: readonly number[];
    readonly stored: readonly number[];
  };
}

/** Rates of the last minutes and the last hour. */
export class StatsKeeper {
  readonly #since = new Date();
  #sampled = new Date();
  readonly #received: History;
  readonly #stored: History;
  readonly #inputs = new Map<InputMeter, History>();
  readonly #timer: NodeJS.Timeout;

  constructor(counts: () => { readonly received: number; readonly stored: number }, inputs: readonly InputMeter[]) {
    this.#received = new History(() => counts().received);
    this.#stored = new History(() => counts().stored);
    for (const input of inputs) this.#inputs.set(input, new History(() => input.frames));
    this.#timer = setInterval(() => this.#sample(), INTERVAL).unref();
  }

  stats(): Stats {
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
      history: {
        interval: INTERVAL / 1000,
        until: this.#sampled.toISOString(),
        received: this.#received.growth(),
        stored: this.#stored.growth(),
      },
    };
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #sample(): void {
    this.#sampled = new Date();
    for (const history of [this.#received, this.#stored, ...this.#inputs.values()]) history.sample();
  }
}
