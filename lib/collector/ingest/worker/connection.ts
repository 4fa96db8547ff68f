import type { Socket } from "node:net";
import { type Frame, FrameReader } from "../../../wire/index.js";
import type { Sender } from "../../limits/senders.js";
import type { Batcher } from "./batcher.js";

export interface ConnectionEvents {
  readonly onData: (bytes: number) => void;
  /** @param change - growth of the incomplete frame in bytes; negative when it shrank. */
  readonly onUnfinished: (change: number) => void;
  /** A whole frame was handed over. */
  readonly onFrame: () => void;
  /** The socket is closed. Frames that it delivered may still wait. */
  readonly onClose: () => void;
  /** The socket is closed and its last frame is handed over. */
  readonly onEnd: () => void;
}

/**
 * One stream connection. In: bytes. Out: whole frames, to the batcher. While a frame waits for the sender's rate or for
 * credit, the socket is not read, so that the sender waits too.
 */
export class Connection {
  readonly #socket: Socket;
  readonly #batcher: Batcher;
  readonly sender: Sender;
  readonly #events: ConnectionEvents;
  #reader = new FrameReader();
  /** A whole frame that waits: first for the sender's rate, then for credit. */
  #held: Frame | undefined;
  #isHeldWithinRate = false;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;
  #abandonedFor: "shutdown" | "overload" | undefined;
  #unfinishedBytes = 0;
  #frameBeganAt = Number.POSITIVE_INFINITY;

  constructor(socket: Socket, batcher: Batcher, sender: Sender, events: ConnectionEvents) {
    this.#socket = socket;
    this.#batcher = batcher;
    this.sender = sender;
    this.#events = events;
    socket.on("data", (bytes) => {
      events.onData(bytes.length);
      this.#reader.push(bytes);
      this.#handOver();
    });
    // The "close" event follows and handles it.
    socket.on("error", () => {});
    socket.on("close", () => {
      this.#isClosed = true;
      events.onClose();
      if (this.#held === undefined) this.#end();
    });
  }

  /** Hands frames to the batcher until it lacks bytes, rate or credit. */
  #handOver(): void {
    for (;;) {
      const frame = this.#held ?? this.#reader.next();
      if (frame === undefined) break;
      // This frame is whole; bytes after it belong to the next one.
      this.#setUnfinished(0);
      if (frame === "too-large") {
        this.#batcher.reject("too-large");
        this.#socket.destroy();
        return;
      }
      if (!this.#isHeldWithinRate) {
        const { rate } = this.sender;
        if (rate?.take() === false) {
          this.#hold(frame);
          this.#timer ??= setTimeout(() => this.#resume(), Math.ceil(rate.wait())).unref();
          return;
        }
        this.#isHeldWithinRate = true;
      }
      if (!this.#batcher.offer(frame, this.sender)) {
        this.#hold(frame);
        this.#batcher.onCredit(() => this.#resume());
        return;
      }
      this.#events.onFrame();
      this.#held = undefined;
      this.#isHeldWithinRate = false;
    }
    this.#setUnfinished(this.#reader.buffered);
    if (this.#isClosed) this.#end();
    else if (this.#socket.isPaused()) this.#socket.resume();
  }

  #hold(frame: Frame): void {
    this.#held = frame;
    this.#socket.pause();
  }

  #resume(): void {
    this.#timer = undefined;
    if (this.#held !== undefined) this.#handOver();
  }

  /** Bytes of the incomplete frame. */
  get unfinishedBytes(): number {
    return this.#unfinishedBytes;
  }

  /** When the incomplete frame began, by performance.now(). */
  get frameBeganAt(): number {
    return this.#frameBeganAt;
  }

  #setUnfinished(bytes: number): void {
    if (bytes === 0) this.#frameBeganAt = Number.POSITIVE_INFINITY;
    else if (this.#unfinishedBytes === 0) this.#frameBeganAt = performance.now();
    const change = bytes - this.#unfinishedBytes;
    this.#unfinishedBytes = bytes;
    if (change !== 0) this.#events.onUnfinished(change);
  }

  /** Closes a connection that exceeds a limit, and counts its incomplete frame. */
  cut(reason: "overload" | "truncated"): void {
    if (reason === "overload") this.#batcher.drop(reason);
    else this.#batcher.reject(reason);
    this.#reader = new FrameReader();
    this.#setUnfinished(0);
    this.#socket.destroy();
  }

  /** Closes the connection and counts the frames that it holds as dropped. */
  abandon(reason: "shutdown" | "overload"): void {
    this.#abandonedFor = reason;
    if (this.#held !== undefined) {
      this.#held = undefined;
      this.#batcher.drop(reason);
      for (let frame = this.#reader.next(); frame !== undefined && frame !== "too-large"; frame = this.#reader.next()) {
        this.#batcher.drop(reason);
      }
    }
    if (this.#isClosed) this.#end();
    else this.#socket.destroy();
  }

  #end(): void {
    if (this.#reader.buffered > 0) {
      if (this.#abandonedFor !== undefined) this.#batcher.drop(this.#abandonedFor);
      else this.#batcher.reject("truncated");
    }
    this.#setUnfinished(0);
    this.#events.onEnd();
  }
}
