import { hostname } from "node:os";
import type { SyslogOptions } from "../../../config/outputs/syslog.js";
import { StreamConnection } from "../connection.js";
import type { Document } from "../document.js";
import type { Sink } from "../sink.js";
import { DatagramSender } from "./datagrams.js";
import { syslogMessage } from "./message.js";

/** One message per document: with octet counting on streams (RFC 6587 section 3.4.1), or as a datagram. */
export function syslogSink(options: SyslogOptions): Sink {
  const { facility, enterprise, "message-bytes": maxBytes } = options;
  const hostName = hostname();
  const message = (document: Document) => syslogMessage(document, { facility, hostName, enterprise, maxBytes });

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
