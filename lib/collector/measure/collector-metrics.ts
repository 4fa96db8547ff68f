import { statfsSync, statSync } from "node:fs";
import packageFile from "../../../package.json" with { type: "json" };
import { VIOLATIONS } from "../../wire/index.js";
import { type Accounting, DROP_REASONS } from "../frames/ledger.js";
import type { DataDirectory } from "../shared/data-directory.js";
import type { InputMeter, VerdictMeter } from "./meters.js";
import type { MetricDescription, Metrics, Reading } from "./metrics.js";
import { isWaiting, type OutputMeters, type OutputStatus } from "./output-meters.js";

/*
 * All metrics of the collector. docs/reference/metrics.md is generated from these tables.
 */

/** Where the values are read. */
export interface MetricSources {
  readonly accounting: () => Accounting;
  readonly inputs: readonly InputMeter[];
  readonly verdicts: VerdictMeter;
  /** Lengths of queues. */
  readonly queues: Readonly<Record<string, () => number>>;
  readonly outputs: OutputMeters;
  readonly stream: { readonly size: number; readonly sent: number; readonly lost: number };
  readonly isReady: () => boolean;
  /** Number of log events by name. */
  readonly events: ReadonlyMap<string, number>;
  readonly data: DataDirectory;
}

interface CollectorMetric extends MetricDescription {
  readonly type: "counter" | "gauge";
  readonly read: (sources: MetricSources) => Reading;
}

const INPUT = ["transport", "address"];
const OUTPUT = ["output", "kind"];

const byInput = ({ inputs }: MetricSources, read: (input: InputMeter) => number): Reading =>
  inputs.map((input) => [read(input), { transport: input.transport, address: input.address }]);
const byOutput = ({ outputs }: MetricSources, read: (status: OutputStatus) => number): Reading =>
  outputs.statuses.map((status) => [read(status), { output: status.name, kind: status.kind }]);
const byLabel = (label: string, values: Iterable<readonly [string, number]>): Reading =>
  Array.from(values, ([name, value]) => [value, { [label]: name }] as const);
/** Every reason is present from the start: Prometheus sees no increase when a series begins with 1. */
const byReason = (reasons: readonly string[], counts: Record<string, number>): Reading =>
  reasons.map((reason) => [counts[reason] ?? 0, { reason }]);
