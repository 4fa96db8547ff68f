import { readFile } from "node:fs/promises";
import { connect as connectPlain, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { connect as connectTls } from "node:tls";
import type { StreamOptions } from "../../config/outputs/stream.js";
import { addressInUrl } from "../../shared/address.js";

const CONNECT_TIMEOUT_MS = 10_000;
/** Time without any read by the receiver, after which the connection is closed. */
const STALL_TIMEOUT_MS = 60_000;
/** Minimum wait for an early close by the receiver, before this side ends its stream. */
const EARLY_CLOSE_WAIT_MS = 20;
/** Time for the receiver to read what is in flight and to close. */
const CLOSE_TIMEOUT_MS = 30_000;

/**
 * A stream to a receiver that sends no acknowledgements. TCP does not show what the receiver has read, except
 * when the receiver closes: the receiver resets the connection if unread data is left, and sends a FIN otherwise (RFC 9293 section
 * 3.6.1). So this side ends the stream regularly, and what it sent counts as read when the receiver's FIN follows. A FIN
 * that was already in flight would look the same. Therefore this side first waits some round trips for one.
 */
export class StreamConnection {
  readonly #to: StreamOptions;
  #stream: Stream | undefined;

  constructor(to: StreamOptions) {
    this.#to = to;
  }

  /** Resolves when the kernel has accepted all bytes. */
  async write(bytes: string | Buffer, signal: AbortSignal): Promise<void> {
    const { socket } = this.#stream ?? (await this.#open(signal));
    const written = new Promise<void>((resolve) => {
      // The callback also runs, without an error, for bytes that a destroyed socket never wrote.
      socket.write(bytes, (error) => error == null && !socket.destroyed && resolve());
    });
    await this.#unlessFailed(signal, written);
  }

  /** Ends the stream. Resolves when the receiver has read all of it. The next write opens another stream. */
  async finish(signal: AbortSignal): Promise<void> {
    const stream = this.#stream;
    if (stream === undefined) return;
    const { socket, roundTrips } = stream;
    const sentence = `the receiver did not close within ${CLOSE_TIMEOUT_MS / 1000} s; if it never does, set confirm = "none"`;
    const late = () => socket.destroy(new Error(sentence));
    const limit = setTimeout(late, CLOSE_TIMEOUT_MS);
    try {
      await this.#unlessFailed(signal, sleep(Math.min(EARLY_CLOSE_WAIT_MS + roundTrips * 2, CONNECT_TIMEOUT_MS)));
      const ended = new Promise<void>((resolve) => socket.once("end", resolve));
      socket.end();
      await this.#unlessFailed(signal, ended);
    } finally {
      clearTimeout(limit);
      this.close();
    }
  }

  close(): void {
    this.#stream?.socket.destroy();
    this.#stream = undefined;
  }

  async #open(signal: AbortSignal): Promise<Stream> {
    const began = performance.now();
    const socket = await connect(this.#to);
    const stream: Stream = { socket, roundTrips: 0, failure: undefined };
    this.#stream = stream;
    const gone = new Error("the receiver closed the connection");
    socket.on("error", (error) => {
      stream.failure ??= error;
    });
    socket.on("close", () => {
      stream.failure ??= gone;
    });
    socket.on("end", () => {
      // A receiver that ends only its own side is treated as gone, too: receivers never send anything.
      if (!socket.writableEnded) socket.destroy(gone);
    });
    socket.setTimeout(STALL_TIMEOUT_MS, () => {
      if (socket.writableLength > 0)
        socket.destroy(new Error(`the receiver read nothing for ${STALL_TIMEOUT_MS / 1000} s`));
    });
    socket.resume();
    const isTls = this.#to.address.startsWith("tls:");
    const sentence = `no ${isTls ? "TLS " : ""}connection within ${CONNECT_TIMEOUT_MS / 1000} s`;
    const limit = setTimeout(() => socket.destroy(new Error(sentence)), CONNECT_TIMEOUT_MS);
    const event = isTls ? "secureConnect" : "connect";
    try {
      await this.#unlessFailed(signal, new Promise<void>((resolve) => socket.once(event, resolve)));
    } finally {
      clearTimeout(limit);
    }
    stream.roundTrips = performance.now() - began;
    return stream;
  }

  /** Waits for a promise. If the stream fails first, closes it and throws; nothing of it counts as read then. */
  async #unlessFailed(signal: AbortSignal, done: Promise<unknown>): Promise<void> {
    const stream = this.#stream;
    if (stream === undefined) throw new Error("there is no stream");
    const { socket } = stream;
    const abort = () => socket.destroy(new Error("stopped"));
    let failed = () => {};
    const failure = new Promise<void>((resolve) => {
      failed = resolve;
    });
    socket.once("close", failed);
    signal.addEventListener("abort", abort);
    try {
      if (signal.aborted) abort();
      if (stream.failure !== undefined) throw stream.failure;
      const isDone = await Promise.race([done.then(() => true), failure.then(() => false)]);
      if (!isDone) throw stream.failure;
    } catch (error) {
      this.close();
      throw error;
    } finally {
      socket.off("close", failed);
      signal.removeEventListener("abort", abort);
    }
  }
}

interface Stream {
  readonly socket: Socket;
  /** Milliseconds that it took to open, which is two or three round trips. */
  roundTrips: number;
  /** The reason why it cannot be used any longer. */
  failure: Error | undefined;
}

async function connect(to: StreamOptions): Promise<Socket> {
  const url = new URL(to.address);
  // Half-open, so that the receiver's side stays open after this side has ended.
  if (url.protocol === "unix:") return connectPlain({ path: decodeURIComponent(url.pathname), allowHalfOpen: true });
  const where = { ...addressInUrl(url), allowHalfOpen: true };
  if (url.protocol === "tcp:") return connectPlain({ ...where, keepAlive: true, keepAliveInitialDelay: 30_000 });
  const read = async (path: string | undefined) => (path === undefined ? undefined : readFile(path));
  const [ca, cert, key] = await Promise.all([read(to["ca-file"]), read(to["cert-file"]), read(to["key-file"])]);
  return connectTls({ ...where, ca, cert, key, servername: /^[\d.:]+$/.test(where.host) ? "" : where.host });
}
