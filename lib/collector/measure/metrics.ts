import type { Registry } from "prom-client";
import { missingEngine } from "../shared/missing-engine.js";

/*
 * /metrics, by prom-client. Names and units by Prometheus' conventions (prometheus.io/docs/practices/naming): base units,
 * `_total` for what only grows.
 */

type Labels = Readonly<Record<string, string>>;
/** Values with their labels; one value without any is a number. */
export type Reading = number | readonly (readonly [value: number, labels: Labels])[];

interface Description {
  /** Without the prefix. */
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly string[];
}

const PREFIX = "ogrt_";
/** Seconds: from a commit on a fast disk to a collector that has fallen behind. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
/** Gauges of the engine that are named like counters; the same numbers are there by type. */
const MISNAMED = ["nodejs_active_handles_total", "nodejs_active_requests_total", "nodejs_active_resources_total"];
const MILLISECONDS = 1000;

/** What Prometheus gets. Counters and gauges are read when it asks: whoever counts has plain numbers. */
export class Metrics {
  readonly #engine: typeof import("prom-client");
  readonly #registry: Registry;

  private constructor(engine: typeof import("prom-client")) {
    this.#engine = engine;
    this.#registry = new engine.Registry();
    // Of the process: CPU, memory, descriptors, event loop, garbage collection.
    engine.collectDefaultMetrics({ register: this.#registry });
    for (const name of MISNAMED) this.#registry.removeSingleMetric(name);
  }

  /** @throws {@link OgrtError} ENGINE_MISSING. */
  static async create(): Promise<Metrics> {
    const engine = await import("prom-client").catch((cause) => {
      throw missingEngine("prom-client", cause);
    });
    return new Metrics(engine);
  }

  counter(description: Description, read: () => Reading): void {
    new this.#engine.Counter({
      ...this.#configuration(description),
      collect() {
        this.reset();
        for (const [value, labels] of listed(read())) this.inc(labels, value);
      },
    });
  }

  gauge(description: Description, read: () => Reading): void {
    new this.#engine.Gauge({
      ...this.#configuration(description),
      collect() {
        this.reset();
        for (const [value, labels] of listed(read())) this.set(labels, value);
      },
    });
  }

  /** Durations, told in milliseconds and exposed in seconds. */
  histogram(description: Description): (milliseconds: number, labels?: Labels) => void {
    const histogram = new this.#engine.Histogram({ ...this.#configuration(description), buckets: BUCKETS });
    return (milliseconds, labels = {}) => histogram.observe(labels, milliseconds / MILLISECONDS);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  #configuration({ name, help, labels = [] }: Description) {
    return { name: PREFIX + name, help, labelNames: [...labels], registers: [this.#registry] };
  }
}

function listed(reading: Reading): readonly (readonly [number, Labels])[] {
  return typeof reading === "number" ? [[reading, {}]] : reading;
}
