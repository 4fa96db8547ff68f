import { once } from "node:events";
import { chmodSync, lstatSync, unlinkSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { type Frame, FrameReader } from "../../../wire/index.js";
import { senderOf } from "../../limits/sender.js";
import type { SenderRates } from "../../limits/sender-rates.js";
import type { Listener } from "../protocol.js";
import type { Batcher } from "./batcher.js";
import type { Receiver } from "./udp.js";

/** What senders may cost, whoever they are. */
export interface StreamLimits {
  /** Connections at once; a compute node needs one, or one a process with the oldest clients. */
  readonly connections: number;
  /** Of those, from one sender, so that one node leaves room for the others. Not on unix sockets. */
  readonly perSender: number;
  /** Bytes of frames that have begun and not ended, of all connections; the largest one is cut when there are more. */
  readonly unfinishedBytes: number;
  /** Milliseconds in which a frame that has begun must end. */
  readonly frameTime: number;
  /** Who was silent for so many milliseconds, between frames, makes room when there are too many connections. */
  readonly idleTime: number;
}

export const STREAM_LIMITS: StreamLimits = {
  connections: 4096,
  perSender: 1024,
  unfinishedBytes: 32 * 1024 * 1024,
  frameTime: 60_000,
  idleTime: 60_000,
};

/** The processes of every user connect. */
const SOCKET_MODE = 0o666;

/**
 * The same frames as over UDP, back to back on a TCP or unix stream. Without credit, and when its address sends more than it
 * may, the stream is not read: its sender waits.
 */
export async function receiveStreams(
  listener: Listener,
  batcher: Batcher,
  rates?: SenderRates,
  limits: StreamLimits = STREAM_LIMITS,
): Promise<Receiver> {
  const connections = new Set<Connection>();
  const bySender = new Map<string, number>();
  let bytes = 0;
  let unfinished = 0;
  const server = createServer((socket) => {
    const sender = socket.remoteAddress === undefined ? undefined : senderOf(socket.remoteAddress);
    const others = bySender.get(sender ?? "") ?? 0;
    const isFull = connections.size >= limits.connections;
    const idle = isFull ? idlest(connections, performance.now() - limits.idleTime) : undefined;
    if ((sender !== undefined && others >= limits.perSender) || (isFull && idle === undefined)) {
      socket.on("error", () => {});
      socket.destroy();
      return;
    }
    if (idle !== undefined) {
      connections.delete(idle);
      idle.abandon();
    }
    if (sender !== undefined) bySender.set(sender, others + 1);
    const pace = sender === undefined || rates === undefined ? unlimited : paceOf(rates, sender);
    const connection = new Connection(socket, batcher, pace, {
      arrived: (count) => {
        bytes += count;
      },
      unfinished: (change) => {
        unfinished += change;
        if (change > 0 && unfinished > limits.unfinishedBytes) largest(connections)?.cut("overload");
      },
      closed: () => {
        if (sender === undefined) return;
        const left = (bySender.get(sender) ?? 1) - 1;
        if (left === 0) bySender.delete(sender);
        else bySender.set(sender, left);
      },
      finished: () => connections.delete(connection),
    });
    connections.add(connection);
  });
  const clock = setInterval(() => {
    const latest = performance.now() - limits.frameTime;
    for (const connection of connections) if (connection.begunAt < latest) connection.cut("truncated");
  }, limits.frameTime / 10).unref();
  const address =
    listener.transport === "unix" ? await listenAtPath(server, listener) : await listenAtPort(server, listener);
  // For example EMFILE at accept: the sender tries again, the others are served.
  server.on("error", () => {});
  return {
    address: { ...address, receiveBuffer: 0 },
    activity: () => bytes,
    close: () =>
      new Promise((resolve) => {
        clearInterval(clock);
        server.close(() => resolve());
        for (const connection of connections) connection.abandon();
      }),
  };
}

async function listenAtPort(server: Server, listener: Exclude<Listener, { transport: "unix" }>): Promise<Listener> {
  server.listen(listener.port, listener.host);
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server without a port");
  return { ...listener, port: address.port };
}

async function listenAtPath(server: Server, listener: Extract<Listener, { transport: "unix" }>): Promise<Listener> {
  await removeStaleSocket(listener.path);
  server.listen(listener.path);
  await once(server, "listening");
  chmodSync(listener.path, SOCKET_MODE);
  return listener;
}

/** A collector that was killed leaves its socket behind. One that somebody answers at is left alone, and so is any file. */
async function removeStaleSocket(path: string): Promise<void> {
  if (!lstatSync(path, { throwIfNoEntry: false })?.isSocket()) return;
  const isStale = await new Promise<boolean>((resolve) => {
    const probe = connect(path);
    probe.on("connect", () => {
      probe.destroy();
      resolve(false);
    });
    probe.on("error", ({ code }: NodeJS.ErrnoException) => resolve(code === "ECONNREFUSED"));
  });
  if (isStale) unlinkSync(path);
}

/** Milliseconds until a frame more may be taken; 0 counts it. */
type Pace = () => number;

const unlimited: Pace = () => 0;

function paceOf(rates: SenderRates, sender: string): Pace {
  return () => (rates.take(sender) ? 0 : Math.ceil(rates.wait(sender)));
}

/** The connection with the longest unfinished frame; not one that waits for credit, as it has sent whole ones. */
function largest(connections: Iterable<Connection>): Connection | undefined {
  let found: Connection | undefined;
  for (const connection of connections) {
    if (connection.unfinished > (found?.unfinished ?? 0)) found = connection;
  }
  return found;
}

/** The connection that was silent longest, of those that were so since before a time. */
function idlest(connections: Iterable<Connection>, before: number): Connection | undefined {
  let found: Connection | undefined;
  for (const connection of connections) {
    if (connection.silentSince < (found?.silentSince ?? before)) found = connection;
  }
  return found;
}

interface Events {
  readonly arrived: (bytes: number) => void;
  /** Bytes more or less of a frame that has not ended. */
  readonly unfinished: (change: number) => void;
  /** The socket is gone. */
  readonly closed: () => void;
  /** The frames that came over it are gone, too. */
  readonly finished: () => void;
}

class Connection {
  readonly #socket: Socket;
  readonly #batcher: Batcher;
  readonly #pace: Pace;
  readonly #events: Events;
  #reader = new FrameReader();
  /** A frame that waits: first for its sender's rate, then for credit. */
  #held: Frame | undefined;
  /** It is within the rate. */
  #isDue = false;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  #abandoned = false;
  #unfinished = 0;
  #begunAt = Number.POSITIVE_INFINITY;
  #heardAt = performance.now();

  constructor(socket: Socket, batcher: Batcher, pace: Pace, events: Events) {
    this.#socket = socket;
    this.#batcher = batcher;
    this.#pace = pace;
    this.#events = events;
    socket.on("data", (bytes) => {
      events.arrived(bytes.length);
      this.#heardAt = performance.now();
      this.#reader.push(bytes);
      this.#pump();
    });
    // A reset connection is closed too, and closing is all that matters here.
    socket.on("error", () => {});
    socket.on("close", () => {
      this.#closed = true;
      events.closed();
      if (this.#held === undefined) this.#finish();
    });
  }

  /** Bytes of a frame that has not ended. */
  get unfinished(): number {
    return this.#unfinished;
  }

  /** When that frame began, by performance.now(). */
  get begunAt(): number {
    return this.#begunAt;
  }

  /** When it said something last; never, in the middle of a frame or while one of its frames waits. */
  get silentSince(): number {
    return this.#unfinished > 0 || this.#held !== undefined ? Number.POSITIVE_INFINITY : this.#heardAt;
  }

  /** Ends a connection that costs too much; its unfinished frame is counted. */
  cut(reason: "overload" | "truncated"): void {
    if (reason === "overload") this.#batcher.drop(reason);
    else this.#batcher.reject(reason);
    this.#reader = new FrameReader();
    this.#note(0);
    this.#socket.destroy();
  }

  /** Ends the connection and counts what it still held. */
  abandon(): void {
    this.#abandoned = true;
    if (this.#held !== undefined) {
      this.#held = undefined;
      this.#batcher.drop("shutdown");
      for (let frame = this.#reader.next(); frame !== undefined && frame !== "too-large"; frame = this.#reader.next()) {
        this.#batcher.drop("shutdown");
      }
    }
    if (this.#closed) this.#finish();
    else this.#socket.destroy();
  }

  /** Hands over frames until more bytes or more credit are needed. */
  #pump(): void {
    for (;;) {
      const frame = this.#held ?? this.#reader.next();
      if (frame === undefined) break;
      // What follows is another frame.
      this.#note(0);
      if (frame === "too-large") {
        this.#batcher.reject("too-large");
        this.#socket.destroy();
        return;
      }
      if (!this.#isDue) {
        const wait = this.#pace();
        if (wait > 0) {
          this.#hold(frame);
          this.#timer ??= setTimeout(() => this.#goOn(), wait).unref();
          return;
        }
        this.#isDue = true;
      }
      if (!this.#batcher.offer(frame)) {
        this.#hold(frame);
        this.#batcher.onCredit(() => this.#goOn());
        return;
      }
      this.#held = undefined;
      this.#isDue = false;
    }
    this.#note(this.#reader.buffered);
    if (this.#closed) this.#finish();
    else if (this.#socket.isPaused()) this.#socket.resume();
  }

  #hold(frame: Frame): void {
    this.#held = frame;
    this.#socket.pause();
  }

  #goOn(): void {
    this.#timer = undefined;
    if (this.#held !== undefined) this.#pump();
  }

  /** Keeps count of the frame that has not ended. */
  #note(unfinished: number): void {
    if (unfinished === 0) this.#begunAt = Number.POSITIVE_INFINITY;
    else if (this.#unfinished === 0) this.#begunAt = performance.now();
    const change = unfinished - this.#unfinished;
    this.#unfinished = unfinished;
    if (change !== 0) this.#events.unfinished(change);
  }

  #finish(): void {
    if (this.#reader.buffered > 0) {
      if (this.#abandoned) this.#batcher.drop("shutdown");
      else this.#batcher.reject("truncated");
    }
    this.#note(0);
    this.#events.finished();
  }
}
