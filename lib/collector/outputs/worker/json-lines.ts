import type { StreamOptions } from "../../config/outputs/stream.js";
import { StreamConnection } from "./connection.js";
import type { Sink } from "./sink.js";

/** One document per line, on a stream. */
export function jsonLinesSink(options: StreamOptions): Sink {
  const connection = new StreamConnection(options);
  return {
    deliver: (documents, signal) => connection.write(documents.map(({ text }) => `${text}\n`).join(""), signal),
    ...(options.confirm === "close" && { confirm: (signal: AbortSignal) => connection.finish(signal) }),
    close: async () => connection.close(),
  };
}
