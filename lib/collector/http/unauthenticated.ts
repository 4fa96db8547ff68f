import type { Socket } from "node:net";

/** Limits on connections that have not authenticated. */
export interface UnauthenticatedLimits {
  /** Above this number the oldest connections older than `graceMs` are closed. */
  readonly maxAfterGrace: number;
  /** Time that a new connection has to authenticate. */
  readonly graceMs: number;
  /** Above this number the oldest connection is closed, whatever its age. */
  readonly max: number;
}

/**
 * Connections that have not authenticated yet. When there are too many, the oldest are closed. A client with the token
 * authenticates at once, so thousands of silent or slow connections do not keep it out.
 */
export class UnauthenticatedConnections {
  readonly #limits: UnauthenticatedLimits;
  /** By the peer's address and port, which are the same below and above TLS; oldest first. */
  readonly #connections = new Map<string, { readonly socket: Socket; readonly since: number }>();

  constructor(limits: UnauthenticatedLimits) {
    this.#limits = limits;
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
    const { maxAfterGrace, graceMs, max } = this.#limits;
    for (const [peer, { socket, since }] of this.#connections) {
      const limit = now - since > graceMs ? maxAfterGrace : max;
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
