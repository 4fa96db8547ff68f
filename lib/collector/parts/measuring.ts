import type { CollectorHealth } from "../http/health.js";
import type { Log } from "../log/log.js";
import { describeCollector } from "../measure/collector-metrics.js";
import type { Metrics } from "../measure/metrics.js";
import { OutputMeters } from "../measure/outputs.js";
import { StatsKeeper } from "../measure/stats.js";
import type { Outputs } from "../outputs/main/outputs.js";
import type { DataDirectory } from "../shared/data-directory.js";
import type { StreamHub } from "../stream/hub.js";
import type { FrameState } from "./frame-state.js";
import type { Processing } from "./processing.js";
import type { Receiving } from "./receiving.js";
import type { Part } from "./running-parts.js";
import type { Storing } from "./storing.js";

export interface MeasuringOptions {
  readonly data: DataDirectory;
  readonly metrics: Metrics;
  readonly frames: FrameState;
  readonly storing: Storing;
  readonly processing: Processing;
  readonly receiving: Receiving;
  readonly hub: StreamHub;
  readonly outputs: Outputs;
  readonly events: Log["counts"];
}

/** What the collector tells of itself: metrics, statistics, readiness. */
export class Measuring implements Part {
  readonly health: CollectorHealth;
  readonly #stats: StatsKeeper;

  constructor(options: MeasuringOptions) {
    const { data, metrics, frames, storing, processing, receiving, hub, outputs, events } = options;
    const { accounting } = frames;
    const outputMeters = new OutputMeters(() => outputs.status());
    const stats = new StatsKeeper(accounting, receiving.inputs, outputMeters);
    describeCollector(metrics, {
      accounting,
      inputs: receiving.inputs,
      outputs: outputMeters,
      verdicts: processing.verdicts,
      queues: { store: () => storing.committer.length, files: () => processing.verifier.queued },
      stream: hub,
      isReady: () => storing.problems().length === 0,
      events,
      data,
    });
    this.#stats = stats;
    this.health = {
      accounting,
      stats: () => stats.stats(),
      metrics: {
        contentType: metrics.contentType,
        text: async () => {
          await outputMeters.refresh();
          return metrics.text();
        },
      },
      problems: () => storing.problems(),
      warnings: () => [...storing.rollup.warnings(), ...outputMeters.warnings()],
    };
  }

  stop(): void {
    this.#stats.stop();
  }
}
