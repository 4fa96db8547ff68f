import { createServer } from "node:net";
import type { SenderRates } from "../../limits/sender-rates.js";
import type { StreamListener } from "../protocol.js";
import type { Batcher } from "./batcher.js";
import { CONNECTION_LIMITS, type ConnectionLimits, Connections } from "./connections.js";
import { listen } from "./listen.js";
import type { Receiver } from "./receiver.js";

/** TCP and unix streams → frames → batcher. A stream carries the same frames as UDP, back to back. */
export async function receiveStreams(
  listener: StreamListener,
  batcher: Batcher,
  rates?: SenderRates,
  limits: ConnectionLimits = CONNECTION_LIMITS,
): Promise<Receiver> {
  const connections = new Connections(batcher, rates, limits);
  const server = createServer((socket) => connections.accept(socket));
  const address = await listen(server, listener);
  // For example EMFILE at accept: the sender tries again, and open connections go on.
  server.on("error", () => {});
  return {
    address: { ...address, receiveBuffer: 0 },
    received: () => connections.receivedBytes,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        connections.close();
      }),
  };
}
