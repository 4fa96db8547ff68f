import { FRAME_HEADER_SIZE, type Frame } from "../../wire/index.js";

/** Whole frames back to back, as on the wire, in one buffer that moves between threads without a copy. */
export interface FrameBatch {
  readonly frames: number;
  readonly bytes: ArrayBuffer;
  /** When the batch was closed, in milliseconds since the epoch. */
  readonly receivedAt: number;
}

const INITIAL_CAPACITY_BYTES = 256 * 1024;

/** Frames → one batch after the other. */
export class FrameBatchBuilder {
  #bytes = new Uint8Array(INITIAL_CAPACITY_BYTES);
  #length = 0;
  #frames = 0;

  get size(): number {
    return this.#length;
  }

  add({ type, payload }: Frame): void {
    const needed = this.#length + FRAME_HEADER_SIZE + payload.length;
    if (needed > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
      grown.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = grown;
    }
    const view = new DataView(this.#bytes.buffer, this.#length, FRAME_HEADER_SIZE);
    view.setUint32(0, type);
    view.setUint32(4, payload.length);
    this.#bytes.set(payload, this.#length + FRAME_HEADER_SIZE);
    this.#length = needed;
    this.#frames++;
  }

  /** Returns the gathered frames in a buffer of their size, and starts a new batch; undefined when there are none. */
  take(): FrameBatch | undefined {
    if (this.#frames === 0) return undefined;
    const bytes = this.#bytes.buffer.slice(0, this.#length);
    const batch = { frames: this.#frames, bytes, receivedAt: Date.now() };
    if (this.#bytes.length > INITIAL_CAPACITY_BYTES) this.#bytes = new Uint8Array(INITIAL_CAPACITY_BYTES);
    this.#length = 0;
    this.#frames = 0;
    return batch;
  }
}

/** The frames of a batch. Payloads are views of its buffer. */
export function* framesOf(batch: FrameBatch): Generator<Frame> {
  const view = new DataView(batch.bytes);
  for (let at = 0; at < batch.bytes.byteLength; ) {
    const length = view.getUint32(at + 4);
    yield { type: view.getUint32(at), payload: new Uint8Array(batch.bytes, at + FRAME_HEADER_SIZE, length) };
    at += FRAME_HEADER_SIZE + length;
  }
}
