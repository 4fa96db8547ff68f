import { statfsSync, statSync } from "node:fs";
import packageFile from "../../../package.json" with { type: "json" };
import { VIOLATIONS } from "../../wire/index.js";
import { type Accounting, DROP_REASONS } from "../frames/ledger.js";
import type { DataDirectory } from "../shared/data-directory.js";
import type { InputMeter, VerdictMeter } from "./meters.js";
import type { Metrics, Reading } from "./metrics.js";
import type { OutputStatus } from "./outputs.js";
import { isWaiting, type OutputMeters } from "./outputs.js";

/** Where the numbers are read. */
export interface Measured {
  readonly accounting: () => Accounting;
  readonly inputs: readonly InputMeter[];
  readonly verdicts: VerdictMeter;
  /** Lengths of queues. */
  readonly queues: Readonly<Record<string, () => number>>;
  readonly outputs: OutputMeters;
  readonly stream: { readonly size: number; readonly sent: number; readonly lost: number };
  readonly isReady: () => boolean;
  /** How often each event was logged. */
  readonly events: ReadonlyMap<string, number>;
  readonly data: DataDirectory;
}

/** Registers what is counted in a collector. */
export function describeCollector(metrics: Metrics, measured: Measured): void {
  const { accounting, inputs, outputs, verdicts, queues, stream, data } = measured;
  // What has not happened yet is there as 0: Prometheus sees no growth from nothing to 1.
  const byReason = (known: readonly string[], reasons: Record<string, number>) =>
    byLabel(
      "reason",
      known.map((reason) => [reason, reasons[reason] ?? 0]),
    );
  const byInput = (read: (input: InputMeter) => number): Reading =>
    inputs.map((input) => [read(input), { transport: input.transport, address: input.address }]);
  const byOutput = (read: (status: OutputStatus) => number): Reading =>
    outputs.statuses.map((status) => [read(status), { output: status.name, kind: status.kind }]);

  metrics.gauge({ name: "build_info", help: "1; the release is a label.", labels: ["version"] }, () => [
    [1, { version: packageFile.version }],
  ]);
  metrics.gauge({ name: "ready", help: "1 when the collector is ready, as /readyz says." }, () =>
    measured.isReady() ? 1 : 0,
  );
  metrics.counter({ name: "frames_received_total", help: "Frames that arrived." }, () => accounting().received);
  metrics.counter({ name: "frames_stored_total", help: "Frames on disk." }, () => accounting().stored);
  metrics.counter({ name: "frames_duplicate_total", help: "Repeats of frames." }, () => accounting().duplicate);
  metrics.counter({ name: "frames_rejected_total", help: "Frames that make no sense.", labels: ["reason"] }, () =>
    byReason(VIOLATIONS, accounting().rejected),
  );
  metrics.counter({ name: "frames_dropped_total", help: "Frames that could not be kept.", labels: ["reason"] }, () =>
    byReason(DROP_REASONS, accounting().dropped),
  );
  metrics.gauge({ name: "frames_pending", help: "Frames under way." }, () => accounting().pending);
  metrics.counter(
    { name: "kernel_dropped_datagrams_total", help: "Datagrams lost in full receive buffers." },
    () => accounting().kernelDropped,
  );
  const ofInput = ["transport", "address"];
  metrics.counter({ name: "input_frames_total", help: "Frames by where they came in.", labels: ofInput }, () =>
    byInput(({ frames }) => frames),
  );
  metrics.counter({ name: "input_bytes_total", help: "Bytes of those frames.", labels: ofInput }, () =>
    byInput(({ bytes }) => bytes),
  );
  metrics.counter({ name: "objects_total", help: "Objects of started processes.", labels: ["verdict"] }, () =>
    byLabel("verdict", Object.entries(verdicts.totals())),
  );
  metrics.counter(
    { name: "conflicts_total", help: "Signatures found on two builds of one file name." },
    () => verdicts.conflicts,
  );
  metrics.gauge({ name: "queue_length", help: "What waits inside.", labels: ["queue"] }, () =>
    Object.entries(queues).map(([queue, length]) => [length(), { queue }]),
  );
  const ofOutput = ["output", "kind"];
  metrics.counter(
    { name: "output_documents_total", help: "Documents that were delivered; repeats count.", labels: ofOutput },
    () => byOutput(({ documents }) => documents),
  );
  metrics.counter(
    { name: "output_refused_documents_total", help: "Documents that the receiver refused for good.", labels: ofOutput },
    () => byOutput(({ refused }) => refused),
  );
  metrics.counter({ name: "output_failures_total", help: "Deliveries that failed.", labels: ofOutput }, () =>
    byOutput(({ failures }) => failures),
  );
  metrics.gauge({ name: "output_waiting", help: "1 after a failure, until the next success.", labels: ofOutput }, () =>
    byOutput((status) => (isWaiting(status) ? 1 : 0)),
  );
  metrics.gauge({ name: "output_lag_events", help: "Events that wait in the store.", labels: ofOutput }, () =>
    byOutput(({ lag }) => lag.events),
  );
  metrics.gauge({ name: "output_lag_seconds", help: "For how long the oldest of them waits.", labels: ofOutput }, () =>
    byOutput(({ lag }) => lag.seconds),
  );
  metrics.gauge(
    { name: "output_delivery_seconds", help: "Median time of the last deliveries.", labels: ofOutput },
    () => byOutput(({ durations }) => (durations.median ?? 0) / 1000),
  );
  metrics.gauge({ name: "stream_subscribers", help: "Connections to the live stream." }, () => stream.size);
  metrics.counter({ name: "stream_messages_total", help: "Messages to subscribers." }, () => stream.sent);
  metrics.counter(
    { name: "stream_lost_messages_total", help: "Messages that subscribers were too slow for." },
    () => stream.lost,
  );
  metrics.gauge({ name: "store_bytes", help: "Size of the store's files.", labels: ["file"] }, () => [
    [sizeOf(data.store), { file: "database" }],
    [sizeOf(`${data.store}.wal`), { file: "log" }],
  ]);
  metrics.gauge({ name: "data_free_bytes", help: "Room left on the data directory's file system." }, () => {
    const { bavail, bsize } = statfsSync(data.path);
    return bavail * bsize;
  });
  metrics.counter({ name: "log_events_total", help: "Events by name, logged or not.", labels: ["event"] }, () =>
    byLabel("event", measured.events),
  );
}

function byLabel(label: string, entries: Iterable<readonly [string, number]>): Reading {
  return Array.from(entries, ([value, count]) => [count, { [label]: value }] as const);
}

const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
