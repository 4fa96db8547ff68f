import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { LossCounts } from "../../../lib/collector/frames/ledger.js";
import { type FrameBatch, framesOf } from "../../../lib/collector/ingest/batch.js";
import { Credit, creditFor } from "../../../lib/collector/ingest/credit.js";
import { Batcher } from "../../../lib/collector/ingest/worker/batcher.js";
import type { ConnectionLimits } from "../../../lib/collector/ingest/worker/connections.js";
import { receiveStreams } from "../../../lib/collector/ingest/worker/receivers.js";
import { senderOf } from "../../../lib/collector/limits/sender.js";
import { Senders } from "../../../lib/collector/limits/senders.js";
import { encodeFrame, FRAME_HEADER_SIZE } from "../../../lib/wire/index.js";
import { temporaryFolder } from "../../support/folder.js";

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** A receiver with these limits, what it handed over, and a function that connects a sender. */
async function receiver(limits: Partial<ConnectionLimits>, senders = new Senders()) {
  const seen = { frames: 0, lost: { rejected: {}, dropped: {} } as LossCounts, displaced: () => 0 };
  const credit = new Credit(1024 * 1024);
  const batcher = new Batcher(credit, (batch: FrameBatch | undefined, lost: LossCounts | undefined) => {
    seen.frames += batch?.frames ?? 0;
    Object.assign(seen.lost.rejected, lost?.rejected);
    Object.assign(seen.lost.dropped, lost?.dropped);
    for (const { payload, sender } of batch === undefined ? [] : framesOf(batch)) {
      credit.give(sender, creditFor(FRAME_HEADER_SIZE + payload.length));
    }
    credit.wake();
  });
  const listener = { transport: "tcp", host: "127.0.0.1", port: 0 } as const;
  const { address, close, displaced } = await receiveStreams(listener, batcher, senders, limits);
  open.push(close);
  seen.displaced = displaced;
  const sender = async (localAddress = "127.0.0.1") => {
    const socket = connect({ port: "port" in address ? address.port : 0, host: "127.0.0.1", localAddress });
    open.push(() => socket.destroy());
    socket.on("error", () => {}).resume();
    await once(socket, "connect");
    return socket;
  };
  return { seen, sender };
}

const closed = async (socket: Socket) => {
  while (!socket.closed) await sleep(5);
};
const frame = encodeFrame(12, Buffer.alloc(1000));

