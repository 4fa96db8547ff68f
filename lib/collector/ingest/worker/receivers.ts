import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";
import { decodeDatagram } from "../../../wire/index.js";
import { senderOf } from "../../limits/sender.js";
import type { Senders } from "../../limits/senders.js";
import { type OpenListener, RECEIVE_BUFFER_BYTES, type StreamListener, type UdpListener } from "../protocol.js";
import type { Batcher } from "./batcher.js";
import { CONNECTION_LIMITS, type ConnectionLimits, Connections } from "./connections.js";
import { listen } from "./listen.js";

/** An open socket that receives frames. */
export interface Receiver {
  readonly address: OpenListener;
  /** Datagrams or bytes received so far. While the count does not change, the kernel's buffers are empty. */
  readonly received: () => number;
  readonly close: () => Promise<void>;
}

/** Datagrams → frames → batcher. A datagram carries one frame. */
export async function receiveUdp(listener: UdpListener, batcher: Batcher, senders: Senders): Promise<Receiver> {
  const isIpv6 = listener.host.includes(":");
  const socket = createSocket({ type: isIpv6 ? "udp6" : "udp4", recvBufferSize: RECEIVE_BUFFER_BYTES });
  // An IPv4 address is its own sender. This runs for every datagram, so it skips the call.
  const keyOf = isIpv6 ? senderOf : (address: string) => address;
  let datagrams = 0;
  socket.on("message", (datagram, { address }) => {
    datagrams++;
    const sender = senders.of(keyOf(address));
    if (sender.rate?.take() === false) {
      batcher.drop("rate-limited");
      return;
    }
    const frame = decodeDatagram(datagram);
    if (typeof frame === "string") batcher.reject(frame);
    else if (!batcher.offer(frame, sender)) batcher.drop("overload");
  });
  socket.bind(listener.port, listener.host);
  await once(socket, "listening");
  // Later errors, such as an ICMP message, do not stop reception.
  socket.on("error", () => {});
  return {
    // The kernel reports twice the size that it uses for data (socket(7)).
    address: { ...listener, port: socket.address().port, receiveBuffer: socket.getRecvBufferSize() / 2 },
    received: () => datagrams,
    close: () => new Promise((resolve) => socket.close(resolve)),
  };
}

/** TCP and unix streams → frames → batcher. A stream carries the same frames as UDP, back to back. */
export async function receiveStreams(
  listener: StreamListener,
  batcher: Batcher,
  senders: Senders,
  limits: ConnectionLimits = CONNECTION_LIMITS,
): Promise<Receiver> {
  const connections = new Connections(batcher, senders, limits);
  const server = createServer((socket) => connections.accept(socket));
  const address = await listen(server, listener);
  // After an error of accept, such as EMFILE, the sender tries again, and open connections go on.
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
