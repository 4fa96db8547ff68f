import { createSocket } from "node:dgram";
import { once } from "node:events";
import { decodeDatagram } from "../../../wire/index.js";
import { senderOf } from "../../limits/sender.js";
import type { SenderRates } from "../../limits/sender-rates.js";
import { RECEIVE_BUFFER_BYTES, type UdpListener } from "../protocol.js";
import type { Batcher } from "./batcher.js";
import type { Receiver } from "./receiver.js";

/** Datagrams → frames → batcher. A datagram carries one frame. */
export async function receiveUdp(listener: UdpListener, batcher: Batcher, rates?: SenderRates): Promise<Receiver> {
  const isIpv6 = listener.host.includes(":");
  const socket = createSocket({ type: isIpv6 ? "udp6" : "udp4", recvBufferSize: RECEIVE_BUFFER_BYTES });
  // An IPv4 address is its own sender; skipping the call matters here.
  const sender = isIpv6 ? senderOf : (address: string) => address;
  let datagrams = 0;
  socket.on("message", (datagram, { address }) => {
    datagrams++;
    if (rates !== undefined && !rates.take(sender(address))) {
      batcher.drop("rate-limited");
      return;
    }
    const frame = decodeDatagram(datagram);
    if (typeof frame === "string") batcher.reject(frame);
    else if (!batcher.offer(frame)) batcher.drop("overload");
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
