/** Memory that messages of the stream share, one after the other. */
const CHUNK_BYTES = 256 * 1024;
/** A smaller part of a chunk is copied, so that a subscriber that is slow does not keep the chunk. */
const MIN_SHARED_BYTES = CHUNK_BYTES / 4;
/** FIN and the opcode of a frame (RFC 6455 section 5.2). */
const FIRST_BYTE = { text: 0x81, binary: 0x82 } as const;
const MAX_HEADER_BYTES = 10;

/** Bytes of whole WebSocket frames. */
export interface FrameRange {
  readonly chunk: Buffer;
  readonly start: number;
  readonly end: number;
}

/**
 * Messages → WebSocket frames, made once for all subscribers. Frames that follow each other lie side by side, so that a
 * subscriber gets those of a turn in one write: a write for each took a third of the main thread's time.
 */
export class FrameChunks {
  readonly #firstByte: number;
  #chunk = Buffer.alloc(0);
  #used = 0;

  constructor(kind: keyof typeof FIRST_BYTE) {
    this.#firstByte = FIRST_BYTE[kind];
  }

  /** A message of two pieces. */
  add(head: string | Uint8Array, rest: Uint8Array | undefined): FrameRange {
    const headBytes = typeof head === "string" ? Buffer.byteLength(head) : head.length;
    const bytes = headBytes + (rest?.length ?? 0);
    const most = MAX_HEADER_BYTES + bytes;
    if (this.#used + most > this.#chunk.length) {
      this.#chunk = Buffer.allocUnsafeSlow(Math.max(CHUNK_BYTES, most));
      this.#used = 0;
    }
    const chunk = this.#chunk;
    const start = this.#used;
    let at = this.#putHeader(start, bytes);
    if (typeof head !== "string") chunk.set(head, at);
    // One byte for each character: ASCII, which needs no encoder.
    else chunk.write(head, at, headBytes === head.length ? "latin1" : "utf8");
    at += headBytes;
    if (rest !== undefined) chunk.set(rest, at);
    this.#used = at + (rest?.length ?? 0);
    return { chunk, start, end: this.#used };
  }

  /** Frames of servers are not masked. */
  #putHeader(at: number, bytes: number): number {
    const chunk = this.#chunk;
    chunk[at] = this.#firstByte;
    if (bytes < 126) {
      chunk[at + 1] = bytes;
      return at + 2;
    }
    if (bytes < 0x10000) {
      chunk[at + 1] = 126;
      return chunk.writeUInt16BE(bytes, at + 2);
    }
    chunk[at + 1] = 127;
    return chunk.writeBigUInt64BE(BigInt(bytes), at + 2);
  }
}

/** The frames of one subscriber that wait for the end of the turn. */
export class FrameOutbox {
  readonly #write: (bytes: Uint8Array) => void;
  #waiting: FrameRange | undefined;
  #isScheduled = false;

  constructor(write: (bytes: Uint8Array) => void) {
    this.#write = write;
  }

  get bytes(): number {
    return this.#waiting === undefined ? 0 : this.#waiting.end - this.#waiting.start;
  }

  add(frame: FrameRange): void {
    const waiting = this.#waiting;
    if (waiting !== undefined && waiting.chunk === frame.chunk && waiting.end === frame.start) {
      this.#waiting = { chunk: frame.chunk, start: waiting.start, end: frame.end };
    } else {
      this.flush();
      this.#waiting = frame;
    }
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.flush();
    });
  }

  flush(): void {
    if (this.#waiting === undefined) return;
    const { chunk, start, end } = this.#waiting;
    this.#waiting = undefined;
    const bytes = chunk.subarray(start, end);
    this.#write(bytes.length < MIN_SHARED_BYTES ? Buffer.from(bytes) : bytes);
  }
}
