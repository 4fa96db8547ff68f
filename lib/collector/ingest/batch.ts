import { FRAME_HEADER_SIZE, type Frame } from "../../wire/index.js";
import type { ReceivedFrame } from "../frames/in-flight.js";

/** Whole frames back to back in one buffer, which moves between threads without a copy. */
export interface FrameBatch {
  readonly frames: number;
  /** For each frame the number of its sender (32 bits), then the frame as on the wire. */
  readonly bytes: ArrayBuffer;
  /** The senders of the frames, each once. */
  readonly senders: readonly string[];
  /** When the batch was closed, in milliseconds since the epoch. */
  readonly receivedAt: number;
}

const INITIAL_CAPACITY_BYTES = 256 * 1024;
const SENDER_BYTES = 4;

/** Frames → one batch after the other. */
export class FrameBatchBuilder {
  #bytes = new Uint8Array(INITIAL_CAPACITY_BYTES);
  #length = 0;
  #frames = 0;
  /** Sender → its number. */
  #senders = new Map<string, number>();

  get size(): number {
    return this.#length;
  }

  add({ type, payload }: Frame, sender: string): void {
    const needed = this.#length + SENDER_BYTES + FRAME_HEADER_SIZE + payload.length;
    if (needed > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
      grown.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = grown;
    }
    const view = new DataView(this.#bytes.buffer, this.#length, SENDER_BYTES + FRAME_HEADER_SIZE);
    view.setUint32(0, this.#numberOf(sender));
    view.setUint32(4, type);
    view.setUint32(8, payload.length);
    this.#bytes.set(payload, needed - payload.length);
    this.#length = needed;
    this.#frames++;
  }

  /** Returns the gathered frames in a buffer of their size, and starts a new batch; undefined when there are none. */
  take(): FrameBatch | undefined {
    if (this.#frames === 0) return undefined;
    const bytes = this.#bytes.buffer.slice(0, this.#length);
    const batch = { frames: this.#frames, bytes, senders: [...this.#senders.keys()], receivedAt: Date.now() };
    if (this.#bytes.length > INITIAL_CAPACITY_BYTES) this.#bytes = new Uint8Array(INITIAL_CAPACITY_BYTES);
    this.#length = 0;
    this.#frames = 0;
    this.#senders = new Map();
    return batch;
  }

  #numberOf(sender: string): number {
    const known = this.#senders.get(sender);
    if (known !== undefined) return known;
    this.#senders.set(sender, this.#senders.size);
    return this.#senders.size - 1;
  }
}

/** The frames of a batch. Payloads are views of its buffer. */
export function* framesOf({ bytes, senders }: FrameBatch): Generator<ReceivedFrame> {
  const view = new DataView(bytes);
  for (let at = 0; at < bytes.byteLength; ) {
    const sender = senders[view.getUint32(at)] as string;
    const length = view.getUint32(at + 8);
    const payloadAt = at + SENDER_BYTES + FRAME_HEADER_SIZE;
    yield { sender, type: view.getUint32(at + 4), payload: new Uint8Array(bytes, payloadAt, length) };
    at = payloadAt + length;
  }
}
