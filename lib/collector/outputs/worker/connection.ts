import { readFile } from "node:fs/promises";
import { connect as connectPlain, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { connect as connectTls } from "node:tls";
import type { StreamOptions } from "../../config/outputs/stream.js";

const CONNECT_LIMIT = 10_000;
/** A receiver that takes nothing for so long, in milliseconds, is given up. */
const STALL_LIMIT = 60_000;
/** The shortest time in which nothing may come back before the end, in milliseconds. */
const LAST_LOOK = 20;
/** How long a receiver may read what is under way before it closes, in milliseconds. */
const CLOSE_LIMIT = 30_000;

/**
 * A stream to a receiver that answers nothing. A program learns from TCP neither what the other kernel has nor what the
 * program there has read; only this: a side that closes before it has read everything resets the connection (RFC 9293
 * section 3.6.1), one that has read everything ends it. So a stream is ended now and then, and what was sent counts as
 * received when the other side ends it after us. An end from before, on its way to us, would look the same: therefore
 * nothing may come back for some round trips before we end.
 */
export class StreamConnection {
  readonly #to: StreamOptions;
  #stream: Stream | undefined;

  constructor(to: StreamOptions) {
    this.#to = to;
  }

  /** Resolves when the kernel has all of it. */
  async write(bytes: string | Buffer, signal: AbortSignal): Promise<void> {
    const { socket } = this.#stream ?? (await this.#open(signal));
    const written = new Promise<void>((resolve) => {
      // Also what a destroyed socket has not written is called back, and without an error.
      socket.write(bytes, (error) => error == null && !socket.destroyed && resolve());
    });
    await this.#unlessFailed(signal, written);
  }

  /** Ends the stream; resolves when the receiver has read all of it. The next write begins another one. */
  async finish(signal: AbortSignal): Promise<void> {
    const stream = this.#stream;
    if (stream === undefined) return;
    const { socket, roundTrips } = stream;
    const late = () => socket.destroy(new Error(`the receiver did not close within ${CLOSE_LIMIT / 1000} s`));
    const limit = setTimeout(late, CLOSE_LIMIT);
    try {
      await this.#unlessFailed(signal, sleep(Math.min(LAST_LOOK + roundTrips * 2, CONNECT_LIMIT)));
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
      // Also a receiver that only stops sending is taken for one that goes away: none of them has anything to say.
      if (!socket.writableEnded) socket.destroy(gone);
    });
    socket.setTimeout(STALL_LIMIT, () => {
      if (socket.writableLength > 0) socket.destroy(new Error(`the receiver took nothing for ${STALL_LIMIT / 1000} s`));
    });
    socket.resume();
    const late = () => socket.destroy(new Error(`no connection within ${CONNECT_LIMIT / 1000} s`));
    const limit = setTimeout(late, CONNECT_LIMIT);
    const event = this.#to.address.startsWith("tls:") ? "secureConnect" : "connect";
    try {
      await this.#unlessFailed(signal, new Promise<void>((resolve) => socket.once(event, resolve)));
    } finally {
      clearTimeout(limit);
    }
    stream.roundTrips = performance.now() - began;
    return stream;
  }

  /** Waits for something unless the stream fails first; then it is closed, and nothing of it is sure. */
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
  /** Milliseconds that opening it took: two or three round trips. */
  roundTrips: number;
  /** Why it is of no use any more. */
  failure: Error | undefined;
}

async function connect(to: StreamOptions): Promise<Socket> {
  const { protocol, hostname, port, pathname } = new URL(to.address);
  // Half-open, so that the end of our side leaves the other's to be waited for.
  if (protocol === "unix:") return connectPlain({ path: decodeURIComponent(pathname), allowHalfOpen: true });
  const host = hostname.replace(/^\[|\]$/g, "");
  const where = { host, port: Number(port), allowHalfOpen: true };
  if (protocol === "tcp:") return connectPlain({ ...where, keepAlive: true, keepAliveInitialDelay: 30_000 });
  const read = async (path: string | undefined) => (path === undefined ? undefined : readFile(path));
  const [ca, cert, key] = await Promise.all([read(to["ca-file"]), read(to["cert-file"]), read(to["key-file"])]);
  return connectTls({ ...where, ca, cert, key, servername: /^[\d.:]+$/.test(host) ? "" : host });
}
