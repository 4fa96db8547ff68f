import type { Socket } from "node:net";

/**
 * Connections that have not shown the token (or a session) yet. When there are too many the oldest has to go: whoever has
 * the token shows it at once, so thousands of connections that say nothing, or say it slowly, keep nobody out.
 */
export class Strangers {
  readonly #limit: number;
  /** By the peer's address and port, which TLS leaves as they are; oldest first. */
  readonly #sockets = new Map<string, Socket>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @param socket - as it was accepted, before anything was read of it. */
  arrived(socket: Socket): void {
    const peer = peerOf(socket);
    if (peer === undefined) {
      socket.destroy();
      return;
    }
    if (this.#sockets.size >= this.#limit) this.#endOldest();
    this.#sockets.set(peer, socket);
    socket.once("close", () => {
      if (this.#sockets.get(peer) === socket) this.#sockets.delete(peer);
    });
  }

  /** It showed that it may be here. */
  known(socket: Socket): void {
    const peer = peerOf(socket);
    if (peer !== undefined) this.#sockets.delete(peer);
  }

  #endOldest(): void {
    for (const [peer, socket] of this.#sockets) {
      this.#sockets.delete(peer);
      socket.destroy();
      return;
    }
  }
}

/** Undefined when it is gone already. */
function peerOf({ remoteAddress, remotePort }: Socket): string | undefined {
  return remoteAddress === undefined ? undefined : `${remoteAddress} ${remotePort}`;
}
