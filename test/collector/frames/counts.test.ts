import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { FrameCounts } from "../../../lib/collector/frames/counts.js";
import { Ledger } from "../../../lib/collector/frames/ledger.js";

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

it("adds counts that could not be written to the next minute", async () => {
  const ledger = new Ledger();
  const written: unknown[] = [];
  const errors: string[] = [];
  let isFull = true;
  const counts = new FrameCounts(
    () => ledger.accounting(0),
    async (minute, frames) => {
      if (isFull) throw new Error("No space left on device");
      written.push([minute / 60_000_000_000n, frames.map(({ kind, frames }) => [kind, frames])]);
    },
    ({ message }) => errors.push(message),
  );
  for (let frame = 0; frame < 5; frame++) ledger.addReceived();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(errors).toEqual(["No space left on device"]);
  isFull = false;
  for (let frame = 0; frame < 2; frame++) ledger.addReceived();
  await vi.advanceTimersByTimeAsync(60_000);
  ledger.addReceived();
  await counts.stop();
  expect(written).toEqual([
    [1n, [["received", 7]]],
    [2n, [["received", 1]]],
  ]);
});
