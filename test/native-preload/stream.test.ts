import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/folder.js";
import { builtLibrary } from "./support/library.js";
import { observe } from "./support/observe.js";
import { asEnd, asStart } from "./support/schema.js";

const folder = temporaryFolder();
const library = builtLibrary();
const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

/** Collects the bytes of each connection until its end. */
async function sink(
  listen: string | { port: 0; host: string },
): Promise<{ server: Server; connections: Promise<Buffer>[] }> {
  const connections: Promise<Buffer>[] = [];
  const server = createServer((socket: Socket) => {
    const pieces: Buffer[] = [];
    socket.on("data", (piece: Buffer) => pieces.push(piece));
    connections.push(once(socket, "close").then(() => Buffer.concat(pieces)));
  });
  servers.push(server);
  server.listen(listen);
  await once(server, "listening");
  return { server, connections };
}

function frames(bytes: Buffer): { type: number; payload: Buffer }[] {
  const found: { type: number; payload: Buffer }[] = [];
  let at = 0;
  while (at < bytes.length) {
    const end = at + 8 + bytes.readUInt32BE(at + 4);
    found.push({ type: bytes.readUInt32BE(at), payload: bytes.subarray(at + 8, end) });
    at = end;
  }
  expect(at).toBe(bytes.length);
  return found;
}

describe("a stream to the collector", () => {
  it.each(["unix", "tcp", "tcp6"])("over %s carries start and end record, one connection each", async (kind) => {
    const path = join(folder, "ogrt.sock");
    const host = kind === "tcp6" ? "::1" : "127.0.0.1";
    const { server, connections } = await sink(kind === "unix" ? path : { port: 0, host });
    const address = server.address();
    const url =
      typeof address === "string" ? `unix://${address}` : `tcp://${kind === "tcp6" ? "[::1]" : host}:${address?.port}`;
    const { status, stderr } = await observe(["/bin/true", "x".repeat(100_000)], {
      library,
      environment: { OGRT_SERVER: url },
    });
    expect([status, stderr.toString()]).toEqual([0, ""]);
    while (connections.length < 2) await once(server, "connection");
    const [start, end] = (await Promise.all(connections)).map(frames);
    expect(start?.map(({ type }) => type)).toEqual([12]);
    expect(end?.map(({ type }) => type)).toEqual([16]);
    const message = asStart(start?.[0]?.payload ?? Buffer.alloc(0));
    expect(message.omitted.arguments).toBe(1);
    expect(asEnd(end?.[0]?.payload ?? Buffer.alloc(0)).uuid).toEqual(message.uuid);
  });

  it.each([
    ["a socket that does not exist", "unix:///nonexistent/ogrt.sock"],
    ["a port that refuses connections", "tcp://127.0.0.1:9"],
    ["a host that does not answer (TEST-NET-1)", "tcp://192.0.2.1:7971"],
  ])("to %s does no harm", async (_, server) => {
    const { status, stdout, stderr } = await observe(["/bin/echo", "hello"], {
      library,
      environment: { OGRT_SERVER: server },
    });
    expect([status, stdout.toString(), stderr.toString()]).toEqual([0, "hello\n", ""]);
  });
});

describe("a datagram over IPv6", () => {
  it("reaches the collector", async () => {
    const { createSocket } = await import("node:dgram");
    const socket = createSocket("udp6");
    socket.bind(0, "::1");
    await once(socket, "listening");
    const first = once(socket, "message");
    const { status } = await observe(["/bin/true"], {
      library,
      environment: { OGRT_SERVER: `udp://[0:0::0:1]:${socket.address().port}` },
    });
    const [datagram] = (await first) as [Buffer];
    socket.close();
    expect(status).toBe(0);
    expect(datagram.readUInt32BE(0)).toBe(12);
  });
});
