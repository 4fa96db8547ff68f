import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { expect, it } from "vitest";
import { sharedCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { expectServed, webSocket } from "./attack.js";
import { BINARY, CLOSE, FIN, frame, PING, TEXT, upgraded } from "./websocket-frames.js";

const folder = temporaryFolder();
const shared = sharedCollector(join(folder, "shared"));

it("a violation of RFC 6455 ends its own connection only", async () => {
  const collector = shared();
  const bomb = deflateRawSync(Buffer.alloc(50_000_000));
  const shapes: Record<string, Buffer> = {
    "no mask": frame(FIN | BINARY, Buffer.from("hello"), { masked: false }),
    "a reserved bit (compressed)": frame(FIN | 0x40 | BINARY, bomb),
    "an unknown opcode": frame(FIN | 3, Buffer.from("x")),
    "a message in the middle of another": Buffer.concat([
      frame(BINARY, Buffer.from("x")),
      frame(FIN | BINARY, Buffer.from("x")),
    ]),
    "a fragment of nothing": frame(FIN | 0, Buffer.from("x")),
    "a fragmented ping": frame(PING, Buffer.from("x")),
    "a ping of 126 bytes": frame(FIN | PING, Buffer.alloc(126)),
    "a length of 2^62": Buffer.from("82ff4000000000000000", "hex"),
    "a length of 1 GB": frame(FIN | BINARY, Buffer.alloc(0), { announced: 2 ** 30 }),
    "text that is not UTF-8": frame(FIN | TEXT, Buffer.from([0xff, 0xfe])),
    "an invalid close code": frame(FIN | CLOSE, Buffer.from([0, 0])),
    "a close reason that is not UTF-8": frame(FIN | CLOSE, Buffer.from([3, 232, 0xff])),
    noise: randomBytes(4096),
  };
  for (const path of ["/stream", "/ingest"]) {
    for (const shape of Object.values(shapes)) {
      const peer = await upgraded(collector, path);
      peer.socket.write(shape);
      await peer.closed();
    }
  }
  await expectServed(collector);
});

it("a message to the stream closes the connection", async () => {
  const collector = shared();
  const { socket } = await webSocket(collector, "/stream");
  socket.send("hello");
  expect((await once(socket, "close"))[0]).toBe(1003);
  await expectServed(collector);
});
