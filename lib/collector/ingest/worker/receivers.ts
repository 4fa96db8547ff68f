import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { decodeDatagram } from "../../../wire/index.js";
import { senderOf, unixSender } from "../../limits/sender.js";
import type { Senders } from "../../limits/senders.js";
import { listen } from "../../shared/listen.js";
import { type OpenListener, RECEIVE_BUFFER_BYTES, type StreamListener, type UdpListener } from "../protocol.js";
import type { Batcher } from "./batcher.js";
import { type ConnectionLimits, Connections } from "./connections.js";
import type { PeerUser } from "./peer-user.js";

/** An open socket that receives frames. */
export interface Receiver {
  readonly address: OpenListener;
  /** Datagrams or bytes received so far. While the count does not change, the kernel's buffers are empty. */
  readonly received: () => number;
  /** Connections that were closed because places ran out, since the last call. */
  readonly displaced: () => number;
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
    displaced: () => 0,
    close: () => new Promise((resolve) => socket.close(resolve)),
  };
}

/** TCP and unix streams → frames → batcher. A stream carries the same frames as UDP, back to back. */
export async function receiveStreams(
  listener: StreamListener,
  batcher: Batcher,
  senders: Senders,
  { peerUser, ...limits }: Partial<ConnectionLimits> & { readonly peerUser?: PeerUser | undefined } = {},
): Promise<Receiver> {
  const senderAt = (socket: Socket) => {
    const key = listener.transport === "tcp" ? keyOfAddress(socket) : unixSender(peerUser?.(socket));
    return key === undefined ? undefined : senders.of(key);
  };
  const connections = new Connections(batcher, senderAt, limits);
  const server = createServer((socket) => connections.accept(socket));
  const address = await listen(server, listener);
  // After an error of accept, such as EMFILE, the sender tries again, and open connections go on.
  server.on("error", () => {});
  return {
    address: { ...address, receiveBuffer: 0 },
    received: () => connections.receivedBytes,
    displaced: () => connections.takeDisplaced(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        connections.close();
      }),
  };
}

/** Undefined when the connection is closed already. */
function keyOfAddress({ remoteAddress }: Socket): string | undefined {
  return remoteAddress === undefined ? undefined : `tcp ${senderOf(remoteAddress)}`;
}
