import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { DuplicateWindow } from "../../../lib/collector/pipeline/duplicates.js";
import { BoundedMap } from "../../../lib/shared/bounded-map.js";

it("tells frames apart by UUID, kind and part", () => {
  const window = new DuplicateWindow();
  const uuid = randomUUID();
  expect(window.add(uuid, "start", 0)).toBe(true);
  expect(window.add(uuid, "start", 0)).toBe(false);
  expect(window.add(uuid, "start", 1)).toBe(true);
  expect(window.add(uuid, "end", 0)).toBe(true);
  expect(window.add(uuid, "end", 0)).toBe(false);
  expect(
    window.add(
      uuid.replace(/.$/, (last) => (last === "0" ? "1" : "0")),
      "start",
      0,
    ),
  ).toBe(true);
  for (const extreme of ["00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"]) {
    expect(window.add(extreme, "start", 0)).toBe(true);
    expect(window.add(extreme, "start", 0)).toBe(false);
  }
});

it("keeps at least the last half million frames, and forgets old ones", () => {
  const window = new DuplicateWindow();
  const uuid = (index: number) => `${index.toString(16).padStart(8, "0")}-0000-4000-8000-000000000000`;
  // One assertion per frame would take ten times as long as the test itself.
  const added = (from: number, to: number, by: number) => {
    let count = 0;
    for (let index = from; index < to; index += by) if (window.add(uuid(index), "start", 0)) count++;
    return count;
  };
  expect(added(0, 1_200_000, 1)).toBe(1_200_000);
  expect(added(700_000, 1_200_000, 97)).toBe(0);
  expect(window.add(uuid(0), "start", 0)).toBe(true);
});

it("keeps used entries in a bounded map, within twice its limit", () => {
  const map = new BoundedMap<number>(100);
  map.set("used", -1);
  let [kept, largest] = [0, 0];
  for (let index = 0; index < 10_000; index++) {
    map.set(`${index}`, index);
    if (map.get("used") === -1) kept++;
    largest = Math.max(largest, map.size);
  }
  expect(kept).toBe(10_000);
  expect(largest).toBeLessThanOrEqual(202);
  expect(map.get("1")).toBeUndefined();
  const heavy = new BoundedMap<string>(100, (_, value) => value.length);
  heavy.set("a", "x".repeat(90));
  heavy.set("b", "x".repeat(90));
  heavy.set("c", "x".repeat(90));
  expect(heavy.get("a")).toBeUndefined();
  expect(heavy.get("c")).toHaveLength(90);
});
