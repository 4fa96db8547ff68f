import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { type Frame, FrameReader } from "../../wire/index.js";
import type { Outlet } from "./outlet.js";
import type { Listener } from "./protocol.js";
import type { Receiver } from "./udp.js";

/** Connections at once; a compute node needs one, or one a process with the oldest clients. */
const CONNECTION_LIMIT = 4096;

/** The same frames as over UDP, back to back on a stream. Without credit the stream is not read: its sender waits. */
export async function receiveTcp(listener: Listener, outlet: Outlet): Promise<Receiver> {
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
  server.listen(listener.port, listener.host);
  await once(server, "listening");
  // For example EMFILE at accept: the sender tries again, the others are served.
  server.on("error", () => {});
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server without a port");
  return {
    address: { ...listener, port: address.port, receiveBuffer: 0 },
    activity: () => bytes,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const connection of connections) connection.abandon();
      }),
  };
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
