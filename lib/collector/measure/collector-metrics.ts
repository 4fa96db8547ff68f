import { statfsSync, statSync } from "node:fs";
import packageFile from "../../../package.json" with { type: "json" };
import { type AgentRun, SILENT_AFTER_MS } from "../frames/agent-run.js";
import { type Accounting, DROP_REASONS, REJECT_REASONS } from "../frames/ledger.js";
import type { DataDirectory } from "../shared/data-directory.js";
import type { InputMeter, VerdictMeter } from "./meters.js";
import type { MetricDescription, Metrics, Reading } from "./metrics.js";
import { isWaiting, type OutputMeters, type OutputStatus } from "./output-meters.js";

/* All metrics of the collector. docs/reference/metrics.md is generated from these tables. */

/** Where the values come from. */
export interface MetricSources {
  readonly accounting: () => Accounting;
  readonly inputs: readonly InputMeter[];
  /** Number of connected agents, and the last run of each that is known. */
  readonly agents: { readonly connected: number; readonly status: { readonly runs: Iterable<AgentRun> } };
  readonly verdicts: VerdictMeter;
  readonly amendments: { readonly awaited: number; readonly stored: number };
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

type Read<V> = (sources: MetricSources) => V;
type Define = (name: string, help: string, read: Read<Reading>, labels?: readonly string[]) => CollectorMetric;

const define =
  (type: CollectorMetric["type"]): Define =>
  (name, help, read, labels = []) => ({ type, name, help, labels, read });
const counter = define("counter");
const gauge = define("gauge");

/** A metric with a value for each name of one label. */
const byLabel = (
  define: Define,
  label: string,
  name: string,
  help: string,
  read: Read<Iterable<readonly [string, number]>>,
) => define(name, help, (sources) => Array.from(read(sources), ([text, value]) => [value, { [label]: text }]), [label]);

const byInput = (define: Define, name: string, help: string, read: (input: InputMeter) => number) => {
  const labelled = (input: InputMeter) =>
    [read(input), { transport: input.transport, address: input.address }] as const;
  return define(name, help, ({ inputs }) => inputs.map(labelled), ["transport", "address"]);
};

const byOutput = (define: Define, name: string, help: string, read: (status: OutputStatus) => number) => {
  const labelled = (status: OutputStatus) => [read(status), { output: status.name, kind: status.kind }] as const;
  return define(name, help, ({ outputs }) => outputs.statuses.map(labelled), ["output", "kind"]);
};

const byNode = (define: Define, name: string, help: string, read: (run: AgentRun) => number) =>
  define(name, help, ({ agents }) => Array.from(agents.status.runs, (run) => [read(run), { node: run.node }]), [
    "node",
  ]);

/** Every reason is present from the start: Prometheus sees no increase when a series begins with 1. */
const withZeros = (reasons: readonly string[], counts: Record<string, number>) =>
  reasons.map((reason) => [reason, counts[reason] ?? 0] as const);
const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** Metrics that are read when Prometheus asks. */
export const METRICS: readonly CollectorMetric[] = [
  gauge("build_info", "Always 1; the release is a label.", () => [[1, { version: packageFile.version }]], ["version"]),
  gauge("ready", "1 while the collector is ready, as /readyz reports it.", ({ isReady }) => (isReady() ? 1 : 0)),
  counter("frames_received_total", "Frames received.", ({ accounting }) => accounting().received),
  counter("frames_stored_total", "Frames committed to disk.", ({ accounting }) => accounting().stored),
  counter("frames_duplicate_total", "Duplicate frames.", ({ accounting }) => accounting().duplicate),
  byLabel(counter, "reason", "frames_rejected_total", "Invalid frames.", ({ accounting }) =>
    withZeros(REJECT_REASONS, accounting().rejected),
  ),
  byLabel(counter, "reason", "frames_dropped_total", "Valid frames that were not stored.", ({ accounting }) =>
    withZeros(DROP_REASONS, accounting().dropped),
  ),
  gauge("frames_pending", "Frames in flight between reception and store.", ({ accounting }) => accounting().pending),
  gauge(
    "records_awaiting_verdicts",
    "Records in the store whose verdicts are still to come, as an amendment.",
    ({ amendments }) => amendments.awaited,
  ),
  counter(
    "amendments_total",
    "Amendments stored: verdicts that came after their record.",
    ({ amendments }) => amendments.stored,
  ),
  counter(
    "kernel_dropped_datagrams_total",
    "Datagrams that the kernel dropped because a receive buffer was full.",
    ({ accounting }) => accounting().kernelDropped,
  ),
  byInput(counter, "input_frames_total", "Frames received, by input.", ({ frames }) => frames),
  byInput(counter, "input_bytes_total", "Bytes of the frames received, by input.", ({ bytes }) => bytes),
  byInput(
    counter,
    "input_connections_displaced_total",
    "Connections that were closed because places ran out, by input.",
    ({ displaced }) => displaced,
  ),
  gauge("agents_connected", "Nodes whose agent is connected.", ({ agents }) => agents.connected),
  gauge(
    "agents_silent",
    "Nodes whose agent gave no sign of life for 30 seconds, of those that ever gave one.",
    ({ agents }) =>
      Array.from(agents.status.runs).filter(({ lastSeen }) => Date.now() - lastSeen > SILENT_AFTER_MS).length,
  ),
  byNode(
    gauge,
    "agent_last_heartbeat_timestamp_seconds",
    "Last sign of life of the agent of a node, in seconds since the epoch.",
    ({ lastSeen }) => lastSeen / 1000,
  ),
  byNode(
    gauge,
    "agent_spooled_records",
    "Records that the agent of a node had not delivered at its last sign of life.",
    ({ spooledRecords }) => spooledRecords,
  ),
  counter(
    "agent_lost_total",
    "What the agent of a node has lost since it was started, by reason; reasons without a loss are absent.",
    ({ agents }) =>
      Array.from(agents.status.runs).flatMap(({ node, lost }) =>
        Object.entries(lost).flatMap(([reason, count]) => (count === 0 ? [] : [[count, { node, reason }] as const])),
      ),
    ["node", "reason"],
  ),
  byLabel(counter, "verdict", "objects_total", "Objects in process starts, by verdict.", ({ verdicts }) =>
    Object.entries(verdicts.totals()),
  ),
  counter(
    "conflicts_total",
    "Signatures found on two builds with the same file name.",
    ({ verdicts }) => verdicts.conflicts,
  ),
  byLabel(
    gauge,
    "queue",
    "queue_length",
    "Length of an internal queue: records that wait for the store, files that wait for an examination.",
    ({ queues }) => Object.entries(queues).map(([queue, length]) => [queue, length()]),
  ),
  byOutput(counter, "output_documents_total", "Documents delivered, including duplicates.", (s) => s.documents),
  byOutput(
    counter,
    "output_refused_documents_total",
    "Documents that the receiver refused for good.",
    (s) => s.refused,
  ),
  byOutput(counter, "output_failures_total", "Failed deliveries.", (s) => s.failures),
  byOutput(gauge, "output_waiting", "1 from a failed delivery until the next successful one.", (s) =>
    isWaiting(s) ? 1 : 0,
  ),
  byOutput(gauge, "output_lag_events", "Stored events that are not delivered yet.", (s) => s.lag.events),
  byOutput(gauge, "output_lag_seconds", "Age of the oldest event that is not delivered yet.", (s) => s.lag.seconds),
  byOutput(
    gauge,
    "output_delivery_seconds",
    "Median time of the last deliveries.",
    (s) => (s.durations.median ?? 0) / 1000,
  ),
  gauge("stream_subscribers", "Connections to the live stream.", ({ stream }) => stream.size),
  counter("stream_messages_total", "Messages sent to subscribers.", ({ stream }) => stream.sent),
  counter(
    "stream_lost_messages_total",
    "Messages not sent because a subscriber was too slow.",
    ({ stream }) => stream.lost,
  ),
  byLabel(gauge, "file", "store_bytes", "Size of the files of the store.", ({ data }) => [
    ["database", sizeOf(data.store)],
    ["log", sizeOf(`${data.store}.wal`)],
  ]),
  gauge("data_free_bytes", "Free space on the file system of the data directory.", ({ data }) => {
    const { bavail, bsize } = statfsSync(data.path);
    return bavail * bsize;
  }),
  byLabel(
    counter,
    "event",
    "log_events_total",
    "Log events by name, including those that the log throttles.",
    ({ events }) => events,
  ),
];

/** Metrics whose values are observed one by one. */
export const HISTOGRAMS = {
  commitDuration: { name: "commit_duration_seconds", help: "Time to commit a batch to disk." },
  storingDuration: {
    name: "storing_duration_seconds",
    help: "Time from reception to disk, of a sample of the frames.",
    labels: ["transport"],
  },
} as const satisfies Record<string, MetricDescription>;

export function registerMetrics(metrics: Metrics, sources: MetricSources): void {
  for (const { type, read, ...description } of METRICS) metrics.register(type, description, () => read(sources));
}
