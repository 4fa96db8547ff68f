import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import WebSocket from "ws";
import { encodeMessage } from "../../../lib/wire/index.js";
import type { RunningCollector } from "../../support/collector.js";
import { processStart } from "../../wire/samples.js";

/** A raw connection to the HTTP port, with the answer so far. */
export class Peer {
  readonly socket: Socket;
  answer = "";

  constructor(collector: RunningCollector, text: string | Buffer = "") {
    const { hostname, port } = new URL(collector.where.http);
    this.socket = connect(Number(port), hostname);
    this.socket.on("error", () => {});
    this.socket.setEncoding("latin1").on("data", (piece: string) => {
      this.answer += piece;
    });
    this.socket.write(text);
  }

  /** Waits until the collector closes the connection. */
  async closed(): Promise<string> {
    while (!this.socket.closed) await sleep(5);
    return this.answer;
  }

  /** Status of each answer so far. */
  get statuses(): number[] {
    return [...this.answer.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status));
  }
}

/** Status of each answer to `text`, which must make the collector close the connection. */
export async function statuses(collector: RunningCollector, text: string | Buffer): Promise<number[]> {
  const peer = new Peer(collector, text);
  await peer.closed();
  return peer.statuses;
}

/** A GET of exactly this target, which no URL parser normalizes. */
export function get(collector: RunningCollector, target: string, ...headers: string[]): Promise<number[]> {
  const { host } = new URL(collector.where.http);
  const lines = [`GET ${target} HTTP/1.1`, `Host: ${host}`, "Connection: close", ...headers, "", ""];
  return statuses(collector, Buffer.from(lines.join("\r\n"), "latin1"));
}

export const bearer = ({ token }: RunningCollector) => ({ authorization: `Bearer ${token}` });

/** A WebSocket client with the token; records its messages and the close code. */
export async function webSocket(collector: RunningCollector, path: string, options: WebSocket.ClientOptions = {}) {
  const socket = new WebSocket(`${collector.where.http.replace("http", "ws")}${path}`, {
    headers: bearer(collector),
    ...options,
  });
  const seen = { socket, messages: [] as string[], code: undefined as number | undefined };
  socket.on("message", (data) => seen.messages.push(data.toString()));
  socket.on("close", (code) => {
    seen.code = code;
  });
  await new Promise<void>((resolve, reject) => {
    socket.on("open", () => resolve());
    socket.on("error", reject);
  });
  return seen;
}

/** Tries to open a WebSocket: `open SUBPROTOCOL`, or the HTTP status of the refusal. */
export function knock(
  collector: RunningCollector,
  path: string,
  headers: Record<string, string>,
  protocols: string[] = [],
): Promise<string | number> {
  const socket = new WebSocket(`${collector.where.http.replace("http", "ws")}${path}`, protocols, { headers });
  return new Promise((resolve) => {
    socket.on("open", () => {
      resolve(`open ${socket.protocol}`);
      socket.terminate();
    });
    socket.on("unexpected-response", (_request, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    socket.on("error", () => resolve("error"));
  });
}

/** Bytes of memory that the collector holds (proc(5), statm: pages). */
export function residentBytes({ where }: RunningCollector): number {
  return Number(readFileSync(`/proc/${where.pid}/statm`, "utf8").split(" ")[1]) * 4096;
}

let records = 0;

/** Checks that the collector stores and answers a valid record, and has logged no fault. */
export async function expectServed(collector: RunningCollector): Promise<void> {
  const job = `good-${records++}`;
  await collector.send(encodeMessage(processStart({ job })));
  for (;;) {
    if ((await collector.json(`/api/v1/job?id=${job}`)).total === 1) break;
    await sleep(20);
  }
  expect(collector.child.exitCode).toBeNull();
  expect(collector.stderr).not.toMatch(/internal|Error|stack/i);
}
