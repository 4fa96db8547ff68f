import type { Socket } from "node:net";
import type { Sender } from "../../limits/senders.js";
import type { Batcher } from "./batcher.js";
import { Connection } from "./connection.js";
import { Places } from "./places.js";

/** Limits of the connections of one listener. */
export interface ConnectionLimits {
  /** A compute node opens one connection; with the oldest clients, each of its processes opens one. */
  readonly maxConnections: number;
  /** Bytes of incomplete frames on all connections; beyond it the connection with the longest one is closed. */
  readonly maxUnfinishedBytes: number;
  /** Time from the first byte of a frame to its last. */
  readonly frameTimeoutMs: number;
}

export const CONNECTION_LIMITS: ConnectionLimits = {
  maxConnections: 4096,
  maxUnfinishedBytes: 32 * 1024 * 1024,
  frameTimeoutMs: 60_000,
};

/** The connections of one listener, within limits. A new one always finds a place, if need be that of another. */
export class Connections {
  readonly #batcher: Batcher;
  readonly #senderAt: (socket: Socket) => Sender | undefined;
  readonly #limits: ConnectionLimits;
  readonly #places = new Places<Connection>();
  /** With those that are closed and whose last frame waits. */
  readonly #open = new Set<Connection>();
  readonly #timer: NodeJS.Timeout;
  #receivedBytes = 0;
  #unfinishedBytes = 0;
  #displaced = 0;

  /** @param senderAt - who is at the other end; undefined when the connection is closed already. */
  constructor(batcher: Batcher, senderAt: (socket: Socket) => Sender | undefined, limits: Partial<ConnectionLimits>) {
    this.#batcher = batcher;
    this.#senderAt = senderAt;
    this.#limits = { ...CONNECTION_LIMITS, ...limits };
    this.#timer = setInterval(() => this.#closeOverdue(), this.#limits.frameTimeoutMs / 10).unref();
  }

  get receivedBytes(): number {
    return this.#receivedBytes;
  }

  /** Number of connections that gave way to others since the last call. */
  takeDisplaced(): number {
    const displaced = this.#displaced;
    this.#displaced = 0;
    return displaced;
  }

  accept(socket: Socket): void {
    const sender = this.#senderAt(socket);
    if (sender === undefined) {
      socket.on("error", () => {});
      socket.destroy();
      return;
    }
    this.#makeRoom();
    const connection = new Connection(socket, this.#batcher, sender, {
      onData: (bytes) => {
        this.#receivedBytes += bytes;
      },
      onFrame: () => this.#places.onFrame(connection),
      onUnfinished: (change) => {
        this.#unfinishedBytes += change;
        if (change > 0 && this.#unfinishedBytes > this.#limits.maxUnfinishedBytes) this.#largest()?.cut("overload");
      },
      onClose: () => this.#places.delete(connection),
      onEnd: () => this.#open.delete(connection),
    });
    this.#places.add(connection);
    this.#open.add(connection);
  }

  close(): void {
    clearInterval(this.#timer);
    for (const connection of this.#open) connection.abandon("shutdown");
  }

  /** Closes a connection when there is no place for one more. */
  #makeRoom(): void {
    if (this.#places.size < this.#limits.maxConnections) return;
    const least = this.#places.least();
    if (least === undefined) return;
    this.#displaced++;
    this.#places.delete(least);
    least.abandon("overload");
  }

  #closeOverdue(): void {
    const latest = performance.now() - this.#limits.frameTimeoutMs;
    for (const connection of this.#open) if (connection.frameBeganAt < latest) connection.cut("truncated");
  }

  /** The connection with the longest incomplete frame. A connection that waits for credit has none. */
  #largest(): Connection | undefined {
    let largest: Connection | undefined;
    for (const connection of this.#open) {
      if (connection.unfinishedBytes > (largest?.unfinishedBytes ?? 0)) largest = connection;
    }
    return largest;
  }
}
