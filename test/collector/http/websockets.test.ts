import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import WebSocket from "ws";
import { RequestAuthentication } from "../../../lib/collector/http/authentication.js";
import { Sessions } from "../../../lib/collector/http/sessions.js";
import { serveWebSockets } from "../../../lib/collector/http/websockets.js";
import type { LogEvent } from "../../../lib/collector/log/log.js";

const TOKEN = "0123456789abcdef";
const open: { server: Server; close: () => void }[] = [];
afterEach(() => {
  for (const { server, close } of open.splice(0)) {
    close();
    server.close();
  }
});

/** A server with this heartbeat interval, in milliseconds; its side of each connection; and a function that connects. */
async function serve(heartbeat: number, opens = (): void => {}, connects = (): void => {}) {
  const server = createServer();
  const sockets: WebSocket[] = [];
  const logged: unknown[] = [];
  const log: LogEvent = (event, sentence, fields) => logged.push([event, sentence, fields?.["route"]]);
  const endpoint = {
    path: "/",
    protocols: ["any"],
    maxMessageBytes: 1024,
    maxConnections: 10,
    open: () => {
      opens();
      return (socket: WebSocket) => {
        connects();
        sockets.push(socket);
      };
    },
  };
  const authentication = new RequestAuthentication({
    token: TOKEN,
    sessions: new Sessions(),
    names: [],
    secure: false,
    maxConnections: 100,
  });
  const close = await serveWebSockets(server, authentication, [endpoint], log, heartbeat);
  open.push({ server, close });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const connect = async (autoPong: boolean) => {
    const socket = new WebSocket(url, { headers: { authorization: `Bearer ${TOKEN}` }, autoPong });
    const seen = { pings: 0, closed: undefined as number | undefined };
    socket.on("ping", () => seen.pings++);
    socket.on("close", (code) => {
      seen.closed = code;
    });
    await once(socket, "open");
    return seen;
  };
  return { sockets, connect, url, logged };
}

describe("the heartbeat", () => {
  it("terminates a connection that has not answered by the next ping, and keeps the others", async () => {
    const { connect } = await serve(100);
    const lively = await connect(true);
    const dead = await connect(false);
    while (dead.closed === undefined || lively.pings < 5) await sleep(10);
    // Without a close frame.
    expect(dead).toEqual({ pings: 1, closed: 1006 });
    expect(lively.closed).toBeUndefined();
  });

  it("keeps a connection that is paused, and so not read", async () => {
    const { connect, sockets } = await serve(100);
    const waiting = await connect(true);
    while (waiting.pings < 1) await sleep(5);
    // Paused for several intervals, with an unread pong.
    sockets[0]?.pause();
    await sleep(500);
    expect(waiting.closed).toBeUndefined();
    sockets[0]?.resume();
    const before = waiting.pings;
    while (waiting.pings < before + 2) await sleep(10);
    expect(waiting.closed).toBeUndefined();
  });
});

describe("a fault of the collector", () => {
  const fail = () => {
    throw new TypeError("a secret detail");
  };
  const headers = { authorization: `Bearer ${TOKEN}` };

  it("while it checks a request is logged and answered 500", async () => {
    const { url, logged } = await serve(1000, fail);
    const socket = new WebSocket(url, { headers });
    const [request, response] = await once(socket, "unexpected-response");
    let body = "";
    for await (const chunk of response) body += chunk;
    request.destroy();
    expect([response.statusCode, JSON.parse(body)]).toEqual([
      500,
      { code: "INTERNAL", message: expect.not.stringContaining("secret") },
    ]);
    expect(logged).toEqual([["request-failed", "a secret detail", "/"]]);
  });

  it("while it opens a connection is logged and closes it", async () => {
    const { url, logged } = await serve(1000, undefined, fail);
    const socket = new WebSocket(url, { headers });
    const [code, reason] = await once(socket, "close");
    expect([code, reason.toString()]).toEqual([1011, expect.not.stringContaining("secret")]);
    expect(logged).toEqual([["request-failed", "a secret detail", "/"]]);
  });
});
