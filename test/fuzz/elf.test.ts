import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { allowed, readEverything } from "./everything.js";
import { mutate } from "./mutate.js";
import { Random } from "./random.js";
import { findings, seedFiles } from "./seeds.js";

/** FUZZ_SEED=… repeats a failure; its message has the seed. FUZZ_ROUNDS=… makes longer runs. */
const SEED = Number(process.env["FUZZ_SEED"] ?? 20240229);
const ROUNDS = Number(process.env["FUZZ_ROUNDS"] ?? 400);

function survives(bytes: Uint8Array): void {
  const cost = readEverything(bytes);
  const most = allowed(bytes.length);
  expect(cost.reads).toBeLessThanOrEqual(most.reads);
  expect(cost.bytes).toBeLessThanOrEqual(most.bytes);
}

describe("mutated files end in a result or a coded error, within bounds", () => {
  const files = seedFiles();

  it.each(files)("$name", ({ bytes, targets }) => {
    for (let round = 0; round < ROUNDS; round++) {
      const seed = SEED + round;
      try {
        survives(mutate(bytes, targets, new Random(seed)));
      } catch (cause) {
        throw new Error(`FUZZ_SEED=${seed} FUZZ_ROUNDS=1 repeats this`, { cause });
      }
    }
  });

  it.each(files)("$name, truncated at every byte of its head and tables", ({ bytes, targets }) => {
    const cuts = new Set(Array.from({ length: 256 }, (_, length) => length));
    for (const [start, end] of targets.ranges) for (let at = start; at <= end; at += 1 + (at % 3)) cuts.add(at);
    for (const length of cuts) survives(bytes.subarray(0, length));
  });
});

describe("files that once broke a reader", () => {
  it.each(findings())("%s", (_, path) => survives(readFileSync(path)));
});
