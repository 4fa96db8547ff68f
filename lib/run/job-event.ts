import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { OgrtError } from "../errors.js";
import { encodeMessage } from "../wire/index.js";

/** How long a stream's collector may take, in milliseconds: a job's prolog must not wait for it. */
const LIMIT = 3000;

/**
 * Tells a collector that a job starts or ends now.
 *
 * @param server - numeric server URL, as `numericServer` gives.
 * @throws {@link OgrtError} SERVER_UNREACHABLE; a datagram never is, since nobody answers one.
 */
export async function sendJobEvent(server: string, type: "job-start" | "job-end", job: string): Promise<void> {
  const now = { nanoseconds: BigInt(Date.now()) * 1_000_000n, precision: 1_000_000n };
  const frame = encodeMessage({ type, job, time: now });
  const { protocol, hostname, port, pathname } = new URL(server);
  const host = hostname.replace(/^\[|\]$/g, "");
  try {
    if (protocol === "udp:") await sendDatagram(frame, host, Number(port));
    else
      await sendStream(
        frame,
        protocol === "unix:" ? { path: decodeURIComponent(pathname) } : { host, port: Number(port) },
      );
  } catch (cause) {
    const { message } = cause as Error;
    throw new OgrtError("SERVER_UNREACHABLE", `${server} does not take the frame: ${message}`, {
      value: server,
      cause,
    });
  }
}

async function sendDatagram(frame: Uint8Array, host: string, port: number): Promise<void> {
  const socket = createSocket(host.includes(":") ? "udp6" : "udp4");
  try {
    await new Promise<void>((resolve, reject) =>
      socket.send(frame, port, host, (error) => (error === null ? resolve() : reject(error))),
    );
  } finally {
    socket.close();
  }
}

async function sendStream(
  frame: Uint8Array,
  address: { path: string } | { host: string; port: number },
): Promise<void> {
  const socket = connect(address);
  const over = new AbortController();
  const late = sleep(LIMIT, undefined, { signal: over.signal }).then(() => {
    throw new Error(`no answer within ${LIMIT} ms`);
  });
  late.catch(() => {});
  try {
    await Promise.race([once(socket, "connect"), late]);
    socket.end(frame);
    socket.resume();
    // The collector closes when it has read everything.
    await Promise.race([once(socket, "close"), late]);
  } finally {
    over.abort();
    socket.destroy();
  }
}
