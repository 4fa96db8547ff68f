import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import type { RunningCollector } from "../../support/collector.js";
import { Peer } from "./attack.js";

/** A frame of RFC 6455 section 5.2, possibly invalid. */
export function frame(first: number, payload: Buffer, { masked = true, announced = payload.length } = {}): Buffer {
  const length =
    announced < 126
      ? Buffer.from([announced])
      : announced < 65536
        ? Buffer.from([126, announced >> 8, announced & 0xff])
        : Buffer.concat([
            Buffer.from([127, 0, 0]),
            Buffer.from([announced / 2 ** 40, (announced / 2 ** 32) & 0xff]),
            u32(announced),
          ]);
  if (!masked) return Buffer.concat([Buffer.from([first]), length, payload]);
  length[0] = (length[0] ?? 0) | 0x80;
  return Buffer.concat([Buffer.from([first]), length, Buffer.alloc(4), payload]);
}
const u32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value % 2 ** 32);
  return bytes;
};
export const FIN = 0x80;
export const TEXT = 1;
export const BINARY = 2;
export const CLOSE = 8;
export const PING = 9;

/** A raw connection after a successful upgrade. */
export async function upgraded(collector: RunningCollector, path: string): Promise<Peer> {
  const lines = [
    `GET ${path} HTTP/1.1`,
    `Host: ${new URL(collector.where.http).host}`,
    `Authorization: Bearer ${collector.token}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}`,
    "Sec-WebSocket-Extensions: permessage-deflate",
  ];
  const peer = new Peer(collector, `${lines.join("\r\n")}\r\n\r\n`);
  while (!peer.answer.includes("\r\n\r\n")) await sleep(5);
  expect(peer.statuses).toEqual([101]);
  // The collector never agrees on compression, so a message cannot expand.
  expect(peer.answer).not.toMatch(/sec-websocket-extensions/i);
  return peer;
}
