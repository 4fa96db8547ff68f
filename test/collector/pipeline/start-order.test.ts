import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { START_DELAY_MS, StartOrder } from "../../../lib/collector/pipeline/start-order.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const at = (milliseconds: number) => ({ nanoseconds: BigInt(milliseconds) * 1_000_000n, precision: 1n });
const endOf = (uuid: string, elapsed = 0) => ({ uuid, startTime: at(1_000_000), time: at(1_000_000 + elapsed) });

it("holds an end while any frame of its start is in flight", () => {
  const order = new StartOrder();
  const [uuid, other] = [randomUUID(), randomUUID()];
  const gone: string[] = [];
  order.begin(uuid);
  order.begin(uuid);
  order.afterStart(endOf(uuid), true, () => gone.push("end"));
  order.afterStart(endOf(other), true, () => gone.push("other"));
  vi.advanceTimersByTime(60_000);
  order.finish(uuid);
  expect(gone).toEqual(["other"]);
  order.finish(uuid);
  expect(gone).toEqual(["other", "end"]);
});

it("waits a moment for a start that has not arrived, and then for that start to go on", () => {
  const order = new StartOrder();
  const [lost, reordered] = [randomUUID(), randomUUID()];
  const gone: string[] = [];
  order.afterStart(endOf(lost), false, () => gone.push("without start"));
  order.afterStart(endOf(reordered, 400), false, () => gone.push("end"));
  vi.advanceTimersByTime(START_DELAY_MS - 401);
  order.begin(reordered);
  vi.advanceTimersByTime(400);
  expect(gone).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(gone).toEqual(["without start"]);
  order.finish(reordered);
  expect(gone).toEqual(["without start", "end"]);
});

it("does not hold the end of a process whose start was sent long ago", () => {
  const order = new StartOrder();
  const gone: string[] = [];
  order.afterStart(endOf(randomUUID(), START_DELAY_MS), false, () => gone.push("long"));
  expect(gone).toEqual(["long"]);
  // A clock that was set back, or no times at all, say nothing about that.
  order.afterStart(endOf(randomUUID(), -5), false, () => gone.push("backwards"));
  order.afterStart({ uuid: randomUUID(), time: undefined, startTime: undefined }, false, () => gone.push("timeless"));
  expect(gone).toEqual(["long"]);
  vi.advanceTimersByTime(START_DELAY_MS);
  expect(gone).toEqual(["long", "backwards", "timeless"]);
});

it("holds a limited number of ends without a start", () => {
  const order = new StartOrder(10);
  let gone = 0;
  for (let i = 0; i < 15; i++) order.afterStart(endOf(randomUUID()), false, () => gone++);
  expect(gone).toBe(5);
  vi.advanceTimersByTime(START_DELAY_MS);
  expect(gone).toBe(15);
  order.afterStart(endOf(randomUUID()), false, () => gone++);
  expect(gone).toBe(15);
});
