import type { Socket } from "node:net";

/** How many connections may wait that have not shown the token. */
export interface StrangerLimits {
  /** Beyond so many, those that had time enough to show it have to go, the oldest first… */
  readonly patient: number;
  /** …which are so many milliseconds… */
  readonly patience: number;
  /** …and beyond so many the oldest has to go at once. */
  readonly all: number;
}

/**
 * Connections that have not shown the token (or a session) yet. When there are too many the oldest go: whoever has the
 * token shows it at once, so thousands of connections that say nothing, or say it slowly, keep nobody out.
 */
export class UnauthenticatedConnections {
  readonly #limits: StrangerLimits;
  /** By the peer's address and port, which TLS leaves as they are; oldest first. */
  readonly #sockets = new Map<string, { readonly socket: Socket; readonly since: number }>();

  constructor(limits: StrangerLimits) {
    this.#limits = limits;
  }

  /** @param socket - as it was accepted, before anything was read of it. */
  arrived(socket: Socket): void {
    const peer = peerOf(socket);
    if (peer === undefined) {
      socket.destroy();
      return;
    }
    const now = performance.now();
    this.#sockets.set(peer, { socket, since: now });
    socket.once("close", () => {
      if (this.#sockets.get(peer)?.socket === socket) this.#sockets.delete(peer);
    });
    this.#makeRoom(now);
  }

  /** It showed that it may be here. */
  known(socket: Socket): void {
    const peer = peerOf(socket);
    if (peer !== undefined) this.#sockets.delete(peer);
  }

  #makeRoom(now: number): void {
    const { patient, patience, all } = this.#limits;
    for (const [peer, { socket, since }] of this.#sockets) {
      const limit = now - since > patience ? patient : all;
      if (this.#sockets.size <= limit) return;
      this.#sockets.delete(peer);
      socket.destroy();
    }
  }
}

/** Undefined when it is gone already. */
function peerOf({ remoteAddress, remotePort }: Socket): string | undefined {
  return remoteAddress === undefined ? undefined : `${remoteAddress} ${remotePort}`;
}
