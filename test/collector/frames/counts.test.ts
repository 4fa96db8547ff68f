import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { FrameCounts } from "../../../lib/collector/frames/counts.js";
import { Ledger } from "../../../lib/collector/frames/ledger.js";
import type { FrameCount } from "../../../lib/collector/frames/minutes.js";

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

const MINUTE = 60_000;
const short = (counts: readonly FrameCount[]) =>
  counts.filter(({ frames }) => frames !== 0).map(({ minute, kind, frames }) => [minute / MINUTE, kind, frames]);

/** Counts that a store takes unless it is full. */
function counting() {
  const ledger = new Ledger();
  const store = { isFull: false, written: [] as unknown[], minutes: [] as number[], errors: [] as string[] };
  const counts = new FrameCounts(
    ledger.unaccounted,
    async (_, frames) => {
      if (store.isFull) throw new Error("No space left on device");
      store.written.push(short(frames));
      store.minutes.push(...frames.filter(({ frames }) => frames === 0).map(({ minute }) => minute / MINUTE));
    },
    ({ message }) => store.errors.push(message),
  );
  return { ledger, counts, store };
}

it("counts an outcome in the minute in which its frame was received, whenever it is known", async () => {
  const { ledger, counts, store } = counting();
  await counts.begin();
  for (const receivedAt of [10_000, 20_000, 50_000]) ledger.addReceived(receivedAt);
  ledger.addDuplicate(10_000);
  await vi.advanceTimersByTimeAsync(MINUTE);
  ledger.addReceived(61_000);
  ledger.addDropped("overload", 50_000);
  await counts.stop();
  expect(store.written).toEqual([
    [],
    [
      [0, "received", 3],
      [0, "duplicate", 1],
    ],
    [
      [1, "received", 1],
      [0, "dropped", 1],
    ],
  ]);
});

it("has a count for each minute in which it ran, and none when it never began", async () => {
  const { counts, store } = counting();
  await counts.stop();
  expect(store.written).toEqual([]);
  await counts.begin();
  await vi.advanceTimersByTimeAsync(3 * MINUTE);
  expect(store.minutes).toEqual([0, 0, 1, 2]);
});

it("adds counts that could not be written to the next account, and tells a heartbeat what is not written", async () => {
  const { ledger, counts, store } = counting();
  await counts.begin();
  const before = counts.unaccounted.mark;
  store.isFull = true;
  for (let frame = 0; frame < 5; frame++) ledger.addReceived(frame);
  await vi.advanceTimersByTimeAsync(MINUTE);
  expect(store.errors).toEqual(["No space left on device"]);
  expect(counts.unaccounted.mark).toBe(before);
  expect(short(counts.unaccounted.counts)).toEqual([[0, "received", 5]]);
  store.isFull = false;
  for (let frame = 0; frame < 2; frame++) ledger.addReceived(MINUTE + frame);
  await vi.advanceTimersByTimeAsync(MINUTE);
  expect(store.written.at(-1)).toEqual([
    [0, "received", 5],
    [1, "received", 2],
  ]);
  expect(counts.unaccounted).toMatchObject({ counts: [] });
  expect(counts.unaccounted.mark).not.toBe(before);
});
