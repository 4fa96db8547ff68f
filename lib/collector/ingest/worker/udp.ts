import { createSocket } from "node:dgram";
import { once } from "node:events";
import { decodeDatagram } from "../../../wire/index.js";
import { senderOf } from "../../limits/sender.js";
import type { SenderRates } from "../../limits/sender-rates.js";
import { type Listener, type OpenListener, RECEIVE_BUFFER } from "../protocol.js";
import type { Batcher } from "./batcher.js";

/** Something that takes frames in and can be stopped; every transport gives this. */
export interface Receiver {
  readonly address: OpenListener;
  /** Grows with everything that arrives; steady means that nothing is left in the kernel's buffers. */
  readonly activity: () => number;
  readonly close: () => Promise<void>;
}

/** One frame a datagram. */
export async function receiveUdp(
  listener: Extract<Listener, { transport: "udp" | "tcp" }>,
  batcher: Batcher,
  rates?: SenderRates,
): Promise<Receiver> {
  const socket = createSocket({
    type: listener.host.includes(":") ? "udp6" : "udp4",
    recvBufferSize: RECEIVE_BUFFER,
  });
  // Nothing to tidy up on a socket that only has IPv4, and one call less for each datagram.
  const whose = listener.host.includes(":") ? senderOf : (address: string) => address;
  let datagrams = 0;
  socket.on("message", (datagram, { address }) => {
    datagrams++;
    if (rates !== undefined && !rates.take(whose(address))) {
      batcher.drop("rate-limited");
      return;
    }
    const frame = decodeDatagram(datagram);
    if (typeof frame === "string") batcher.reject(frame);
    else if (!batcher.offer(frame)) batcher.drop("overload");
  });
  socket.bind(listener.port, listener.host);
  await once(socket, "listening");
  // What the kernel reports of a socket later (an ICMP answer to nobody) is no reason to stop receiving.
  socket.on("error", () => {});
  return {
    // The kernel tells twice what it gives: the other half is for its own bookkeeping (socket(7)).
    address: { ...listener, port: socket.address().port, receiveBuffer: socket.getRecvBufferSize() / 2 },
    activity: () => datagrams,
    close: () => new Promise((resolve) => socket.close(resolve)),
  };
}
