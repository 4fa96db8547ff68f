import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { LossCounts } from "../../../lib/collector/frames/ledger.js";
import { type FrameBatch, framesOf } from "../../../lib/collector/ingest/batch.js";
import { Credit, creditFor } from "../../../lib/collector/ingest/credit.js";
import { Batcher } from "../../../lib/collector/ingest/worker/batcher.js";
import { CONNECTION_LIMITS, type ConnectionLimits } from "../../../lib/collector/ingest/worker/connections.js";
import { receiveStreams } from "../../../lib/collector/ingest/worker/receivers.js";
import { senderOf } from "../../../lib/collector/limits/sender.js";
import { Senders } from "../../../lib/collector/limits/senders.js";
import { encodeFrame, FRAME_HEADER_SIZE } from "../../../lib/wire/index.js";

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** A receiver with these limits, what it handed over, and a function that connects a sender. */
async function receiver(limits: Partial<ConnectionLimits>, senders = new Senders()) {
  const seen = { frames: 0, lost: { rejected: {}, dropped: {} } as LossCounts };
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
  const { address, close } = await receiveStreams(listener, batcher, senders, { ...CONNECTION_LIMITS, ...limits });
  open.push(close);
  const sender = async () => {
    const socket = connect("port" in address ? address.port : 0, "127.0.0.1");
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
  it("has a maximum number of connections, and gets one back for each that it closes", async () => {
    const { seen, sender } = await receiver({ maxConnectionsPerSender: 3 });
    const sockets = [await sender(), await sender(), await sender()];
    const fourth = await sender();
    await closed(fourth);
    sockets[0]?.end(frame);
    if (sockets[0] !== undefined) await closed(sockets[0]);
    while (seen.frames < 1) await sleep(5);
    const fifth = await sender();
    fifth.end(frame);
    await closed(fifth);
    while (seen.frames < 2) await sleep(5);
    expect(seen.lost).toEqual({ rejected: {}, dropped: {} });
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

  it("that is idle for longest makes room for a new one, but only after the idle timeout", async () => {
    const { seen, sender } = await receiver({ maxConnections: 3, idleTimeoutMs: 150 });
    const silent = await sender();
    const busy = await sender();
    const unfinished = await sender();
    unfinished.write(frame.subarray(0, 10));
    const early = await sender();
    await closed(early);
    await sleep(200);
    busy.write(frame);
    while (seen.frames < 1) await sleep(5);
    const late = await sender();
    await closed(silent);
    late.write(frame);
    unfinished.write(frame.subarray(10));
    while (seen.frames < 3) await sleep(5);
    expect([busy.closed, unfinished.closed, late.closed]).toEqual([false, false, false]);
    expect(seen.lost).toEqual({ rejected: {}, dropped: {} });
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
