import type { RawData, WebSocket } from "ws";
import {
  DEFAULT_MAX_PAYLOAD_BYTES,
  FRAME_HEADER_SIZE,
  type Frame,
  FrameReader,
  type Violation,
} from "../../../wire/index.js";
import type { FrameOrigin, InFlightFrame, Outcome } from "../../frames/in-flight.js";
import { CLOSE, type Endpoint } from "../../http/websockets.js";
import { Credit } from "../credit.js";

export interface FrameSink {
  readonly accept: (frame: Frame, receivedAt: number, origin: FrameOrigin, index: number) => void;
  /** A message that holds no whole frame. */
  readonly reject: (reason: Violation) => void;
  readonly took: FrameOrigin["onStored"];
}

const CONNECTION_LIMIT = 1000;
/** Bytes of frames of all connections that may be under way. */
const CREDIT = 8 * 1024 * 1024;

/** Frames over WebSocket: whole ones, any number in a binary message; `{"durable":N}` comes back. */
export function ingestEndpoint(sink: FrameSink): Endpoint {
  const credit = new Credit(CREDIT);
  return {
    path: "/ingest",
    protocols: ["ogrt.v1"],
    maxMessageBytes: DEFAULT_MAX_PAYLOAD_BYTES + FRAME_HEADER_SIZE,
    maxConnections: CONNECTION_LIMIT,
    open: () => (socket) => {
      new Connection(socket, credit, sink);
    },
  };
}

class Connection implements FrameOrigin {
  readonly acknowledges = true;
  readonly onStored: FrameOrigin["onStored"];
  readonly #socket: WebSocket;
  readonly #credit: Credit;
  readonly #sink: FrameSink;
  /** Frames (or why there is none) that wait for credit, in order. The socket is paused then, so they are few. */
  readonly #held: (Frame | Violation)[] = [];
  #taken = 0;
  /** All frames before this one are on disk (or never will be). */
  #durable = 0;
  #told = 0;
  /** Those after it that are, too. */
  readonly #early = new Set<number>();
  #isScheduled = false;

  constructor(socket: WebSocket, credit: Credit, sink: FrameSink) {
    this.#socket = socket;
    this.#credit = credit;
    this.#sink = sink;
    this.onStored = sink.took;
    socket.on("message", (data, isBinary) => {
      if (isBinary) this.#message(data);
      else socket.close(CLOSE.unsupported, "frames are binary");
    });
  }

  onComplete(inFlight: InFlightFrame, outcome: Outcome): void {
    this.#credit.give(inFlight.bytes);
    if (outcome === "lost") this.#socket.close(CLOSE.failed, "frames were lost: send again what was not acknowledged");
    else this.#done(inFlight.index);
  }

  #message(data: RawData): void {
    const reader = new FrameReader();
    reader.push(data as Buffer);
    let frame = reader.next();
    for (; typeof frame === "object"; frame = reader.next()) this.#held.push(frame);
    if (frame === "too-large") this.#held.push(frame);
    else if (reader.buffered > 0) this.#held.push("truncated");
    this.#pump();
  }

  #pump(): void {
    for (let frame = this.#held[0]; frame !== undefined; frame = this.#held[0]) {
      if (typeof frame === "string") {
        // To send it again would be no use, so it counts as one that is done.
        this.#sink.reject(frame);
        this.#done(this.#taken++);
      } else if (this.#credit.take(FRAME_HEADER_SIZE + frame.payload.length)) {
        this.#sink.accept(frame, Date.now(), this, this.#taken++);
      } else {
        if (!this.#socket.isPaused) this.#socket.pause();
        this.#credit.onCredit(() => this.#pump());
        return;
      }
      this.#held.shift();
    }
    if (this.#socket.isPaused) this.#socket.resume();
  }

  #done(index: number): void {
    this.#early.add(index);
    while (this.#early.delete(this.#durable)) this.#durable++;
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    // One message for all that a commit has settled.
    setImmediate(() => {
      this.#isScheduled = false;
      if (this.#durable === this.#told || this.#socket.readyState !== this.#socket.OPEN) return;
      this.#told = this.#durable;
      this.#socket.send(JSON.stringify({ durable: this.#durable }));
    });
  }
}
