import type { OptionFault, OptionsSchema } from "./schema.js";
import { streamFault } from "./worker/connection.js";
import {
  type ElasticsearchOptions,
  elasticsearchFault,
  elasticsearchSchema,
  elasticsearchSink,
} from "./worker/elasticsearch/sink.js";
import { type JsonFilesOptions, jsonFilesSchema, jsonFilesSink } from "./worker/json-files/sink.js";
import { type JsonLinesOptions, jsonLinesSchema, jsonLinesSink } from "./worker/json-lines.js";
import { nullSink } from "./worker/null.js";
import type { Sink, SinkContext } from "./worker/sink.js";
import { type SyslogOptions, syslogSchema, syslogSink } from "./worker/syslog/sink.js";

/*
 * The kinds of outputs, in one table: what options each has, and how it is opened.
 */

interface Kind<O> {
  /** One line for documentation. */
  readonly help: string;
  readonly options: OptionsSchema;
  /** What no option can know alone. */
  readonly fault?: (options: O) => OptionFault;
  readonly open: (options: O, context: SinkContext) => Sink;
}

/** Options by kind. They come from a file and were checked by the kind's schema. */
interface OptionsOf {
  "json-files": JsonFilesOptions;
  "json-lines": JsonLinesOptions;
  elasticsearch: ElasticsearchOptions;
  syslog: SyslogOptions;
  null: Record<never, never>;
}

export type OutputKind = keyof OptionsOf;

export const OUTPUT_KINDS: { readonly [K in OutputKind]: Kind<OptionsOf[K]> } = {
  "json-files": {
    help: "one file of JSON lines for each job",
    options: jsonFilesSchema,
    open: jsonFilesSink,
  },
  "json-lines": {
    help: "JSON lines over TCP, for Splunk, rsyslog, Logstash and their like",
    options: jsonLinesSchema,
    fault: streamFault,
    open: jsonLinesSink,
  },
  elasticsearch: {
    help: "a data stream of Elasticsearch or OpenSearch",
    options: elasticsearchSchema,
    fault: elasticsearchFault,
    open: elasticsearchSink,
  },
  syslog: {
    help: "one message of RFC 5424 for each event",
    options: syslogSchema,
    fault: streamFault,
    open: syslogSink,
  },
  null: {
    help: "nothing, for measuring",
    options: { type: "object", properties: {}, required: [] },
    open: nullSink,
  },
};

/** An output as it is configured. */
export type OutputConfig = {
  [K in OutputKind]: {
    readonly kind: K;
    /** Letters, digits, `_` and `-`. Its place in the store is kept under this name. */
    readonly name: string;
    /** Where an output begins that has no place yet. */
    readonly start: "now" | "beginning";
    readonly options: OptionsOf[K];
  };
}[OutputKind];

export function faultTogether(config: OutputConfig): OptionFault {
  const { fault } = OUTPUT_KINDS[config.kind] as Kind<OutputConfig["options"]>;
  return fault?.(config.options);
}

export function openSink(config: OutputConfig, context: SinkContext): Sink {
  const { open } = OUTPUT_KINDS[config.kind] as Kind<OutputConfig["options"]>;
  return open(config.options, context);
}
