import { hostname } from "node:os";
import type { OptionsSchema } from "../../schema.js";
import { STREAM_OPTIONS, type StreamAddress, StreamConnection } from "../connection.js";
import type { Document } from "../document.js";
import type { Sink } from "../sink.js";
import { DatagramSender } from "./datagrams.js";
import { FACILITIES, type Facility, syslogMessage } from "./message.js";

export interface SyslogOptions extends StreamAddress {
  readonly facility: Facility;
  readonly enterprise: number;
  readonly "message-bytes": number;
}

export const syslogSchema: OptionsSchema = {
  type: "object",
  properties: {
    address: {
      description: "tcp://HOST:PORT, tls://HOST:PORT, udp://HOST:PORT or unix:///PATH (a stream socket)",
      type: "string",
      pattern: "^(?:(?:tcp|tls|udp)://(?:\\[[0-9a-fA-F:.]+\\]|[A-Za-z0-9._-]+):[0-9]{1,5}|unix:///.+)$",
      format: "uri",
    },
    facility: {
      description: "the facility of all messages",
      type: "string",
      enum: Object.keys(FACILITIES),
      default: "local0",
    },
    enterprise: {
      description: "the site's Private Enterprise Number, in the name of the structured data",
      type: "integer",
      minimum: 1,
      maximum: 4_294_967_295,
      // For examples (RFC 5612).
      default: 32_473,
    },
    "message-bytes": {
      description: "bytes of the longest message; values are cut so that each fits",
      type: "integer",
      minimum: 480,
      maximum: 65_000,
      default: 2048,
    },
    ...STREAM_OPTIONS,
  },
  required: ["address"],
};

/** One message for each document: on streams with their length before them (RFC 6587 section 3.4.1), or as datagrams. */
export function syslogSink(options: SyslogOptions): Sink {
  const { facility, enterprise, "message-bytes": limit } = options;
  const hostName = hostname();
  const message = (document: Document) => syslogMessage(document, { facility, hostName, enterprise, limit });

  if (options.address.startsWith("udp:")) {
    const sender = new DatagramSender(options.address);
    return {
      deliver: (documents, signal) => sender.send(documents.map(message), signal),
      close: async () => sender.close(),
    };
  }
  const connection = new StreamConnection(options);
  return {
    deliver: (documents, signal) => {
      const frames = documents.map((document) => {
        const bytes = message(document);
        return Buffer.concat([Buffer.from(`${bytes.length} `), bytes]);
      });
      return connection.write(Buffer.concat(frames), signal);
    },
    ...(options.confirm === "close" && { confirm: (signal: AbortSignal) => connection.finish(signal) }),
    close: async () => connection.close(),
  };
}
