import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { FrameCounts } from "../../../lib/collector/frames/counts.js";
import { Ledger } from "../../../lib/collector/frames/ledger.js";

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

it("counts that could not be written count for the next minute", async () => {
  const ledger = new Ledger();
  const written: unknown[] = [];
  const problems: string[] = [];
  let isFull = true;
  const counts = new FrameCounts(
    () => ledger.accounting(0),
    async (minute, frames) => {
      if (isFull) throw new Error("No space left on device");
      written.push([minute / 60_000_000_000n, frames.map(({ kind, frames }) => [kind, frames])]);
    },
    ({ message }) => problems.push(message),
  );
  ledger.received(5);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(problems).toEqual(["No space left on device"]);
  isFull = false;
  ledger.received(2);
  await vi.advanceTimersByTimeAsync(60_000);
  ledger.received(1);
  await counts.stop();
  expect(written).toEqual([
    [1n, [["received", 7]]],
    [2n, [["received", 1]]],
  ]);
});
