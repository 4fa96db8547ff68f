import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { OgrtError } from "../errors.js";
import { encodeMessage, type JobEvent } from "../wire/index.js";

/** Time for a collector to take a frame over a stream: a job's prolog must not wait for it. */
const SEND_TIMEOUT_MS = 3000;

/**
 * Sends a job's start or end, with the current time, to a collector.
 *
 * @param server - numeric server URL, from `numericServer`.
 * @throws {@link OgrtError} SERVER_UNREACHABLE; not for datagrams, which have no reply.
 */
export async function sendJobEvent(server: string, event: Omit<JobEvent, "time">): Promise<void> {
  const now = { nanoseconds: BigInt(Date.now()) * 1_000_000n, precision: 1_000_000n };
  const frame = encodeMessage({ ...event, time: now });
  const { protocol, hostname, port, pathname } = new URL(server);
  const host = hostname.replace(/^\[|\]$/g, "");
  try {
    if (protocol === "udp:") await sendDatagram(frame, host, Number(port));
    else if (protocol === "tcp:") await sendStream(frame, connect({ host, port: Number(port) }));
    else await sendStream(frame, connect({ path: decodeURIComponent(pathname) }));
  } catch (cause) {
    const { message } = cause as Error;
    throw new OgrtError("SERVER_UNREACHABLE", `${server} did not accept the frame: ${message}`, {
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

async function sendStream(frame: Uint8Array, socket: Socket): Promise<void> {
  const late = new Error(`no answer within ${SEND_TIMEOUT_MS} ms`);
  const timer = setTimeout(() => socket.destroy(late), SEND_TIMEOUT_MS);
  try {
    await once(socket, "connect");
    socket.end(frame);
    socket.resume();
    // The collector closes the connection when it has read everything.
    await once(socket, "close");
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}
