// A bare receiver: reads datagrams or streams and decodes them with protobufjs. Its rate is the ceiling for the collector.
import { createSocket } from "node:dgram";
import { createServer } from "node:net";
import { FrameReader } from "../../dist/wire.js";
import { ogrt } from "../../lib/wire/generated/ogrt.js";

let count = 0;
const decode = (payload) => {
  ogrt.ProcessStart.decode(payload);
  count++;
};
process.on("message", () => process.send({ count }));
if (process.argv[2] === "udp") {
  const socket = createSocket({ type: "udp4", recvBufferSize: 4 * 1024 * 1024 });
  socket.on("message", (datagram) => decode(datagram.subarray(8)));
  socket.bind(0, "127.0.0.1", () => process.send({ port: socket.address().port }));
} else {
  const server = createServer((socket) => {
    const reader = new FrameReader();
    socket.on("data", (bytes) => {
      reader.push(bytes);
      for (let frame = reader.next(); typeof frame === "object"; frame = reader.next()) decode(frame.payload);
    });
  });
  server.listen(0, "127.0.0.1", () => process.send({ port: server.address().port }));
}
