import type { OutputConfig, OutputKind, OutputOptions } from "../../config/outputs/outputs.js";
import { elasticsearchSink } from "./elasticsearch/sink.js";
import { jsonFilesSink } from "./json-files/sink.js";
import { jsonLinesSink } from "./json-lines.js";
import type { Sink, SinkContext } from "./sink.js";
import { syslogSink } from "./syslog/sink.js";

/** The sink of each kind of output. lib/collector/config/outputs/outputs.ts lists their options. */
const SINKS: { readonly [K in OutputKind]: (options: OutputOptions<K>, context: SinkContext) => Sink } = {
  "json-files": jsonFilesSink,
  "json-lines": jsonLinesSink,
  elasticsearch: elasticsearchSink,
  syslog: syslogSink,
  /** Discards everything, to measure what comes before it. */
  null: () => ({ deliver: async () => {}, close: async () => {} }),
};

export function openSink({ kind, options }: OutputConfig, context: SinkContext): Sink {
  const open = SINKS[kind] as (options: unknown, context: SinkContext) => Sink;
  return open(options, context);
}
