import type { OptionsSchema } from "../schema.js";
import { STREAM_OPTIONS, type StreamAddress, StreamConnection } from "./connection.js";
import type { Sink } from "./sink.js";

export type JsonLinesOptions = StreamAddress;

export const jsonLinesSchema: OptionsSchema = {
  type: "object",
  properties: {
    address: {
      description: "tcp://HOST:PORT or tls://HOST:PORT",
      type: "string",
      pattern: "^(tcp|tls)://(\\[[0-9a-fA-F:.]+\\]|[A-Za-z0-9._-]+):[0-9]{1,5}$",
      format: "uri",
    },
    ...STREAM_OPTIONS,
  },
  required: ["address"],
};

/** One document a line, on a stream. */
export function jsonLinesSink(options: JsonLinesOptions): Sink {
  const connection = new StreamConnection(options);
  return {
    deliver: (documents, signal) => connection.write(documents.map(({ text }) => `${text}\n`).join(""), signal),
    ...(options.confirm === "close" && { confirm: (signal: AbortSignal) => connection.finish(signal) }),
    close: async () => connection.close(),
  };
}
