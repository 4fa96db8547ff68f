import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import WebSocket from "ws";
import { RequestAuthentication } from "../../../lib/collector/http/authentication.js";
import { Sessions } from "../../../lib/collector/http/sessions.js";
import { serveWebSockets } from "../../../lib/collector/http/websockets.js";

const TOKEN = "0123456789abcdef";
const open: { server: Server; close: () => void }[] = [];
afterEach(() => {
  for (const { server, close } of open.splice(0)) {
    close();
    server.close();
  }
});

/** A server whose heart beats this often, in milliseconds; what it sees of each connection; and a way in. */
async function serve(heartbeat: number) {
  const server = createServer();
  const sockets: WebSocket[] = [];
  const endpoint = {
    path: "/",
    protocols: ["any"],
    messageLimit: 1024,
    connectionLimit: 10,
    open: () => (socket: WebSocket) => sockets.push(socket),
  };
  const authentication = new RequestAuthentication({
    token: TOKEN,
    sessions: new Sessions(),
    names: [],
    secure: false,
  });
  const close = await serveWebSockets(server, authentication, [endpoint], heartbeat);
  open.push({ server, close });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const connect = async (autoPong: boolean) => {
    const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const socket = new WebSocket(url, { headers: { authorization: `Bearer ${TOKEN}` }, autoPong });
    const seen = { pings: 0, closed: undefined as number | undefined };
    socket.on("ping", () => seen.pings++);
    socket.on("close", (code) => {
      seen.closed = code;
    });
    await once(socket, "open");
    return seen;
  };
  return { sockets, connect };
}

describe("the heartbeat", () => {
  it("cuts who answers no ping until the next one, and keeps who does", async () => {
    const { connect } = await serve(100);
    const lively = await connect(true);
    const dead = await connect(false);
    while (dead.closed === undefined || lively.pings < 5) await sleep(10);
    // Nothing was said before: the connection simply ended.
    expect(dead).toEqual({ pings: 1, closed: 1006 });
    expect(lively.closed).toBeUndefined();
  });

  it("does not cut a sender that has to wait, and so is not read", async () => {
    const { connect, sockets } = await serve(100);
    const waiting = await connect(true);
    while (waiting.pings < 1) await sleep(5);
    // Paused with an answer on its way, for several beats.
    sockets[0]?.pause();
    await sleep(500);
    expect(waiting.closed).toBeUndefined();
    sockets[0]?.resume();
    const before = waiting.pings;
    while (waiting.pings < before + 2) await sleep(10);
    expect(waiting.closed).toBeUndefined();
  });
});
