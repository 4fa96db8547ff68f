import type { Socket } from "node:net";
import { senderOf } from "../../limits/sender.js";
import type { Senders } from "../../limits/senders.js";
import type { Batcher } from "./batcher.js";
import { Connection } from "./connection.js";

/** The sender of all connections through unix sockets. */
const UNIX_SENDER = "unix";

/** Limits of the connections of one listener. */
export interface ConnectionLimits {
  /** A compute node opens one connection; with the oldest clients, each of its processes opens one. */
  readonly maxConnections: number;
  /** Connections of one sender, so that one node leaves room for the others. Unix sockets have no such limit. */
  readonly maxConnectionsPerSender: number;
  /** Bytes of incomplete frames on all connections; beyond it the connection with the longest one is closed. */
  readonly maxUnfinishedBytes: number;
  /** Time from the first byte of a frame to its last. */
  readonly frameTimeoutMs: number;
  /** A connection that is idle for this long is closed when a new one needs its place. */
  readonly idleTimeoutMs: number;
}

export const CONNECTION_LIMITS: ConnectionLimits = {
  maxConnections: 4096,
  maxConnectionsPerSender: 1024,
  maxUnfinishedBytes: 32 * 1024 * 1024,
  frameTimeoutMs: 60_000,
  idleTimeoutMs: 60_000,
};

/** The connections of one listener, within limits. */
export class Connections {
  readonly #batcher: Batcher;
  readonly #senders: Senders;
  readonly #limits: ConnectionLimits;
  readonly #open = new Set<Connection>();
  readonly #countBySender = new Map<string, number>();
  readonly #timer: NodeJS.Timeout;
  #receivedBytes = 0;
  #unfinishedBytes = 0;

  constructor(batcher: Batcher, senders: Senders, limits: ConnectionLimits) {
    this.#batcher = batcher;
    this.#senders = senders;
    this.#limits = limits;
    this.#timer = setInterval(() => this.#closeOverdue(), limits.frameTimeoutMs / 10).unref();
  }

  get receivedBytes(): number {
    return this.#receivedBytes;
  }

  accept(socket: Socket): void {
    const sender = socket.remoteAddress === undefined ? undefined : `tcp ${senderOf(socket.remoteAddress)}`;
    if (!this.#makeRoom(sender)) {
      socket.on("error", () => {});
      socket.destroy();
      return;
    }
    this.#adjustCount(sender, 1);
    const connection = new Connection(socket, this.#batcher, this.#senders.of(sender ?? UNIX_SENDER), {
      onData: (bytes) => {
        this.#receivedBytes += bytes;
      },
      onUnfinished: (change) => {
        this.#unfinishedBytes += change;
        if (change > 0 && this.#unfinishedBytes > this.#limits.maxUnfinishedBytes) this.#largest()?.cut("overload");
      },
      onClose: () => this.#adjustCount(sender, -1),
      onEnd: () => this.#open.delete(connection),
    });
    this.#open.add(connection);
  }

  close(): void {
    clearInterval(this.#timer);
    for (const connection of this.#open) connection.abandon();
  }

  /** Whether one more connection of a sender is within the limits; closes an idle one to make room. */
  #makeRoom(sender: string | undefined): boolean {
    const { maxConnections, maxConnectionsPerSender, idleTimeoutMs } = this.#limits;
    if (sender !== undefined && (this.#countBySender.get(sender) ?? 0) >= maxConnectionsPerSender) return false;
    if (this.#open.size < maxConnections) return true;
    const idle = this.#longestIdle(performance.now() - idleTimeoutMs);
    if (idle === undefined) return false;
    this.#open.delete(idle);
    idle.abandon();
    return true;
  }

  #adjustCount(sender: string | undefined, change: 1 | -1): void {
    if (sender === undefined) return;
    const count = (this.#countBySender.get(sender) ?? 0) + change;
    if (count === 0) this.#countBySender.delete(sender);
    else this.#countBySender.set(sender, count);
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

  /** The connection that has been idle for the longest time, among those idle since before `latest`. */
  #longestIdle(latest: number): Connection | undefined {
    let idlest: Connection | undefined;
    for (const connection of this.#open) {
      if (connection.idleSince < (idlest?.idleSince ?? latest)) idlest = connection;
    }
    return idlest;
  }
}