describe("a sender", () => {
  it.each([
    ["192.0.2.7", "192.0.2.7"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:db8:1:2::1", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["2001:db8::3:4:5:6:7", "2001:db8:0:3::/64"],
    ["::1", "0:0:0:0::/64"],
    ["::", "0:0:0:0::/64"],
    ["64:ff9b::192.0.2.33", "64:ff9b:0:0::/64"],
    ["fe80::1%eth0", "fe80::1%eth0"],
  ])("%s counts as %s", (address, sender) => {
    expect(senderOf(address)).toBe(sender);
  });
});

describe("a sender on a stream", () => {
  it("gets the place of the sender with most of them, from its connection whose last frame is the oldest", async () => {
    const { seen, sender } = await receiver({ maxConnections: 4 });
    const greedy = [await sender("127.0.0.2"), await sender("127.0.0.2"), await sender("127.0.0.2")];
    const quiet = await sender("127.0.0.3");
    greedy[0]?.write(frame);
    // Bytes without end keep no place.
    greedy[1]?.write(frame.subarray(0, 10));
    while (seen.frames < 1) await sleep(5);
    const third = await sender("127.0.0.4");
    await closed(greedy[1] as Socket);
    const fourth = await sender("127.0.0.5");
    await closed(greedy[2] as Socket);
    for (const socket of [greedy[0], quiet, third, fourth]) socket?.end(frame);
    while (seen.frames < 5) await sleep(5);
    expect(seen.lost).toEqual({ rejected: {}, dropped: { overload: 1 } });
    expect(seen.displaced()).toBe(2);
  });

  it("finds a place however many connections another one opens again and again", async () => {
    const { seen, sender } = await receiver({ maxConnections: 10 });
    const quiet = await sender("127.0.0.3");
    const greedy: Socket[] = [];
    for (let opened = 0; opened < 100; opened++) greedy.push(await sender("127.0.0.2"));
    for (let opened = 0; opened < 5; opened++) (await sender(`127.0.0.${10 + opened}`)).end(frame);
    while (seen.frames < 5) await sleep(5);
    quiet.end(frame);
    while (seen.frames < 6) await sleep(5);
    expect(greedy.filter((socket) => !socket.closed).length).toBeLessThanOrEqual(9);
  });

  it("is cut when a frame does not end in time, but not when it pauses between frames", async () => {
    const { seen, sender } = await receiver({ frameTimeoutMs: 200 });
    const quiet = await sender();
    quiet.write(frame);
    const endless = await sender();
    endless.write(Buffer.concat([frame, frame.subarray(0, 10)]));
    let dripped = 0;
    const drip = setInterval(() => {
      dripped++;
      endless.write("x");
    }, 20);
    await closed(endless);
    clearInterval(drip);
    expect(dripped).toBeGreaterThan(0);
    // Counts are handed over some milliseconds later.
    await vi.waitFor(() => expect(seen.lost).toEqual({ rejected: { truncated: 1 }, dropped: {} }));
    quiet.end(frame);
    await closed(quiet);
    while (seen.frames < 3) await sleep(5);
  });

  it("is not cut when it is always in the middle of a frame, as long as each frame ends in time", async () => {
    const { seen, sender } = await receiver({ frameTimeoutMs: 150 });
    const steady = await sender();
    const all = Buffer.concat(Array.from({ length: 30 }, () => frame));
    for (let at = 0; at < 29; at++) {
      steady.write(all.subarray(at * frame.length + (at === 0 ? 0 : 10), (at + 1) * frame.length + 10));
      await sleep(20);
    }
    steady.end(all.subarray(29 * frame.length + 10));
    await closed(steady);
    while (seen.frames < 30) await sleep(5);
    expect(seen.lost).toEqual({ rejected: {}, dropped: {} });
  });

  it("that exceeds the rate of its address waits, and loses nothing", async () => {
    const { seen, sender } = await receiver({}, new Senders({ perSecond: 100, burst: 5 }));
    const began = performance.now();
    const first = await sender();
    const second = await sender();
    for (const socket of [first, second]) socket.end(Buffer.concat(Array.from({ length: 15 }, () => frame)));
    while (seen.frames < 30) await sleep(5);
    // 30 frames, 5 of them at once.
    expect(performance.now() - began).toBeGreaterThan(240);
    expect(seen.lost).toEqual({ rejected: {}, dropped: {} });
  });

  it("through a unix socket has the rate of its user, or of all whose user is unknown", async () => {
    const seen: string[] = [];
    const users = [1, 1, 2, undefined, undefined];
    const batcher = new Batcher(new Credit(1024 * 1024), (batch) => {
      for (const { sender } of batch === undefined ? [] : framesOf(batch)) seen.push(sender);
    });
    const listener = { transport: "unix", path: join(temporaryFolder(), "socket") } as const;
    const rate = { perSecond: 1e-6, burst: 5 };
    const { close } = await receiveStreams(listener, batcher, new Senders(rate), { peerUser: () => users.shift() });
    open.push(close);
    while (users.length > 0) {
      const before = users.length;
      const socket = connect(listener.path).on("error", () => {});
      open.push(() => socket.destroy());
      socket.write(Buffer.concat(Array.from({ length: 4 }, () => frame)));
      while (users.length === before) await sleep(5);
    }
    while (seen.length < 14) await sleep(5);
    await sleep(50);
    const counts = ["unix 1", "unix 2", "unix "].map((key) => seen.filter((sender) => sender === key).length);
    expect(counts).toEqual([5, 4, 5]);
  });

  it("with the longest unfinished frame is cut when all unfinished frames exceed the limit together", async () => {
    const { seen, sender } = await receiver({ maxUnfinishedBytes: 300_000 });
    const large = encodeFrame(12, Buffer.alloc(900_000));
    const small = await sender();
    small.write(frame.subarray(0, 500));
    const greedy = await sender();
    greedy.write(large.subarray(0, 400_000));
    await closed(greedy);
    while (seen.lost.dropped.overload === undefined) await sleep(5);
    small.end(frame.subarray(500));
    await closed(small);
    while (seen.frames < 1) await sleep(5);
    expect(seen.lost).toEqual({ rejected: {}, dropped: { overload: 1 } });
  });
});
