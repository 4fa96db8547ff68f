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

const metric =
  (type: CollectorMetric["type"]) =>
  (name: string, help: string, read: CollectorMetric["read"], labels: readonly string[] = []): CollectorMetric => ({
    type,
    name,
    help,
    labels,
    read,
  });
const counter = metric("counter");
const gauge = metric("gauge");

/** Metrics that are read when Prometheus asks. */
export const METRICS: readonly CollectorMetric[] = [
  gauge("build_info", "Always 1; the release is a label.", () => [[1, { version: packageFile.version }]], ["version"]),
  gauge("ready", "1 while the collector is ready, as /readyz reports it.", ({ isReady }) => (isReady() ? 1 : 0)),
  counter("frames_received_total", "Frames received.", ({ accounting }) => accounting().received),
  counter("frames_stored_total", "Frames committed to disk.", ({ accounting }) => accounting().stored),
  counter("frames_duplicate_total", "Duplicate frames.", ({ accounting }) => accounting().duplicate),
  counter("frames_rejected_total", "Invalid frames.", ({ accounting }) => byReason(VIOLATIONS, accounting().rejected), [
    "reason",
  ]),
  counter(
    "frames_dropped_total",
    "Valid frames that were not stored.",
    ({ accounting }) => byReason(DROP_REASONS, accounting().dropped),
    ["reason"],
  ),
  gauge("frames_pending", "Frames in flight between reception and store.", ({ accounting }) => accounting().pending),
  counter(
    "kernel_dropped_datagrams_total",
    "Datagrams that the kernel dropped because a receive buffer was full.",
    ({ accounting }) => accounting().kernelDropped,
  ),
  counter(
    "input_frames_total",
    "Frames received, by input.",
    (sources) => byInput(sources, ({ frames }) => frames),
    INPUT,
  ),
  counter(
    "input_bytes_total",
    "Bytes of the frames received, by input.",
    (sources) => byInput(sources, ({ bytes }) => bytes),
    INPUT,
  ),
  counter(
    "objects_total",
    "Objects in process starts, by verdict.",
    ({ verdicts }) => byLabel("verdict", Object.entries(verdicts.totals())),
    ["verdict"],
  ),
  counter(
    "conflicts_total",
    "Signatures found on two builds with the same file name.",
    ({ verdicts }) => verdicts.conflicts,
  ),
  gauge(
    "queue_length",
    "Length of an internal queue: records that wait for the store, files that wait for an examination.",
    ({ queues }) =>
      byLabel(
        "queue",
        Object.entries(queues).map(([queue, length]) => [queue, length()]),
      ),
    ["queue"],
  ),
  counter(
    "output_documents_total",
    "Documents delivered, including duplicates.",
    (sources) => byOutput(sources, ({ documents }) => documents),
    OUTPUT,
  ),
  counter(
    "output_refused_documents_total",
    "Documents that the receiver refused for good.",
    (sources) => byOutput(sources, ({ refused }) => refused),
    OUTPUT,
  ),
  counter(
    "output_failures_total",
    "Failed deliveries.",
    (sources) => byOutput(sources, ({ failures }) => failures),
    OUTPUT,
  ),
  gauge(
    "output_waiting",
    "1 from a failed delivery until the next successful one.",
    (sources) => byOutput(sources, (status) => (isWaiting(status) ? 1 : 0)),
    OUTPUT,
  ),
  gauge(
    "output_lag_events",
    "Stored events that are not delivered yet.",
    (sources) => byOutput(sources, ({ lag }) => lag.events),
    OUTPUT,
  ),
  gauge(
    "output_lag_seconds",
    "Age of the oldest event that is not delivered yet.",
    (sources) => byOutput(sources, ({ lag }) => lag.seconds),
    OUTPUT,
  ),
  gauge(
    "output_delivery_seconds",
    "Median time of the last deliveries.",
    (sources) => byOutput(sources, ({ durations }) => (durations.median ?? 0) / 1000),
    OUTPUT,
  ),
  gauge("stream_subscribers", "Connections to the live stream.", ({ stream }) => stream.size),
  counter("stream_messages_total", "Messages sent to subscribers.", ({ stream }) => stream.sent),
  counter(
    "stream_lost_messages_total",
    "Messages not sent because a subscriber was too slow.",
    ({ stream }) => stream.lost,
  ),
  gauge(
    "store_bytes",
    "Size of the files of the store.",
    ({ data }) =>
      byLabel("file", [
        ["database", sizeOf(data.store)],
        ["log", sizeOf(`${data.store}.wal`)],
      ]),
    ["file"],
  ),
  gauge("data_free_bytes", "Free space on the file system of the data directory.", ({ data }) => {
    const { bavail, bsize } = statfsSync(data.path);
    return bavail * bsize;
  }),
  counter(
    "log_events_total",
    "Log events by name, including those that the log throttles.",
    ({ events }) => byLabel("event", events),
    ["event"],
  ),
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
