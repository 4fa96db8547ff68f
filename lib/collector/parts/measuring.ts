import type { CollectorHealth } from "../http/health.js";
import { registerMetrics } from "../measure/collector-metrics.js";
import type { InputMeter } from "../measure/meters.js";
import { OutputMeters } from "../measure/output-meters.js";
import { StatsKeeper } from "../measure/stats.js";
import type { Outputs } from "../outputs/main/outputs.js";
import type { StreamHub } from "../stream/hub.js";
import type { Agents } from "./agents.js";
import type { Base } from "./base.js";
import type { Processing } from "./processing.js";
import type { Part } from "./running-parts.js";
import type { Storing } from "./storing.js";

/** Metrics, statistics and readiness of the collector. */
export class Measuring implements Part {
  readonly health: CollectorHealth;
  readonly #stats: StatsKeeper;

  constructor(
    { data, metrics, frames: { accounting }, log }: Base,
    storing: Storing,
    processing: Processing,
    { inputs, agents }: { readonly inputs: readonly InputMeter[]; readonly agents: Agents },
    outputs: Outputs,
    hub: StreamHub,
    others: readonly { warnings(): readonly string[] }[],
  ) {
    const outputMeters = new OutputMeters(() => outputs.status());
    const stats = new StatsKeeper(accounting, inputs, outputMeters);
    registerMetrics(metrics, {
      accounting,
      inputs,
      agents,
      outputs: outputMeters,
      verdicts: processing.verdicts,
      amendments: processing.amendments,
      queues: { store: () => storing.committer.length, files: () => processing.verifier.queued },
      stream: hub,
      isReady: () => storing.problems().length === 0,
      events: log.counts,
      data,
    });
    this.#stats = stats;
    const { amendments } = processing;
    this.health = {
      accounting: () => ({ ...accounting(), awaitingVerdicts: amendments.awaited }),
      stats: () => stats.stats(),
      metrics: {
        contentType: metrics.contentType,
        text: async () => {
          await outputMeters.refresh();
          return metrics.text();
        },
      },
      problems: () => storing.problems(),
      warnings: () => [
        ...storing.rollup.warnings(),
        ...processing.verifier.warnings(),
        ...outputMeters.warnings(),
        ...others.flatMap((other) => other.warnings()),
      ],
    };
  }

  stop(): void {
    this.#stats.stop();
  }
}
