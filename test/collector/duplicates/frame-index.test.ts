import { createHash } from "node:crypto";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { FrameIndex } from "../../../lib/collector/duplicates/worker/frame-index.js";
import { bucketOf, KEY_WORDS, putKey } from "../../../lib/collector/frames/frame-key.js";
import { temporaryFolder } from "../../support/folder.js";

const folder = temporaryFolder();
let directories = 0;
const fresh = () => join(folder, `index-${directories++}`);
const TODAY = 20_000;
const store = (head: number, losses = 0) => ({ head, losses });

const uuidOf = (seed: string | number) => {
  const hex = createHash("md5").update(`${seed}`).digest("hex");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
};

function keysOf(seeds: readonly (string | number)[], bucket = bucketOf(TODAY, TODAY)): Uint32Array {
  const keys = new Uint32Array(seeds.length * KEY_WORDS);
  for (const [index, seed] of seeds.entries()) putKey(keys, index * KEY_WORDS, uuidOf(seed), 0, bucket);
  return keys;
}

const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

function found(index: FrameIndex, keys: Uint32Array): number {
  let count = 0;
  for (let at = 0; at < keys.length; at += KEY_WORDS) if (index.has(keys, at)) count++;
  return count;
}

it("finds every frame and no other, over all its tables, after a restart too", () => {
  const directory = fresh();
  const index = new FrameIndex(directory, store(0), TODAY - 7);
  index.add(keysOf(numbers(0, 42_000)), 42_000, 42_000);
  expect(readdirSync(directory)).toHaveLength(3);
  index.sync();
  // What follows is not synced, as before a kill.
  index.add(keysOf(numbers(42_000, 50_000)), 50_000, 50_000);
  for (const one of [index, new FrameIndex(directory, store(50_000), TODAY - 7)]) {
    expect(found(one, keysOf(numbers(0, 42_000)))).toBe(42_000);
    expect(found(one, keysOf(numbers(100_000, 120_000)))).toBe(0);
  }
  const again = new FrameIndex(directory, store(50_000), TODAY - 7);
  expect(again.sequence).toBe(42_000);
  again.add(keysOf(numbers(42_000, 50_000)), 50_000, 50_000);
  expect(found(again, keysOf(numbers(0, 50_000)))).toBe(50_000);
});

it("looks a frame up under each day under which it may have been put", () => {
  const index = new FrameIndex(fresh(), store(0), TODAY - 7);
  const put = (seed: string, day: number | undefined, received: number) =>
    index.add(keysOf([seed], bucketOf(day, received)), 1, 1);
  const has = (seed: string, day: number | undefined, received: number) =>
    index.has(keysOf([seed], bucketOf(day, received)), 0);
  put("today", TODAY, TODAY);
  put("ahead", TODAY + 3, TODAY);
  put("undated", undefined, TODAY);
  expect(has("today", TODAY, TODAY + 6)).toBe(true);
  expect(has("today", TODAY - 1, TODAY)).toBe(false);
  // Its time is no longer ahead when it comes again.
  expect([has("ahead", TODAY + 3, TODAY + 1), has("ahead", TODAY + 3, TODAY + 3)]).toEqual([true, true]);
  expect([has("undated", undefined, TODAY), has("undated", undefined, TODAY + 5)]).toEqual([true, true]);
  expect(has("today", undefined, TODAY)).toBe(false);
});

it("removes days that are over, and does not take them up again", () => {
  const directory = fresh();
  const index = new FrameIndex(directory, store(0), TODAY - 7);
  index.add(keysOf(["old"], bucketOf(TODAY - 5, TODAY - 5)), 1, 1);
  index.add(keysOf(["new"]), 2, 2);
  index.prune(TODAY - 2);
  expect([found(index, keysOf(["old"], bucketOf(TODAY - 5, TODAY))), found(index, keysOf(["new"]))]).toEqual([0, 1]);
  expect(readdirSync(directory)).toHaveLength(2);
  index.add(keysOf(["old"], bucketOf(TODAY - 5, TODAY)), 3, 3);
  expect(readdirSync(directory)).toHaveLength(2);
  expect(new FrameIndex(directory, store(3), TODAY - 7).oldestDay).toBe(TODAY - 2);
});

it("begins anew when its store has lost commits, which it had not made durable itself", () => {
  const directory = fresh();
  const index = new FrameIndex(directory, store(0), TODAY - 7);
  index.add(keysOf(["kept"]), 5, 5);
  index.sync();
  index.add(keysOf(["lost"]), 8, 9);
  // As after a power cut: the store ends with the first commit.
  const other = new FrameIndex(directory, store(8), TODAY - 7);
  expect(other.sequence).toBeUndefined();
  expect(found(other, keysOf(["kept", "lost"]))).toBe(0);
  // The sequences of lost records are not given out again, so the head need not tell.
  other.add(keysOf(["kept"]), 5, 5);
  other.sync();
  expect(new FrameIndex(directory, store(9), TODAY - 7).sequence).toBe(5);
  expect(new FrameIndex(directory, store(9, 1), TODAY - 7).sequence).toBeUndefined();
});

it("begins anew when it is ahead of its store, damaged, or of another format", () => {
  for (const damage of ["", "{", '{"format":99}']) {
    const directory = fresh();
    const index = new FrameIndex(directory, store(0), TODAY - 7);
    index.add(keysOf(["one"]), 5, 5);
    index.sync();
    if (damage !== "") writeFileSync(join(directory, "state.json"), damage);
    const other = new FrameIndex(directory, store(damage === "" ? 4 : 5), TODAY - 7);
    expect(other.sequence).toBeUndefined();
    expect(found(other, keysOf(["one"]))).toBe(0);
    expect(readdirSync(directory)).toEqual([]);
  }
});
