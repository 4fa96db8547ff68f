import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Certificate } from "./tls.js";

/** Includes WebSockets (at most 2000) and unauthenticated connections (at most 2048), which have their own limits. */
const MAX_CONNECTIONS = 5000;
/** Time in which a whole request, or a TLS handshake, must arrive. */
const REQUEST_TIMEOUT_MS = 10_000;
/** Interval between checks for requests that exceed their time. */
const TIMEOUT_CHECK_INTERVAL_MS = 1000;
/** Time that a connection may wait between requests. */
const KEEP_ALIVE_TIMEOUT_MS = 5000;
/** Time without traffic, while the collector makes an answer or the client reads it. */
const IDLE_TIMEOUT_MS = 60_000;
/** Request line and headers. */
const MAX_HEADER_BYTES = 16 * 1024;

/** Creates an HTTP/1.1 server with limits of size and time; it uses TLS when there is a certificate. */
export function createListener(
  handler: RequestListener,
  certificate: Certificate | undefined,
  maxConnections: number,
): Server {
  const limits = {
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: REQUEST_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionsCheckingInterval: TIMEOUT_CHECK_INTERVAL_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
  };
  const server =
    certificate === undefined
      ? createServer(limits, handler)
      : createTlsServer({ ...limits, ...certificate.context, handshakeTimeout: REQUEST_TIMEOUT_MS }, handler);
  server.maxConnections = Math.min(MAX_CONNECTIONS, maxConnections);
  server.setTimeout(IDLE_TIMEOUT_MS);
  return server;
}
