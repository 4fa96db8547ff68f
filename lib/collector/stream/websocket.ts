import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { type ErrorCode, OgrtError } from "../../errors.js";
import type { Doors } from "../http/doors.js";
import { missingEngine } from "../store/engine.js";
import { parseFilter } from "./filter.js";
import type { StreamHub, Subscriber } from "./hub.js";

/** `ogrt.v1+protobuf` belongs here too once records have a protobuf form. */
const SUBPROTOCOL = "ogrt.v1+json";
const PATH = "/stream";
/** Bytes that may wait for a subscriber before it counts as too slow. */
const BUFFER_LIMIT = 1024 * 1024;
const SUBSCRIBER_LIMIT = 1000;
/** Subscribers have nothing to say. */
const MESSAGE_LIMIT = 1024;
/** RFC 6455 section 7.4.1: the server goes away. */
const GOING_AWAY = 1001;

const STATUS: Partial<Record<ErrorCode, string>> = {
  INVALID_PARAMETER: "400 Bad Request",
  TOKEN_REQUIRED: "401 Unauthorized",
  HOST_REFUSED: "403 Forbidden",
  ORIGIN_REFUSED: "403 Forbidden",
  NOT_FOUND: "404 Not Found",
};

/** Serves the live stream on an HTTP server; resolves with what closes it. */
export async function serveStream(server: Server, doors: Doors, hub: StreamHub): Promise<() => void> {
  const { WebSocketServer } = await import("ws").catch((cause) => {
    throw missingEngine("ws", cause);
  });
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MESSAGE_LIMIT,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
  });

  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", () => socket.destroy());
    try {
      const url = new URL(request.url ?? "", "http://localhost");
      doors.checkSource(request);
      doors.checkToken(request);
      if (url.pathname !== PATH) throw new OgrtError("NOT_FOUND", "there is no WebSocket here");
      const filter = parseFilter(url.searchParams);
      const offered = request.headers["sec-websocket-protocol"]?.split(",").map((name) => name.trim());
      if (offered !== undefined && !offered.includes(SUBPROTOCOL)) {
        throw new OgrtError("INVALID_PARAMETER", `the subprotocol must be ${SUBPROTOCOL}`, { value: "subprotocol" });
      }
      if (hub.size >= SUBSCRIBER_LIMIT) return refuse(socket, "503 Service Unavailable", "OVERLOAD", "too many");
      sockets.handleUpgrade(request, socket, head, (webSocket) => {
        const subscriber: Subscriber = {
          filter,
          send: (text) => {
            if (webSocket.bufferedAmount > BUFFER_LIMIT) return false;
            webSocket.send(text);
            return true;
          },
        };
        hub.add(subscriber);
        webSocket.on("close", () => hub.remove(subscriber));
        // A broken frame from a subscriber closes its connection, and that is all.
        webSocket.on("error", () => {});
      });
    } catch (error) {
      const { code, message } = error instanceof OgrtError ? error : { code: "NOT_FOUND" as const, message: "no" };
      refuse(socket, STATUS[code] ?? "400 Bad Request", code, message);
    }
  });

  return () => {
    for (const webSocket of sockets.clients) webSocket.close(GOING_AWAY, "the collector stops");
    // Who does not answer the closing is not waited for: the HTTP server ends the connections that are left.
    setTimeout(() => {
      for (const webSocket of sockets.clients) webSocket.terminate();
    }, 200).unref();
  };
}

function refuse(socket: Duplex, status: string, code: string, message: string): void {
  const body = JSON.stringify({ code, message });
  const headers = `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close`;
  socket.end(`HTTP/1.1 ${status}\r\n${headers}\r\n\r\n${body}`);
}
