import type { Duplex } from "node:stream";
import type { RawData, WebSocket } from "ws";
import {
  DEFAULT_MAX_PAYLOAD_BYTES,
  FRAME_HEADER_SIZE,
  type Frame,
  FrameReader,
  type Violation,
} from "../../../wire/index.js";
import type { FrameOrigin, InFlightFrame, Outcome, QueuedFrame } from "../../frames/in-flight.js";
import { CLOSE, type Endpoint } from "../../http/websockets.js";
import { senderOf } from "../../limits/sender.js";
import { type Sender, Senders } from "../../limits/senders.js";
import { Credit, creditFor } from "../credit.js";

export interface FrameSink {
  readonly accept: (frame: QueuedFrame) => void;
  /** A message does not consist of whole frames. */
  readonly reject: (reason: Violation) => void;
  readonly onStored: FrameOrigin["onStored"];
  readonly cluster: FrameOrigin["cluster"];
}

const MAX_CONNECTIONS = 1000;
/** Memory of frames in flight, of all connections. */
const MAX_IN_FLIGHT_BYTES = 16 * 1024 * 1024;
/** Memory of messages that are not complete, of all connections; beyond it the connection with the largest is closed. */
const MAX_UNFINISHED_BYTES = 32 * 1024 * 1024;
/** Memory of a piece of a message besides its bytes. */
const PIECE_OVERHEAD_BYTES = 256;

/**
 * Binary messages → frames → sink. A message holds any number of whole frames. The sender receives `{"durable":N}` when
 * the first N frames of its connection are on disk or refused for good.
 */
export function ingestEndpoint(sink: FrameSink): Endpoint {
  const credit = new Credit(MAX_IN_FLIGHT_BYTES);
  // They have the token, so they have no rate.
  const senders = new Senders();
  const unfinished = new UnfinishedMessages();
  return {
    path: "/ingest",
    protocols: ["ogrt.v1"],
    maxMessageBytes: DEFAULT_MAX_PAYLOAD_BYTES + FRAME_HEADER_SIZE,
    maxConnections: MAX_CONNECTIONS,
    open: (_, { socket: { remoteAddress = "" } }) => {
      const sender = senders.of(senderOf(remoteAddress));
      return (socket, stream) => {
        new WebSocketOrigin(socket, sender, credit, sink);
        unfinished.watch(socket, stream);
      };
    },
  };
}

/** Bounds the memory of messages that have begun, which the WebSocket engine bounds only for each connection. */
class UnfinishedMessages {
  readonly #bytes = new Map<WebSocket, number>();
  #total = 0;

  watch(socket: WebSocket, stream: Duplex): void {
    // Before the engine reads a piece, since the message may end in it.
    stream.prependListener("data", (piece: Buffer) => {
      this.#set(socket, (this.#bytes.get(socket) ?? 0) + piece.length + PIECE_OVERHEAD_BYTES);
      if (this.#total > MAX_UNFINISHED_BYTES) this.#largest()?.terminate();
    });
    socket.on("message", () => this.#set(socket, 0));
    socket.on("close", () => this.#set(socket, 0));
  }

  #set(socket: WebSocket, bytes: number): void {
    this.#total += bytes - (this.#bytes.get(socket) ?? 0);
    if (bytes === 0) this.#bytes.delete(socket);
    else this.#bytes.set(socket, bytes);
  }

  #largest(): WebSocket | undefined {
    let largest: readonly [WebSocket | undefined, number] = [undefined, 0];
    for (const entry of this.#bytes) if (entry[1] > largest[1]) largest = entry;
    return largest[0];
  }
}

/** One WebSocket connection. */
class WebSocketOrigin implements FrameOrigin {
  readonly acknowledges = true;
  readonly cluster: FrameOrigin["cluster"];
  readonly onStored: FrameOrigin["onStored"];
  readonly #socket: WebSocket;
  readonly #credit: Credit;
  readonly #sink: FrameSink;
  /** Frames and violations in order, while they wait for credit. The socket is paused then, so they are few. */
  readonly #held: (Frame | Violation)[] = [];
  readonly #sender: Sender;
  #accepted = 0;
  /** All frames before this index are complete. */
  #durable = 0;
  #acknowledged = 0;
  /** Indexes of later frames that are complete. */
  readonly #completedAhead = new Set<number>();
  #isScheduled = false;

  constructor(socket: WebSocket, sender: Sender, credit: Credit, sink: FrameSink) {
    this.#socket = socket;
    this.#sender = sender;
    this.#credit = credit;
    this.#sink = sink;
    this.onStored = sink.onStored;
    this.cluster = sink.cluster;
    socket.on("message", (data, isBinary) => {
      if (isBinary) this.#receive(data);
      else socket.close(CLOSE.unsupported, "frames are binary");
    });
  }

  #receive(data: RawData): void {
    const reader = new FrameReader();
    reader.push(data as Buffer);
    let frame = reader.next();
    for (; typeof frame === "object"; frame = reader.next()) this.#held.push(frame);
    if (frame === "too-large") this.#held.push(frame);
    else if (reader.buffered > 0) this.#held.push("truncated");
    this.#handOver();
  }

  #handOver(): void {
    for (let frame = this.#held[0]; frame !== undefined; frame = this.#held[0]) {
      if (typeof frame === "string") {
        // It counts as complete, since sending it again would not help.
        this.#sink.reject(frame);
        this.#complete(this.#accepted++);
      } else if (this.#credit.take(this.#sender, frame)) {
        const received = { ...frame, sender: this.#sender.key };
        this.#sink.accept({ frame: received, receivedAt: Date.now(), origin: this, index: this.#accepted++ });
      } else {
        if (!this.#socket.isPaused) this.#socket.pause();
        this.#credit.onCredit(() => this.#handOver());
        return;
      }
      this.#held.shift();
    }
    if (this.#socket.isPaused) this.#socket.resume();
  }

  onFreed(_sender: string, bytes: number): void {
    this.#credit.give(this.#sender.key, bytes);
    this.#credit.wake();
  }

  onComplete(inFlight: InFlightFrame, outcome: Outcome): void {
    this.onFreed(inFlight.sender, creditFor(inFlight.bytes));
    if (outcome === "lost") this.#socket.close(CLOSE.failed, "frames were lost: send again what was not acknowledged");
    else this.#complete(inFlight.index);
  }

  #complete(index: number): void {
    this.#completedAhead.add(index);
    while (this.#completedAhead.delete(this.#durable)) this.#durable++;
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    // One message for all frames that complete in this turn.
    setImmediate(() => {
      this.#isScheduled = false;
      if (this.#durable === this.#acknowledged || this.#socket.readyState !== this.#socket.OPEN) return;
      this.#acknowledged = this.#durable;
      this.#socket.send(JSON.stringify({ durable: this.#durable }));
    });
  }
}
