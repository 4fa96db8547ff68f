import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { get } from "node:https";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { encodeFrame } from "../../../lib/wire/index.js";
import { expectServed, Peer, residentBytes, webSocket } from "../../collector/security/attack.js";
import { startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";

const folder = temporaryFolder();
let stores = 0;
const start = (...options: string[]) => startCollector(join(folder, `data-${stores++}`), ...options);

const open: (Socket | NodeJS.Timeout)[] = [];
afterEach(() => {
  for (const thing of open.splice(0)) {
    if ("destroy" in thing) thing.destroy();
    else clearInterval(thing);
  }
});
/** Keeps sending `bytes` on the connection. */
function drip(peer: Peer, bytes = "x"): Peer {
  open.push(
    peer.socket,
    setInterval(() => peer.socket.writable && peer.socket.write(bytes), 100),
  );
  return peer;
}

describe("a slow client (slow-loris)", () => {
  it("is disconnected: with unfinished headers or body, without a request, after its answer", async () => {
    const collector = await start();
    const { host } = new URL(collector.where.http);
    const peers = {
      headers: drip(new Peer(collector, `GET /livez HTTP/1.1\r\nHost: ${host}\r\nX-Slow: `)),
      nothing: drip(new Peer(collector), ""),
      line: drip(new Peer(collector, "GET /")),
      body: drip(
        new Peer(
          collector,
          `POST /api/v1/forget HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${collector.token}\r\nContent-Type: application/json\r\nContent-Length: 8000\r\n\r\n`,
        ),
        " ",
      ),
      idle: drip(new Peer(collector, `GET /livez HTTP/1.1\r\nHost: ${host}\r\n\r\n`), ""),
      refused: drip(
        new Peer(
          collector,
          `GET /stream HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
        ),
        "",
      ),
    };
    await expectServed(collector);
    for (const peer of Object.values(peers)) await peer.closed();
    expect(peers.idle.statuses).toEqual([200]);
    expect(peers.refused.statuses).toEqual([401]);
    for (const peer of [peers.headers, peers.body, peers.line]) {
      expect([0, 408]).toContain(peer.statuses[0] ?? 0);
    }
    await expectServed(collector);
  });

  it("does not keep out clients with the token", async () => {
    const collector = await start();
    const { host } = new URL(collector.where.http);
    const subscriber = await webSocket(collector, "/stream");
    const before = residentBytes(collector);
    const peers: Peer[] = [];
    const flood = setInterval(() => {
      for (let at = 0; at < 100 && peers.length < 6000; at++) {
        const peer = new Peer(collector, `GET /livez HTTP/1.1\r\nHost: ${host}\r\nX-Slow: `);
        peers.push(peer);
        open.push(peer.socket);
      }
    }, 20);
    open.push(flood);
    while (peers.length < 6000) await expectServed(collector);
    const left = () => peers.filter(({ socket }) => !socket.closed).length;
    while (left() > 2048 + 200) await sleep(10);
    await expectServed(collector);
    expect(subscriber.code).toBeUndefined();
    expect(subscriber.messages.length).toBeGreaterThan(0);
    expect(residentBytes(collector) - before).toBeLessThan(150_000_000);
  });

  it("on the port for frames does not keep out other senders", async () => {
    const collector = await start();
    const [tcp] = collector.where.tcp;
    const at = tcp.lastIndexOf(":");
    const frame = encodeFrame(12, Buffer.alloc(5000));
    const sockets = Array.from({ length: 1100 }, (_, index) => {
      const socket = connect(Number(tcp.slice(at + 1)), tcp.slice(0, at));
      socket.on("error", () => {}).resume();
      open.push(socket);
      // No bytes; half a header; a header that announces 4 GB; half a frame.
      const shapes = [
        Buffer.alloc(0),
        frame.subarray(0, 3),
        Buffer.from("0000000cffffffff", "hex"),
        frame.subarray(0, 500),
      ];
      socket.write(shapes[index % 4] ?? "");
      return socket;
    });
    // Senders that announce too much are disconnected; that leaves room for the others, of which 1024 may wait.
    while (sockets.filter(({ closed }) => closed).length < 275) await sleep(10);
    await expectServed(collector);
    for (const socket of sockets) socket.destroy();
    const honest = await collector.connect();
    honest.end();
    await expectServed(collector);
  });

  it("of TLS is disconnected when its handshake does not end, and delays no other", async () => {
    const [certificate, key] = [join(folder, "server.crt"), join(folder, "server.key")];
    const names = ["-subj", "/CN=server", "-addext", "subjectAltName=IP:127.0.0.1"];
    const ec = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
    execFileSync("openssl", ["req", "-x509", ...ec, "-keyout", key, "-out", certificate, "-days", "2", ...names], {
      stdio: "pipe",
    });
    const collector = await start("--tls-certificate", certificate, "--tls-key", key);
    const { hostname, port } = new URL(collector.where.http);
    const slow = Array.from({ length: 600 }, (_, index) => {
      const socket = connect(Number(port), hostname);
      socket.on("error", () => {}).resume();
      open.push(socket);
      // Silent, or with the beginning of a ClientHello.
      if (index % 2 === 0) socket.write(Buffer.from("1603010200010001fc0303", "hex"));
      return socket;
    });
    const status = () =>
      new Promise<number | undefined>((resolve, reject) => {
        const headers = { authorization: `Bearer ${collector.token}` };
        const call = get(
          new URL("/api/v1/accounting", collector.where.http),
          { headers, ca: readFileSync(certificate), agent: false },
          (response) => {
            response.resume();
            resolve(response.statusCode);
          },
        );
        call.on("error", reject);
      });
    expect(await status()).toBe(200);
    while (slow.some(({ closed }) => !closed)) await sleep(50);
    expect(await status()).toBe(200);
  });
});
