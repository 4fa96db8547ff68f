import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { sumOf } from "../../../lib/shared/sum.js";
import { encodeFrame, encodeMessage } from "../../../lib/wire/index.js";
import { expectServed, knock, type Peer, residentBytes, webSocket } from "../../collector/security/attack.js";
import { BINARY, FIN, frame, PING, upgraded } from "../../collector/security/websocket-frames.js";
import { startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { processStart } from "../../wire/samples.js";

const folder = temporaryFolder();
let stores = 0;
const start = () => startCollector(join(folder, `data-${stores++}`));

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
