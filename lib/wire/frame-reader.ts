import { DEFAULT_MAX_PAYLOAD_BYTES, FRAME_HEADER_SIZE, type Frame, type FrameOptions } from "./frame.js";

/**
 * Splits a byte stream, which arrives in pieces of any size, into frames. The caller pulls frames as it has room for them,
 * so that backpressure reaches the sender.
 *
 * Memory stays below twice the bytes that arrived and were not read yet. Nothing is allocated for an announced length,
 * and one above the limit ends the stream.
 */
export class FrameReader {
  readonly #maxPayloadBytes: number;
  /** Unread bytes are in `#bytes` from `#start` to `#end`. */
  #bytes: Uint8Array = new Uint8Array(0);
  #start = 0;
  #end = 0;
  /** False while `#bytes` is the caller's piece, which must not be written to. */
  #owned = false;
  #violated = false;

  constructor(options: FrameOptions = {}) {
    this.#maxPayloadBytes = options.maxPayloadBytes ?? DEFAULT_MAX_PAYLOAD_BYTES;
  }

  /** Unread bytes. More than 0 at the end of a stream mean that its last frame is incomplete. */
  get buffered(): number {
    return this.#end - this.#start;
  }

  /** Adds received bytes, which the caller must not change afterwards. */
  push(piece: Uint8Array): void {
    if (this.#violated || piece.length === 0) return;
    if (this.buffered === 0) {
      this.#bytes = piece;
      this.#start = 0;
      this.#end = piece.length;
      this.#owned = false;
      return;
    }
    if (!this.#owned || this.#bytes.length - this.#end < piece.length) this.#grow(piece.length);
    this.#bytes.set(piece, this.#end);
    this.#end += piece.length;
  }

  /**
   * The next complete frame, or undefined when more bytes are needed. `too-large` is final: the next frame starts behind a
   * payload that is not read.
   */
  next(): Frame | "too-large" | undefined {
    if (this.#violated) return "too-large";
    if (this.buffered < FRAME_HEADER_SIZE) return undefined;
    const view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset + this.#start, FRAME_HEADER_SIZE);
    const length = view.getUint32(4);
    if (length > this.#maxPayloadBytes) {
      this.#violated = true;
      this.#bytes = new Uint8Array(0);
      this.#start = this.#end = 0;
      return "too-large";
    }
    if (this.buffered < FRAME_HEADER_SIZE + length) return undefined;
    const from = this.#start + FRAME_HEADER_SIZE;
    this.#start = from + length;
    return { type: view.getUint32(0), payload: this.#bytes.subarray(from, from + length) };
  }

  /** Moves unread bytes to a new buffer of at least twice the size. Returned frames still refer to the old one. */
  #grow(extra: number): void {
    const held = this.buffered;
    const bytes = new Uint8Array(Math.max(held * 2, held + extra));
    bytes.set(this.#bytes.subarray(this.#start, this.#end));
    this.#bytes = bytes;
    this.#start = 0;
    this.#end = held;
    this.#owned = true;
  }
}
