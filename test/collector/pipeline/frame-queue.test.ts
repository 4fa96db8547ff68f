import { afterEach, describe, expect, it, vi } from "vitest";
import type { FrameOrigin } from "../../../lib/collector/frames/in-flight.js";
import { FrameQueue } from "../../../lib/collector/pipeline/frame-queue.js";

const MIB = 1024 * 1024;
const origin: FrameOrigin = {
  acknowledges: false,
  cluster: undefined,
  onComplete: () => {},
  onFreed: () => {},
  onStored: () => {},
};
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A queue whose frames cost this much, and the senders of the frames that it processed, in order. */
function queueOf(costOf: (sender: number) => number, isKept = false) {
  const processed: number[] = [];
  const queue: FrameQueue = new FrameQueue(({ frame: { sender } }) => {
    processed.push(Number(sender));
    queue.hold(sender, costOf(Number(sender)));
    if (!isKept) queue.release(sender, costOf(Number(sender)));
  });
  const add = (sender: number, frames: number) => {
    for (let index = 0; index < frames; index++) {
      const frame = { type: 12, payload: new Uint8Array(), sender: `${sender}` };
      queue.add({ frame, receivedAt: 0, origin, index });
    }
  };
  return { queue, processed, add };
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe("frames of several senders", () => {
  it("are processed in turns by what they cost: expensive ones delay cheap ones by one frame", async () => {
    const { processed, add } = queueOf((sender) => (sender === 1 ? 8 * MIB : 4096));
    add(1, 50);
    add(2, 1000);
    while (processed.length < 1050) await turn();
    // 1000 cheap frames need 16 turns, in which an expensive sender that paid 32 turns for each frame has one.
    expect(processed.lastIndexOf(2) + 1 - 1000).toBeLessThanOrEqual(2);
  });

  it("of one sender keep their order and are all processed, whatever they cost", async () => {
    const { processed, add } = queueOf((sender) => sender * MIB);
    for (let sender = 0; sender < 100; sender++) add(sender, 3);
    while (processed.length < 300) await turn();
    for (let sender = 0; sender < 100; sender++) expect(processed.filter((id) => id === sender)).toHaveLength(3);
  });

  it("wait when their sender holds its share of the memory, and the others go on", async () => {
    const { queue, processed, add } = queueOf(() => MIB, true);
    add(1, 100);
    for (let turns = 0; turns < 10; turns++) await turn();
    const share = processed.length;
    expect(share).toBeLessThanOrEqual(34);
    add(2, 5);
    while (processed.length < share + 5) await turn();
    expect(processed.slice(share)).toEqual([2, 2, 2, 2, 2]);
    for (let released = 0; released < share; released++) queue.release("1", MIB);
    while (processed.length < share + 10) await turn();
    expect(processed.at(-1)).toBe(1);
  });

  it("leave the event loop to others after each slice of time, however many there are", async () => {
    let now = 0;
    vi.spyOn(performance, "now").mockImplementation(() => {
      now += 3;
      return now;
    });
    const { processed, add } = queueOf(() => 1);
    add(1, 40);
    const perTurn: number[] = [];
    for (let before = 0; processed.length < 40; before = processed.length) {
      await turn();
      perTurn.push(processed.length - before);
    }
    expect(Math.max(...perTurn)).toBeLessThanOrEqual(4);
  });
});
