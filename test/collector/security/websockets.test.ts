import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { deflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { sumOf } from "../../../lib/shared/sum.js";
import { encodeFrame, encodeMessage } from "../../../lib/wire/index.js";
import { type RunningCollector, sharedCollector, startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { processStart } from "../../wire/samples.js";
import { expectServed, knock, Peer, residentBytes, webSocket } from "./attack.js";

const folder = temporaryFolder();
let stores = 0;
const start = (...options: string[]) => startCollector(join(folder, `data-${stores++}`), ...options);
const shared = sharedCollector(join(folder, "shared"));

/** A frame of RFC 6455 section 5.2, possibly invalid. */
function frame(first: number, payload: Buffer, { masked = true, announced = payload.length } = {}): Buffer {
  const length =
    announced < 126
      ? Buffer.from([announced])
      : announced < 65536
        ? Buffer.from([126, announced >> 8, announced & 0xff])
        : Buffer.concat([
            Buffer.from([127, 0, 0]),
            Buffer.from([announced / 2 ** 40, (announced / 2 ** 32) & 0xff]),
            u32(announced),
          ]);
  if (!masked) return Buffer.concat([Buffer.from([first]), length, payload]);
  length[0] = (length[0] ?? 0) | 0x80;
  return Buffer.concat([Buffer.from([first]), length, Buffer.alloc(4), payload]);
}
const u32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value % 2 ** 32);
  return bytes;
};
const FIN = 0x80;
const TEXT = 1;
const BINARY = 2;
const CLOSE = 8;
const PING = 9;

/** A raw connection after a successful upgrade. */
async function upgraded(collector: RunningCollector, path: string): Promise<Peer> {
  const lines = [
    `GET ${path} HTTP/1.1`,
    `Host: ${new URL(collector.where.http).host}`,
    `Authorization: Bearer ${collector.token}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}`,
    "Sec-WebSocket-Extensions: permessage-deflate",
  ];
  const peer = new Peer(collector, `${lines.join("\r\n")}\r\n\r\n`);
  while (!peer.answer.includes("\r\n\r\n")) await sleep(5);
  expect(peer.statuses).toEqual([101]);
  // The collector never agrees on compression, so a message cannot expand.
  expect(peer.answer).not.toMatch(/sec-websocket-extensions/i);
  return peer;
}

describe("a violation of RFC 6455", () => {
  it("ends its own connection only", async () => {
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
});

describe("a flood", () => {
  it("of connections meets the limit of its path", async () => {
    const collector = await start();
    const many = await Promise.all(Array.from({ length: 1000 }, () => webSocket(collector, "/stream")));
    const headers = { authorization: `Bearer ${collector.token}` };
    expect(await knock(collector, "/stream", headers)).toBe(503);
    expect(await knock(collector, "/ingest", headers)).toBe("open ");
    await expectServed(collector);
    for (const { socket } of many.slice(0, 10)) socket.terminate();
    while ((await knock(collector, "/stream", headers)) === 503) await sleep(20);
    for (const { socket } of many) socket.terminate();
    await expectServed(collector);
  });

  it("of pings from a client that reads no answers takes no memory", async () => {
    const collector = await start();
    const peer = await upgraded(collector, "/stream");
    peer.socket.pause();
    const before = residentBytes(collector);
    const pings = Buffer.concat(Array.from({ length: 5000 }, () => frame(FIN | PING, Buffer.alloc(125))));
    for (let round = 0; round < 60 && !peer.socket.closed; round++) {
      peer.socket.write(pings);
      await sleep(5);
    }
    await expectServed(collector);
    expect(residentBytes(collector) - before).toBeLessThan(100_000_000);
    peer.socket.destroy();
  });

  it("of endless empty or tiny fragments closes the connection", async () => {
    const collector = await start();
    const before = residentBytes(collector);
    for (const [path, piece] of [
      ["/stream", Buffer.alloc(0)],
      ["/ingest", Buffer.alloc(0)],
      ["/ingest", Buffer.alloc(1)],
    ] as const) {
      const peer = await upgraded(collector, path);
      peer.socket.write(frame(BINARY, piece));
      const fragments = Buffer.concat(Array.from({ length: 5000 }, () => frame(0, piece)));
      while (!peer.socket.closed) {
        if (peer.socket.writable) peer.socket.write(fragments);
        await sleep(5);
      }
    }
    await expectServed(collector);
    expect(residentBytes(collector) - before).toBeLessThan(100_000_000);
  });

  it("of connections with messages that never end takes a bounded memory, and the others go on", async () => {
    const collector = await start();
    const steady = await webSocket(collector, "/ingest");
    const before = residentBytes(collector);
    const begun = frame(BINARY, Buffer.alloc(900_000), { announced: 1_000_000 });
    const peers: Peer[] = [];
    for (let opened = 0; opened < 100; opened++) {
      const peer = await upgraded(collector, "/ingest");
      peers.push(peer);
      peer.socket.write(begun);
    }
    while (peers.filter(({ socket }) => socket.closed).length < 60) await sleep(20);
    steady.socket.send(encodeMessage(processStart({ job: "beside them" })));
    expect((await once(steady.socket, "message"))[0].toString()).toBe('{"durable":1}');
    expect(residentBytes(collector) - before).toBeLessThan(150_000_000);
    for (const { socket } of peers) socket.destroy();
    await expectServed(collector);
  });

  it("of messages to the stream closes the connection at the first one", async () => {
    const collector = shared();
    const { socket } = await webSocket(collector, "/stream");
    socket.send("hello");
    expect((await once(socket, "close"))[0]).toBe(1003);
    await expectServed(collector);
  });

  it("of invalid frames to /ingest is counted and acknowledged", async () => {
    const collector = await start();
    const before = residentBytes(collector);
    const sender = await webSocket(collector, "/ingest");
    const shapes = [
      Buffer.alloc(0),
      Buffer.from("00"),
      encodeFrame(99, Buffer.alloc(10)),
      encodeFrame(12, randomBytes(100)),
    ];
    for (let at = 0; at < 20_000; at++) sender.socket.send(shapes[at % shapes.length] ?? "");
    const good = processStart({ job: "among them" });
    sender.socket.send(encodeMessage(good));
    while (((await collector.json("/api/v1/job?id=among%20them")) as { total: number }).total !== 1) await sleep(20);
    const { received, stored, duplicate, rejected, dropped, pending } = await collector.accounting();
    expect(received).toBe(stored + duplicate + sumOf(rejected) + sumOf(dropped) + pending);
    await expectServed(collector);
    expect(residentBytes(collector) - before).toBeLessThan(150_000_000);
  });
});
