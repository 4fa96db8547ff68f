import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import WebSocket from "ws";
import { encodeMessage } from "../../../lib/wire/index.js";
import { startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { object, processStart } from "../../wire/samples.js";
import { residentMegabytes } from "./support/resident.js";
import { webSocket } from "./support/web-socket.js";

/** What a subscriber got, and what it was told to have missed. */
function follow(socket: WebSocket) {
  const seen = { messages: 0, lost: 0 };
  socket.on("message", (data: Buffer) => {
    const text = data.length < 100 ? data.toString() : "";
    if (text.includes('"lost"')) seen.lost += JSON.parse(text).count;
    else seen.messages++;
  });
  return seen;
}

it("a thousand subscribers, all but one of them slow, lose messages with a count and hold nobody up", async () => {
  const collector = await startCollector(join(temporaryFolder(), "data"));
  const slow: WebSocket[] = [];
  for (let i = 0; i < 999; i++) slow.push(await webSocket(collector, "/stream"));
  for (const socket of slow) socket.pause();
  const quick = follow(await webSocket(collector, "/stream?job=rare"));
  const refused = new WebSocket(`${collector.where.http.replace("http", "ws")}/stream`, {
    headers: { authorization: `Bearer ${collector.token}` },
  });
  const [error] = (await once(refused, "error")) as [Error];
  expect(error.message).toContain("503");

  const before = residentMegabytes(collector.where.pid);
  const objects = Array.from({ length: 30 }, (_, index) => object(`/nowhere/lib${index}.so`));
  const stream = await collector.connect();
  const count = 1000;
  for (let i = 0; i < count; i++) {
    stream.write(encodeMessage(processStart({ job: i % 50 === 0 ? "rare" : "common", host: "far", objects })));
    if (i % 20 === 0) await sleep(50);
  }
  expect(await collector.waitForFrames(count)).toMatchObject({ stored: count, dropped: {} });
  while (quick.messages + quick.lost < count / 50) await sleep(20);
  expect(quick).toEqual({ messages: count / 50, lost: 0 });
  expect(residentMegabytes(collector.where.pid) - before).toBeLessThan(300);

  const states = slow.map(follow);
  for (const socket of slow) socket.resume();
  // In the end each of them knows of every message, seen or not.
  while (states.some(({ messages, lost }) => messages + lost < count)) await sleep(100);
  expect(states.every(({ messages, lost }) => messages + lost === count)).toBe(true);
  expect(states.every(({ lost }) => lost > 0)).toBe(true);
  for (const socket of slow) socket.terminate();
  expect(await collector.stop()).toBe(0);
});
