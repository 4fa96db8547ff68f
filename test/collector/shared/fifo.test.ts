import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { Fifo } from "../../../lib/collector/shared/fifo.js";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

describe("a queue", () => {
  it("gives items in the order in which they came", () => {
    const queue = new Fifo<number>();
    const taken: (number | undefined)[] = [];
    for (let i = 0; i < 5000; i++) {
      queue.push(2 * i);
      queue.push(2 * i + 1);
      expect(queue.oldest).toBe(i);
      taken.push(queue.shift());
    }
    expect(queue.length).toBe(5000);
    while (queue.length > 0) taken.push(queue.shift());
    expect(taken).toEqual(Array.from({ length: 10_000 }, (_, i) => i));
    expect([queue.shift(), queue.oldest, queue.length]).toEqual([undefined, undefined, 0]);
  });

  it("holds no item that was taken, although it is never empty", async () => {
    const queue = new Fifo<object>();
    const items: WeakRef<object>[] = [];
    const add = () => {
      const item = { bytes: new Uint8Array(1000) };
      items.push(new WeakRef(item));
      queue.push(item);
    };
    add();
    for (let i = 0; i < 2000; i++) {
      add();
      queue.shift();
    }
    // A WeakRef keeps its object for the rest of the turn in which it was made.
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
    expect(items.filter((item) => item.deref() !== undefined)).toHaveLength(1);
    expect(queue.length).toBe(1);
  });
});
