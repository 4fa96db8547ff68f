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
  /** Added to an environment that is empty but for PATH. */
  environment?: Record<string, string>;
  cwd?: string;
  /** Leaves OGRT_ACTIVE out. */
  inactive?: boolean;
  /** Reports go to a port where nobody listens. */
  dead?: boolean;
}

/** A frame holds its type, its length and exactly that many bytes. */
export function parseFrame(datagram: Buffer): Frame {
  const payload = datagram.subarray(8);
  if (payload.length !== datagram.readUInt32BE(4)) throw new Error("the frame's length is not its payload's");
  return { type: datagram.readUInt32BE(0), payload };
}

/** Everything that is queued: datagrams keep their order, so all is there once our own mark has come back. */
async function drain(socket: Socket, received: Buffer[]): Promise<void> {
  const mark = Buffer.from("mark");
  socket.send(mark, socket.address().port, "127.0.0.1");
  while (!received.some((datagram) => datagram.equals(mark))) await once(socket, "message");
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

/** The one element of a list that must have just one. */
export function only<T>(list: readonly T[]): T {
  const [first] = list;
  if (first === undefined || list.length !== 1) throw new Error(`expected one element, not ${list.length}`);
  return first;
}
