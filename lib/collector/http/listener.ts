import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Certificate } from "./tls.js";

/** WebSockets and unauthenticated included, which have limits of their own: 2000 and 2048. */
const CONNECTION_LIMIT = 5000;
/** Milliseconds for a whole request to arrive, or a handshake. */
const REQUEST_LIMIT = 10_000;
/** How often those that are late are cut, in milliseconds. */
const LOOK_EVERY = 1000;
/** Milliseconds that a connection may wait between requests. */
const KEEP_ALIVE = 5000;
/** Milliseconds without any byte, while an answer is made or taken. */
const IDLE_LIMIT = 60_000;
/** Bytes of a request's line and headers. */
const HEADER_LIMIT = 16 * 1024;

/** An HTTP/1.1 server with limits of size and time; over TLS when there is a certificate. */
export function createListener(handler: RequestListener, certificate: Certificate | undefined): Server {
  const limits = {
    maxHeaderSize: HEADER_LIMIT,
    headersTimeout: REQUEST_LIMIT,
    requestTimeout: REQUEST_LIMIT,
    connectionsCheckingInterval: LOOK_EVERY,
    keepAliveTimeout: KEEP_ALIVE,
  };
  const server =
    certificate === undefined
      ? createServer(limits, handler)
      : createTlsServer({ ...limits, ...certificate.context, handshakeTimeout: REQUEST_LIMIT }, handler);
  server.maxConnections = CONNECTION_LIMIT;
  server.setTimeout(IDLE_LIMIT);
  return server;
}
