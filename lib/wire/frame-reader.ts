import { DEFAULT_MAX_PAYLOAD_BYTES, FRAME_HEADER_SIZE, type Frame, type FrameOptions } from "./frame.js";

/**
 * Frames out of a byte stream that arrives in pieces of any size. Pull, not push: the caller takes frames as it has
 * room for them, so that backpressure reaches the sender.
 *
 * Memory stays below twice the bytes that really arrived and were not taken yet; a length that a peer only announces
 * costs nothing, and one above the limit ends the stream.
 */
export class FrameReader {
  readonly #limit: number;
  /** What arrived and was not taken lies in `#bytes` from `#start` to `#end`. */
  #bytes: Uint8Array = new Uint8Array(0);
  #start = 0;
  #end = 0;
  /** False while `#bytes` is a piece of the caller, which is never written to. */
  #owned = false;
  #violated = false;

  constructor(options: FrameOptions = {}) {
    this.#limit = options.maxPayloadBytes ?? DEFAULT_MAX_PAYLOAD_BYTES;
  }

  /** Bytes that wait for the rest of their frame. Above 0 at the end of a stream means that it was cut. */
  get buffered(): number {
    return this.#end - this.#start;
  }

  /** Hands over received bytes; they must not be changed afterwards. */
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
   * The next whole frame, or undefined when more bytes are needed. After `too-large` nothing more can be read: where
   * the next frame starts is only known to who reads all of this one.
   */
  next(): Frame | "too-large" | undefined {
    if (this.#violated) return "too-large";
    if (this.buffered < FRAME_HEADER_SIZE) return undefined;
    const view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset + this.#start, FRAME_HEADER_SIZE);
    const length = view.getUint32(4);
    if (length > this.#limit) {
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

  /** Moves what is left into a fresh buffer of at least double size: frames already handed out keep the old one. */
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
