import { type IncomingMessage, type Server, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { WebSocket, WebSocketServer } from "ws";
import { OgrtError } from "../../errors.js";
import type { LogEvent } from "../log/log.js";
import { optional } from "../shared/optional.js";
import type { RequestAuthentication } from "./authentication.js";
import { answerError, type ErrorAnswer } from "./error-answer.js";

/** What is served on one path. */
export interface Endpoint {
  readonly path: string;
  /** A client that asks for no subprotocol gets the first. */
  readonly protocols: readonly string[];
  /** A larger message closes the connection with 1009. */
  readonly maxMessageBytes: number;
  readonly maxConnections: number;
  /**
   * Checks a request and returns what serves its connection; `stream` carries the connection.
   *
   * @throws {@link OgrtError} when the request is invalid.
   */
  readonly open: (url: URL, request: IncomingMessage) => (socket: WebSocket, stream: Duplex) => void;
}

/** Close codes that this server sends (RFC 6455 section 7.4.1); docs/reference/http-api.md lists them. */
export const CLOSE = {
  /** The collector stops. */
  goingAway: 1001,
  /** The endpoint does not accept messages of this type. */
  unsupported: 1003,
  /** The collector lost frames, or failed: the sender sends again what was not acknowledged. */
  failed: 1011,
} as const;

/** Fragments of one message: proxies split large messages, and each fragment is an object of its own until the last. */
const MAX_FRAGMENTS = 256;
/** Pieces in which the bytes of one fragment may arrive: a message of 1 MiB in segments of a few hundred bytes. */
const MAX_PIECES = 4096;
/** Interval between pings; a connection that has not answered by the next one is terminated. */
const HEARTBEAT_INTERVAL_MS = 30_000;
/** Time that a client has to answer a close frame or a refusal. */
const CLOSE_TIMEOUT_MS = 200;

/**
 * Serves WebSockets beside an HTTP server.
 *
 * @returns a function that closes all connections.
 */
export async function serveWebSockets(
  server: Server,
  authentication: RequestAuthentication,
  endpoints: readonly Endpoint[],
  log: LogEvent,
  heartbeatMs = HEARTBEAT_INTERVAL_MS,
): Promise<() => void> {
  const { WebSocketServer } = await optional("ws", import("ws"));
  const served = endpoints.map((endpoint) => {
    const { protocols, maxMessageBytes: maxPayload } = endpoint;
    const handleProtocols = (offered: Set<string>) => protocols.find((name) => offered.has(name)) ?? false;
    const sockets = new WebSocketServer({
      noServer: true,
      maxPayload,
      maxFragments: MAX_FRAGMENTS,
      maxBufferedChunks: MAX_PIECES,
      perMessageDeflate: false,
      handleProtocols,
    });
    return { endpoint, sockets };
  });
  const all = () => served.flatMap(({ sockets }) => [...sockets.clients]);
  const unanswered = new WeakSet<WebSocket>();

  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", () => socket.destroy());
    const target = request.url ?? "";
    // The literal path, not one that a URL parser has normalized.
    const [path] = target.split("?", 1);
    const found = served.find(({ endpoint }) => endpoint.path === path);
    const report = (error: unknown) => answerError(error as Error, found?.endpoint.path, log);
    try {
      authentication.checkSource(request);
      authentication.checkToken(request);
      if (found === undefined) throw new OgrtError("NOT_FOUND", "there is no WebSocket at this path");
      const { endpoint, sockets } = found;
      const connect = endpoint.open(new URL(target, "http://localhost"), request);
      checkProtocols(request, endpoint);
      checkConnections(sockets, endpoint);
      sockets.handleUpgrade(request, socket, head, (webSocket) => {
        // An invalid frame closes its own connection and affects nothing else.
        webSocket.on("error", () => {});
        webSocket.on("pong", () => unanswered.delete(webSocket));
        try {
          connect(webSocket, socket);
        } catch (error) {
          report(error);
          webSocket.close(CLOSE.failed, "the collector failed");
        }
      });
    } catch (error) {
      refuse(socket, report(error));
    }
  });

  const heartbeat = setInterval(() => ping(all(), unanswered), heartbeatMs).unref();
  return () => {
    clearInterval(heartbeat);
    for (const webSocket of all()) webSocket.close(CLOSE.goingAway, "the collector stops");
    setTimeout(() => {
      for (const webSocket of all()) webSocket.terminate();
    }, CLOSE_TIMEOUT_MS).unref();
  };
}

/** Terminates the connections that did not answer the ping before, and pings the others. */
function ping(connections: readonly WebSocket[], unanswered: WeakSet<WebSocket>): void {
  for (const webSocket of connections) {
    // A paused connection is not read, so its answer may be waiting.
    if (webSocket.isPaused) unanswered.delete(webSocket);
    else if (unanswered.has(webSocket)) webSocket.terminate();
    else if (webSocket.readyState === webSocket.OPEN) {
      unanswered.add(webSocket);
      webSocket.ping();
    }
  }
}

function checkProtocols({ headers }: IncomingMessage, { protocols }: Endpoint): void {
  const offered = headers["sec-websocket-protocol"]?.split(",").map((name) => name.trim());
  if (offered === undefined || protocols.some((name) => offered.includes(name))) return;
  const sentence = `the subprotocol must be ${protocols.join(" or ")}`;
  throw new OgrtError("INVALID_PARAMETER", sentence, { value: "subprotocol" });
}

function checkConnections({ clients }: WebSocketServer, { maxConnections }: Endpoint): void {
  if (clients.size < maxConnections) return;
  throw new OgrtError("TOO_MANY_CONNECTIONS", `this endpoint takes at most ${maxConnections} connections`);
}

/** Answers an upgrade request with an error, and closes its connection. */
function refuse(socket: Duplex, { status, headers, body }: ErrorAnswer): void {
  const text = JSON.stringify(body);
  const fields = {
    ...headers,
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
    connection: "close",
  };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join("")}\r\n${text}`);
  // A client that never closes its side would keep the connection open.
  setTimeout(() => socket.destroy(), CLOSE_TIMEOUT_MS).unref();
}
