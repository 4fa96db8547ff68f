import { once } from "node:events";
import { chmodSync, lstatSync, unlinkSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { type Frame, FrameReader } from "../../wire/index.js";
import type { Outlet } from "./outlet.js";
import type { Listener } from "./protocol.js";
import type { Receiver } from "./udp.js";

/** Connections at once; a compute node needs one, or one a process with the oldest clients. */
const CONNECTION_LIMIT = 4096;
/** The processes of every user connect. */
const SOCKET_MODE = 0o666;

/**
 * The same frames as over UDP, back to back on a TCP or unix stream. Without credit the stream is not read: its sender
 * waits.
 */
export async function receiveStreams(listener: Listener, outlet: Outlet): Promise<Receiver> {
  const connections = new Set<Connection>();
  let bytes = 0;
  const server = createServer((socket) => {
    const connection = new Connection(socket, outlet, {
      arrived: (count) => {
        bytes += count;
      },
      finished: () => connections.delete(connection),
    });
    connections.add(connection);
  });
  server.maxConnections = CONNECTION_LIMIT;
  const address =
    listener.transport === "unix" ? await listenAtPath(server, listener) : await listenAtPort(server, listener);
  // For example EMFILE at accept: the sender tries again, the others are served.
  server.on("error", () => {});
  return {
    address: { ...address, receiveBuffer: 0 },
    activity: () => bytes,
    close: () =>
      new Promise((resolve) => {
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

interface Events {
  readonly arrived: (bytes: number) => void;
  readonly finished: () => void;
}

class Connection {
  readonly #socket: Socket;
  readonly #outlet: Outlet;
  readonly #events: Events;
  readonly #reader = new FrameReader();
  /** A frame that waits for credit. */
  #held: Frame | undefined;
  #closed = false;
  #abandoned = false;

  constructor(socket: Socket, outlet: Outlet, events: Events) {
    this.#socket = socket;
    this.#outlet = outlet;
    this.#events = events;
    socket.on("data", (bytes) => {
      events.arrived(bytes.length);
      this.#reader.push(bytes);
      this.#pump();
    });
    // A reset connection is closed too, and closing is all that matters here.
    socket.on("error", () => {});
    socket.on("close", () => {
      this.#closed = true;
      if (this.#held === undefined) this.#finish();
    });
  }

  /** Ends the connection and counts what it still held. */
  abandon(): void {
    this.#abandoned = true;
    if (this.#held !== undefined) {
      this.#held = undefined;
      this.#outlet.drop("shutdown");
      for (let frame = this.#reader.next(); frame !== undefined && frame !== "too-large"; frame = this.#reader.next()) {
        this.#outlet.drop("shutdown");
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
      if (frame === "too-large") {
        this.#outlet.reject("too-large");
        this.#socket.destroy();
        return;
      }
      if (!this.#outlet.offer(frame)) {
        this.#held = frame;
        this.#socket.pause();
        this.#outlet.onCredit(() => {
          if (this.#held !== undefined) this.#pump();
        });
        return;
      }
      this.#held = undefined;
    }
    if (this.#closed) this.#finish();
    else if (this.#socket.isPaused()) this.#socket.resume();
  }

  #finish(): void {
    if (this.#reader.buffered > 0) {
      if (this.#abandoned) this.#outlet.drop("shutdown");
      else this.#outlet.reject("truncated");
    }
    this.#events.finished();
  }
}
