import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import type { WebSocket, WebSocketServer } from "ws";
import { type ErrorCode, OgrtError } from "../../errors.js";
import { missingEngine } from "../shared/missing-engine.js";
import type { RequestAuthentication } from "./authentication.js";

/** What is served on one path. */
export interface Endpoint {
  readonly path: string;
  /** The first is what clients get that ask for none. */
  readonly protocols: readonly string[];
  /** Bytes of the largest message that is taken; a larger one closes the connection with 1009. */
  readonly messageLimit: number;
  readonly connectionLimit: number;
  /**
   * Looks at a request; what it returns gets the connection, and the stream below it.
   *
   * @throws {@link OgrtError} when the request makes no sense.
   */
  readonly open: (url: URL) => (socket: WebSocket, stream: Duplex) => void;
}

/** Close codes that this server sends, by RFC 6455 section 7.4.1; docs/reference/http-api.md lists them. */
export const CLOSE = {
  /** The collector stops. */
  goingAway: 1001,
  /** A kind of message that is not understood here. */
  unsupported: 1003,
  /** Frames were lost inside: what was not acknowledged should be sent again. */
  failed: 1011,
} as const;

/** How often a connection must show that it lives, in milliseconds; one that did not is cut. */
const HEARTBEAT = 30_000;
/** Who does not answer the closing in this time, in milliseconds, is not waited for. */
const CLOSING_LIMIT = 200;

const STATUS: Partial<Record<ErrorCode, string>> = {
  INVALID_PARAMETER: "400 Bad Request",
  TOKEN_REQUIRED: "401 Unauthorized",
  TOO_MANY_ATTEMPTS: "429 Too Many Requests",
  HOST_REFUSED: "403 Forbidden",
  ORIGIN_REFUSED: "403 Forbidden",
  NOT_FOUND: "404 Not Found",
};

/** Serves WebSockets beside an HTTP server; resolves with what closes them. */
export async function serveWebSockets(
  server: Server,
  authentication: RequestAuthentication,
  endpoints: readonly Endpoint[],
  heartbeat = HEARTBEAT,
): Promise<() => void> {
  const { WebSocketServer } = await import("ws").catch((cause) => {
    throw missingEngine("ws", cause);
  });
  const servers = new Map<Endpoint, WebSocketServer>();
  for (const endpoint of endpoints) {
    const options = { noServer: true, maxPayload: endpoint.messageLimit, perMessageDeflate: false };
    const handleProtocols = (offered: Set<string>) => endpoint.protocols.find((name) => offered.has(name)) ?? false;
    servers.set(endpoint, new WebSocketServer({ ...options, handleProtocols }));
  }
  const all = () => [...servers.values()].flatMap(({ clients }) => [...clients]);
  const silent = new WeakSet<WebSocket>();

  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", () => socket.destroy());
    try {
      authentication.checkSource(request);
      authentication.checkToken(request);
      const target = request.url ?? "";
      // As it stands, not as a URL parser would tidy it up.
      const endpoint = endpoints.find(({ path }) => target === path || target.startsWith(`${path}?`));
      const sockets = endpoint && servers.get(endpoint);
      if (endpoint === undefined || sockets === undefined)
        throw new OgrtError("NOT_FOUND", "there is no WebSocket here");
      const take = endpoint.open(new URL(target, "http://localhost"));
      checkProtocols(request, endpoint);
      if (sockets.clients.size >= endpoint.connectionLimit) {
        return refuse(socket, "503 Service Unavailable", "OVERLOAD", "there are too many connections");
      }
      sockets.handleUpgrade(request, socket, head, (webSocket) => {
        // A broken frame closes the connection, and that is all.
        webSocket.on("error", () => {});
        webSocket.on("pong", () => silent.delete(webSocket));
        take(webSocket, socket);
      });
    } catch (error) {
      const { code, message } = error instanceof OgrtError ? error : { code: "NOT_FOUND" as const, message: "no" };
      refuse(socket, STATUS[code] ?? "400 Bad Request", code, message);
    }
  });

  const beat = setInterval(() => {
    for (const webSocket of all()) {
      // One that waits for credit is not read: its answer may be there.
      if (webSocket.isPaused) silent.delete(webSocket);
      else if (silent.has(webSocket)) webSocket.terminate();
      else if (webSocket.readyState === webSocket.OPEN) {
        silent.add(webSocket);
        webSocket.ping();
      }
    }
  }, heartbeat).unref();

  return () => {
    clearInterval(beat);
    for (const webSocket of all()) webSocket.close(CLOSE.goingAway, "the collector stops");
    setTimeout(() => {
      for (const webSocket of all()) webSocket.terminate();
    }, CLOSING_LIMIT).unref();
  };
}

function checkProtocols({ headers }: IncomingMessage, { protocols }: Endpoint): void {
  const offered = headers["sec-websocket-protocol"]?.split(",").map((name) => name.trim());
  if (offered === undefined || protocols.some((name) => offered.includes(name))) return;
  throw new OgrtError("INVALID_PARAMETER", `the subprotocol must be ${protocols.join(" or ")}`, {
    value: "subprotocol",
  });
}

function refuse(socket: Duplex, status: string, code: string, message: string): void {
  const body = JSON.stringify({ code, message });
  const headers = `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close`;
  socket.end(`HTTP/1.1 ${status}\r\n${headers}\r\n\r\n${body}`);
  // Who never closes his side would keep it for ever.
  setTimeout(() => socket.destroy(), CLOSING_LIMIT).unref();
}
