import type { Accounting } from "../ledger.js";

/** Frame counts in Prometheus' text format (exposition format 0.0.4). */
export function metricsText(counts: Accounting, gauges: Record<string, [help: string, value: number]>): string {
  const byReason = (kind: string, reasons: Record<string, number>) =>
    Object.entries(reasons).map(([reason, count]) => `ogrt_frames_${kind}_total{reason="${reason}"} ${count}`);
  const counter = (name: string, help: string, lines: string[]) => [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} counter`,
    ...lines,
  ];
  const lines = [
    ...counter("ogrt_frames_received_total", "Frames that arrived.", [`ogrt_frames_received_total ${counts.received}`]),
    ...counter("ogrt_frames_stored_total", "Frames on disk.", [`ogrt_frames_stored_total ${counts.stored}`]),
    ...counter("ogrt_frames_duplicate_total", "Repeats of frames.", [
      `ogrt_frames_duplicate_total ${counts.duplicate}`,
    ]),
    ...counter("ogrt_frames_rejected_total", "Frames that make no sense.", byReason("rejected", counts.rejected)),
    ...counter("ogrt_frames_dropped_total", "Frames that could not be kept.", byReason("dropped", counts.dropped)),
    ...counter("ogrt_kernel_dropped_datagrams_total", "Datagrams lost in full receive buffers.", [
      `ogrt_kernel_dropped_datagrams_total ${counts.kernelDropped}`,
    ]),
  ];
  const all = { frames_pending: ["Frames under way.", counts.pending] as [string, number], ...gauges };
  for (const [name, [help, value]] of Object.entries(all)) {
    lines.push(`# HELP ogrt_${name} ${help}`, `# TYPE ogrt_${name} gauge`, `ogrt_${name} ${value}`);
  }
  return `${lines.join("\n")}\n`;
}
