import { spawn } from "node:child_process";
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { asEnd, asStart, type Message } from "./schema.js";

export interface Frame {
  type: number;
  payload: Buffer;
}

export interface Observation {
  status: number | null;
  signal: NodeJS.Signals | null;
  stdout: Buffer;
  stderr: Buffer;
  frames: Frame[];
  /** Payloads of the start records, decoded with the current schema. */
  starts: Message[];
  ends: Message[];
}

export interface Options {
  library: string;
  /** Added to an environment that only has PATH. */
  environment?: Record<string, string>;
  cwd?: string;
  /** Does not set OGRT_ACTIVE. */
  inactive?: boolean;
  /** Sends reports to a port without a listener. */
  dead?: boolean;
}

/** Parses a datagram with one frame; throws if its length is wrong. */
export function parseFrame(datagram: Buffer): Frame {
  const payload = datagram.subarray(8);
  if (payload.length !== datagram.readUInt32BE(4))
    throw new Error("the length in the frame header is not that of its payload");
  return { type: datagram.readUInt32BE(0), payload };
}

/** Waits for all queued datagrams: they stay in order, so the end marker arrives last. */
async function drain(socket: Socket, received: Buffer[]): Promise<void> {
  const marker = Buffer.from("end marker");
  socket.send(marker, socket.address().port, "127.0.0.1");
  while (!received.some((datagram) => datagram.equals(marker))) await once(socket, "message");
}

/** Runs a program under the library and collects what it reports. */
export async function observe(command: readonly string[], options: Options): Promise<Observation> {
  const socket = createSocket("udp4");
  const received: Buffer[] = [];
  socket.on("message", (datagram) => received.push(datagram));
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  socket.setRecvBufferSize(4 << 20);
  try {
    const { port } = socket.address() as AddressInfo;
    const [file = "", ...args] = command;
    const { PATH } = process.env;
    const child = spawn(file, args, {
      stdio: ["ignore", "pipe", "pipe"],
      ...(options.cwd !== undefined && { cwd: options.cwd }),
      env: {
        PATH,
        LD_PRELOAD: options.library,
        OGRT_SERVER: `udp://127.0.0.1:${options.dead ? 9 : port}`,
        ...(!options.inactive && { OGRT_ACTIVE: "1" }),
        ...options.environment,
      },
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on("data", (bytes: Buffer) => stdout.push(bytes));
    child.stderr.on("data", (bytes: Buffer) => stderr.push(bytes));
    const [status, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
    await drain(socket, received);
    const frames = received.slice(0, -1).map(parseFrame);
    return {
      status,
      signal,
      stdout: Buffer.concat(stdout),
      stderr: Buffer.concat(stderr),
      frames,
      starts: frames.filter(({ type }) => type === 12).map(({ payload }) => asStart(payload)),
      ends: frames.filter(({ type }) => type === 16).map(({ payload }) => asEnd(payload)),
    };
  } finally {
    socket.close();
  }
}

/** The element of a list that must have exactly one. */
export function only<T>(list: readonly T[]): T {
  const [first] = list;
  if (first === undefined || list.length !== 1) throw new Error(`expected one element, not ${list.length}`);
  return first;
}
