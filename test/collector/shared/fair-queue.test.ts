import { describe, expect, it } from "vitest";
import { FairQueue } from "../../../lib/collector/shared/fair-queue.js";

const filled = (counts: Readonly<Record<string, number>>, weight: (sender: string) => number = () => 1000) => {
  const queue = new FairQueue<string>();
  for (const [sender, count] of Object.entries(counts)) {
    for (let i = 0; i < count; i++) queue.add(sender, `${sender}${i}`, weight(sender));
  }
  return queue;
};
const countOf = (taken: readonly string[], sender: string) => taken.filter((item) => item.startsWith(sender)).length;

describe("a fair queue", () => {
  it("keeps the order of each sender", () => {
    const queue = filled({ a: 300, b: 300 });
    const taken = Array.from({ length: 6 }, () => queue.take(100, 1e9)).flat();
    for (const sender of ["a", "b"]) {
      const own = taken.filter((item) => item.startsWith(sender));
      expect(own).toEqual(Array.from({ length: 300 }, (_, i) => `${sender}${i}`));
    }
    expect([queue.size, queue.weight, queue.take(1, 1)]).toEqual([0, 0, []]);
  });

  it("gives a sender with few items its part beside one with many", () => {
    const queue = filled({ flood: 50_000, quiet: 500 });
    expect(countOf(queue.take(1000, 1e9), "quiet")).toBeGreaterThan(400);
  });

  it("goes on where it ended, so that every sender gets its turn", () => {
    const queue = filled({ a: 5000, b: 5000, c: 5000 }, () => 30_000);
    const taken = Array.from({ length: 100 }, () => queue.take(3, 1e9)).flat();
    for (const sender of ["a", "b", "c"]) expect(countOf(taken, sender)).toBeGreaterThan(90);
  });

  it("serves senders by weight, not by number", () => {
    const queue = filled({ heavy: 5000, light: 5000 }, (sender) => (sender === "heavy" ? 20_000 : 1000));
    const taken = queue.take(2100, 1e9);
    expect(countOf(taken, "light") / countOf(taken, "heavy")).toBeCloseTo(20, -1);
  });

  it("fills what is taken with the items of others, until it is the turn of one that is heavier than all of it", () => {
    const queue = filled({ huge: 3, quiet: 20_000 }, (sender) => (sender === "huge" ? 17_000_000 : 2500));
    const sizes = [];
    while (queue.size > 0) sizes.push(queue.take(4096, 16_000_000).length);
    expect(Math.max(...sizes.slice(0, 2))).toBe(4096);
    expect(sizes.length).toBeLessThan(15);
  });

  it("takes no more than a weight, but always one item", () => {
    const queue = filled({ a: 10 }, () => 10_000);
    expect(queue.take(100, 35_000)).toHaveLength(3);
    expect(queue.take(100, 5)).toHaveLength(1);
    expect([queue.size, queue.weight]).toEqual([6, 60_000]);
  });
});