const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** Metrics that are read when Prometheus asks. */
export const METRICS: readonly CollectorMetric[] = [
  {
    type: "gauge",
    name: "build_info",
    help: "Always 1; the release is a label.",
    labels: ["version"],
    read: () => [[1, { version: packageFile.version }]],
  },
  {
    type: "gauge",
    name: "ready",
    help: "1 while the collector is ready, as /readyz reports it.",
    read: ({ isReady }) => (isReady() ? 1 : 0),
  },
  {
    type: "counter",
    name: "frames_received_total",
    help: "Frames received.",
    read: ({ accounting }) => accounting().received,
  },
  {
    type: "counter",
    name: "frames_stored_total",
    help: "Frames committed to disk.",
    read: ({ accounting }) => accounting().stored,
  },
  {
    type: "counter",
    name: "frames_duplicate_total",
    help: "Duplicate frames.",
    read: ({ accounting }) => accounting().duplicate,
  },
  {
    type: "counter",
    name: "frames_rejected_total",
    help: "Invalid frames.",
    labels: ["reason"],
    read: ({ accounting }) => byReason(VIOLATIONS, accounting().rejected),
  },
  {
    type: "counter",
    name: "frames_dropped_total",
    help: "Valid frames that were not stored.",
    labels: ["reason"],
    read: ({ accounting }) => byReason(DROP_REASONS, accounting().dropped),
  },
  {
    type: "gauge",
    name: "frames_pending",
    help: "Frames in flight between reception and store.",
    read: ({ accounting }) => accounting().pending,
  },
  {
    type: "counter",
    name: "kernel_dropped_datagrams_total",
    help: "Datagrams that the kernel dropped because a receive buffer was full.",
    read: ({ accounting }) => accounting().kernelDropped,
  },
  {
    type: "counter",
    name: "input_frames_total",
    help: "Frames received, by input.",
    labels: INPUT,
    read: (sources) => byInput(sources, ({ frames }) => frames),
  },
  {
    type: "counter",
    name: "input_bytes_total",
    help: "Bytes of the frames received, by input.",
    labels: INPUT,
    read: (sources) => byInput(sources, ({ bytes }) => bytes),
  },
  {
    type: "counter",
    name: "objects_total",
    help: "Objects in process starts, by verdict.",
    labels: ["verdict"],
    read: ({ verdicts }) => byLabel("verdict", Object.entries(verdicts.totals())),
  },
  {
    type: "counter",
    name: "conflicts_total",
    help: "Signatures found on two builds with the same file name.",
    read: ({ verdicts }) => verdicts.conflicts,
  },
  {
    type: "gauge",
    name: "queue_length",
    help: "Length of an internal queue: records that wait for the store, files that wait for an examination.",
    labels: ["queue"],
    read: ({ queues }) =>
      byLabel(
        "queue",
        Object.entries(queues).map(([queue, length]) => [queue, length()]),
      ),
  },
  {
    type: "counter",
    name: "output_documents_total",
    help: "Documents delivered, including duplicates.",
    labels: OUTPUT,
    read: (sources) => byOutput(sources, ({ documents }) => documents),
  },
  {
    type: "counter",
    name: "output_refused_documents_total",
    help: "Documents that the receiver refused for good.",
    labels: OUTPUT,
    read: (sources) => byOutput(sources, ({ refused }) => refused),
  },
  {
    type: "counter",
    name: "output_failures_total",
    help: "Failed deliveries.",
    labels: OUTPUT,
    read: (sources) => byOutput(sources, ({ failures }) => failures),
  },
  {
    type: "gauge",
    name: "output_waiting",
    help: "1 from a failed delivery until the next successful one.",
    labels: OUTPUT,
    read: (sources) => byOutput(sources, (status) => (isWaiting(status) ? 1 : 0)),
  },
  {
    type: "gauge",
    name: "output_lag_events",
    help: "Stored events that are not delivered yet.",
    labels: OUTPUT,
    read: (sources) => byOutput(sources, ({ lag }) => lag.events),
  },
  {
    type: "gauge",
    name: "output_lag_seconds",
    help: "Age of the oldest event that is not delivered yet.",
    labels: OUTPUT,
    read: (sources) => byOutput(sources, ({ lag }) => lag.seconds),
  },
  {
    type: "gauge",
    name: "output_delivery_seconds",
    help: "Median time of the last deliveries.",
    labels: OUTPUT,
    read: (sources) => byOutput(sources, ({ durations }) => (durations.median ?? 0) / 1000),
  },
  {
    type: "gauge",
    name: "stream_subscribers",
    help: "Connections to the live stream.",
    read: ({ stream }) => stream.size,
  },
  {
    type: "counter",
    name: "stream_messages_total",
    help: "Messages sent to subscribers.",
    read: ({ stream }) => stream.sent,
  },
  {
    type: "counter",
    name: "stream_lost_messages_total",
    help: "Messages not sent because a subscriber was too slow.",
    read: ({ stream }) => stream.lost,
  },
  {
    type: "gauge",
    name: "store_bytes",
    help: "Size of the files of the store.",
    labels: ["file"],
    read: ({ data }) =>
      byLabel("file", [
        ["database", sizeOf(data.store)],
        ["log", sizeOf(`${data.store}.wal`)],
      ]),
  },
  {
    type: "gauge",
    name: "data_free_bytes",
    help: "Free space on the file system of the data directory.",
    read: ({ data }) => {
      const { bavail, bsize } = statfsSync(data.path);
      return bavail * bsize;
    },
  },
  {
    type: "counter",
    name: "log_events_total",
    help: "Log events by name, including those that the log throttles.",
    labels: ["event"],
    read: ({ events }) => byLabel("event", events),
  },
];

/** Metrics whose values are observed one by one. */
export const HISTOGRAMS = {
  commitDuration: {
    name: "commit_duration_seconds",
    help: "Time to commit a batch to disk.",
  },
  storingDuration: {
    name: "storing_duration_seconds",
    help: "Time from reception to disk, of a sample of the frames.",
    labels: ["transport"],
  },
} as const satisfies Record<string, MetricDescription>;

export function registerMetrics(metrics: Metrics, sources: MetricSources): void {
  for (const { type, read, ...description } of METRICS) metrics.register(type, description, () => read(sources));
}
