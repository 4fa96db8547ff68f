import type { Registry } from "prom-client";
import { optional } from "../shared/optional.js";

/*
 * /metrics, by prom-client. Names and units follow the conventions of Prometheus (prometheus.io/docs/practices/naming):
 * base units, and `_total` for counters.
 */

type Labels = Readonly<Record<string, string>>;
/** Values with their labels; a single value without labels is a number. */
export type Reading = number | readonly (readonly [value: number, labels: Labels])[];

export interface MetricDescription {
  /** Without the prefix. */
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly string[];
}

export const METRIC_PREFIX = "ogrt_";
/** From the time of a commit on a fast disk to that of a collector that has fallen behind. */
const BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
/** Gauges of prom-client that are named like counters. Its other gauges have the same numbers, by type. */
const MISNAMED = ["nodejs_active_handles_total", "nodejs_active_requests_total", "nodejs_active_resources_total"];

/** The metrics that Prometheus scrapes. Counters and gauges are read at each scrape, from plain numbers. */
export class Metrics {
  readonly #engine: typeof import("prom-client");
  readonly #registry: Registry;

  private constructor(engine: typeof import("prom-client")) {
    this.#engine = engine;
    this.#registry = new engine.Registry();
    // Metrics of the process: CPU, memory, descriptors, event loop, garbage collection.
    engine.collectDefaultMetrics({ register: this.#registry });
    for (const name of MISNAMED) this.#registry.removeSingleMetric(name);
  }

  /** @throws {@link OgrtError} ENGINE_MISSING. */
  static async create(): Promise<Metrics> {
    const engine = await optional("prom-client", import("prom-client"));
    return new Metrics(engine);
  }

  register(type: "counter" | "gauge", description: MetricDescription, read: () => Reading): void {
    const values = () => {
      const reading = read();
      return typeof reading === "number" ? [[reading, {}] as const] : reading;
    };
    const metric = new this.#engine[type === "counter" ? "Counter" : "Gauge"]({
      ...this.#configuration(description),
      collect() {
        metric.reset();
        for (const [value, labels] of values()) metric.inc(labels, value);
      },
    });
  }

  /** Returns the function that observes a duration in milliseconds. The metric is in seconds. */
  histogram(description: MetricDescription): (milliseconds: number, labels?: Labels) => void {
    const histogram = new this.#engine.Histogram({ ...this.#configuration(description), buckets: BUCKETS_S });
    return (milliseconds, labels = {}) => histogram.observe(labels, milliseconds / 1000);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  #configuration({ name, help, labels = [] }: MetricDescription) {
    return { name: METRIC_PREFIX + name, help, labelNames: [...labels], registers: [this.#registry] };
  }
}
