import type { DurationSummary } from "./durations.js";
import { History, INTERVAL, type Rates } from "./history.js";
import type { InputMeter } from "./meters.js";
import type { OutputMeters, OutputStatus } from "./outputs.js";

/** /api/v1/stats, in the words of proto/openapi.json. */
export interface Stats {
  readonly since: string;
  readonly received: Rates;
  readonly stored: Rates;
  readonly inputs: readonly InputStats[];
  readonly outputs: readonly OutputStats[];
  readonly history: {
    readonly interval: number;
    readonly until: string;
    readonly received: readonly number[];
    readonly stored: readonly number[];
  };
}

interface InputStats {
  readonly name: string;
  readonly frames: number;
  readonly rates: Rates;
  readonly durations: DurationSummary;
}

interface OutputStats extends Pick<OutputStatus, "name" | "kind" | "state" | "error" | "refused" | "failures"> {
  readonly records: number;
  readonly lag: number;
  readonly lagSeconds: number;
  readonly rates: Rates;
  readonly durations: DurationSummary;
}

const NONE: Rates = { last1: 0, last5: 0, last15: 0 };

/** Rates of the last minutes and the last hour. */
export class StatsKeeper {
  readonly #since = new Date();
  #sampled = new Date();
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
    this.#timer = setInterval(() => void this.#sample(), INTERVAL).unref();
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
        interval: INTERVAL / 1000,
        until: this.#sampled.toISOString(),
        received: this.#received.growth(),
        stored: this.#stored.growth(),
      },
    };
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #ofOutput({ name, kind, state, error, documents, refused, failures, lag, durations }: OutputStatus): OutputStats {
    const rates = this.#outputs.historyOf(name)?.rates() ?? NONE;
    const delivered = { records: documents, refused, failures, lag: lag.events, lagSeconds: lag.seconds };
    return { name, kind, state, error, ...delivered, rates, durations };
  }

  async #sample(): Promise<void> {
    this.#sampled = new Date();
    for (const history of [this.#received, this.#stored, ...this.#inputs.values()]) history.sample();
    await this.#outputs.refresh();
    this.#outputs.sample();
  }
}
