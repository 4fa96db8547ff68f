import type { Socket } from "node:net";

/** Time that a new connection has to authenticate. After a restart all subscribers connect at once. */
const GRACE_MS = 2000;
/** Above this number the oldest connections older than {@link GRACE_MS} are closed. */
const MAX_AFTER_GRACE = 512;
/** Above this number the oldest connection is closed, whatever its age. */
const MAX_UNAUTHENTICATED = 2048;
/** With fewer places in all: the parts of them that these limits are. */
const MAX_AFTER_GRACE_SHARE = 0.1;
const MAX_UNAUTHENTICATED_SHARE = 0.4;

/**
 * Connections that have not authenticated yet. When there are too many, the oldest are closed. A client with the token
 * authenticates at once, so thousands of silent or slow connections do not keep it out.
 */
export class UnauthenticatedConnections {
  /** By the peer's address and port, which are the same below and above TLS; oldest first. */
  readonly #connections = new Map<string, { readonly socket: Socket; readonly since: number }>();
  readonly #maxAfterGrace: number;
  readonly #maxUnauthenticated: number;

  /** @param maxConnections - of the server. */
  constructor(maxConnections: number) {
    this.#maxAfterGrace = Math.min(MAX_AFTER_GRACE, Math.floor(maxConnections * MAX_AFTER_GRACE_SHARE));
    this.#maxUnauthenticated = Math.min(MAX_UNAUTHENTICATED, Math.floor(maxConnections * MAX_UNAUTHENTICATED_SHARE));
  }

  /** @param socket - as it was accepted, before anything was read from it. */
  add(socket: Socket): void {
    const peer = peerOf(socket);
    if (peer === undefined) {
      socket.destroy();
      return;
    }
    const now = performance.now();
    this.#connections.set(peer, { socket, since: now });
    socket.once("close", () => {
      if (this.#connections.get(peer)?.socket === socket) this.#connections.delete(peer);
    });
    this.#closeOldest(now);
  }

  /** The connection has authenticated. */
  remove(socket: Socket): void {
    const peer = peerOf(socket);
    if (peer !== undefined) this.#connections.delete(peer);
  }

  #closeOldest(now: number): void {
    for (const [peer, { socket, since }] of this.#connections) {
      const limit = now - since > GRACE_MS ? this.#maxAfterGrace : this.#maxUnauthenticated;
      if (this.#connections.size <= limit) return;
      this.#connections.delete(peer);
      socket.destroy();
    }
  }
}

/** Undefined when the connection is closed. */
function peerOf({ remoteAddress, remotePort }: Socket): string | undefined {
  return remoteAddress === undefined ? undefined : `${remoteAddress} ${remotePort}`;
}
