import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { Duplicates } from "../../../lib/collector/pipeline/duplicates.js";
import { BoundedMap } from "../../../lib/shared/bounded-map.js";

const DAY_MS = 86_400_000;
const OLDEST_DAY = 20_000;

/** Duplicates over a store without frames, or one that holds all. */
function duplicates(isStored = false) {
  const checked: { uuid: string; bucket: number }[] = [];
  const known = new Duplicates({
    oldestDay: OLDEST_DAY,
    check: (uuid, _use, bucket, onDecided) => {
      checked.push({ uuid, bucket });
      onDecided(isStored);
    },
  });
  const add = (uuid: string, kind: "start" | "end" = "start", part = 0, day: number | undefined = OLDEST_DAY + 5) => {
    let outcome = "";
    const time = day === undefined ? undefined : BigInt(day) * BigInt(DAY_MS) * 1_000_000n;
    const frame = { uuid, kind, part, time, receivedAt: (OLDEST_DAY + 5) * DAY_MS };
    known.decide(frame, {
      onNew: () => (outcome = "new"),
      onDuplicate: () => (outcome = "duplicate"),
      onLate: () => (outcome = "late"),
    });
    return outcome;
  };
  return { known, add, checked };
}

it("tells frames apart by UUID, kind and part", () => {
  const { add } = duplicates();
  const uuid = randomUUID();
  expect(add(uuid)).toBe("new");
  expect(add(uuid)).toBe("duplicate");
  expect(add(uuid, "start", 1)).toBe("new");
  expect(add(uuid, "end")).toBe("new");
  expect(add(uuid, "end")).toBe("duplicate");
  expect(add(uuid.replace(/.$/, (last) => (last === "0" ? "1" : "0")))).toBe("new");
  for (const extreme of ["00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"]) {
    expect(add(extreme)).toBe("new");
    expect(add(extreme)).toBe("duplicate");
  }
});

it("asks the store about frames that are not among the newest, and refuses those older than the window", () => {
  const { add, checked } = duplicates(true);
  expect(add(randomUUID())).toBe("duplicate");
  expect(checked).toHaveLength(1);
  expect(add(randomUUID(), "start", 0, OLDEST_DAY - 1)).toBe("late");
  expect(add(randomUUID(), "end", 0, OLDEST_DAY - 1)).toBe("late");
  expect(checked).toHaveLength(1);
  expect(add(randomUUID(), "start", 0, OLDEST_DAY)).toBe("duplicate");
  expect(add(randomUUID(), "end", 0, undefined)).toBe("duplicate");
});

it("takes a frame again after its loss", () => {
  const { known, add } = duplicates();
  const [lost, kept] = [randomUUID(), randomUUID()];
  for (const uuid of [lost, kept]) expect(add(uuid)).toBe("new");
  known.forget({ uuid: lost, kind: "start", part: 0 });
  known.forget({ uuid: randomUUID(), kind: "start", part: 0 });
  expect([add(kept), add(lost), add(lost)]).toEqual(["duplicate", "new", "duplicate"]);
});

it("keeps at least the last half million frames in memory", () => {
  const { add } = duplicates();
  const uuid = (index: number) => `${index.toString(16).padStart(8, "0")}-0000-4000-8000-000000000000`;
  // One assertion per frame would take ten times as long as the test itself.
  const added = (from: number, to: number, by: number) => {
    let count = 0;
    for (let index = from; index < to; index += by) if (add(uuid(index)) === "new") count++;
    return count;
  };
  expect(added(0, 1_200_000, 1)).toBe(1_200_000);
  expect(added(700_000, 1_200_000, 97)).toBe(0);
  expect(add(uuid(0))).toBe("new");
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
