import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { Starts } from "../../../lib/collector/pipeline/starts.js";
import { UuidTable } from "../../../lib/collector/pipeline/uuid-table.js";

it("keeps what verdicts on the objects of an end record need from its start record", () => {
  const starts = new Starts("node1");
  const own = {
    host: "node1",
    inContainer: false,
    startedBefore: 1_790_000_000_123_456_789n,
    firstSignatureOnly: true,
  };
  const other = { host: "node2", inContainer: true, startedBefore: 2n ** 63n + 5n, firstSignatureOnly: false };
  const [first, second] = [randomUUID(), randomUUID()];
  starts.set(first, own);
  starts.set(second, other);
  expect(starts.get(first)).toEqual(own);
  expect(starts.get(second)).toEqual({ ...other, host: undefined });
  expect(starts.get(randomUUID())).toBeUndefined();
});

it("keeps the first of two frames of one process", () => {
  const starts = new Starts("node1");
  const uuid = randomUUID();
  const first = { host: "node1", inContainer: false, startedBefore: 5n, firstSignatureOnly: false };
  starts.set(uuid, first);
  starts.set(uuid, { ...first, startedBefore: 9n });
  expect(starts.get(uuid)).toEqual(first);
});

it("keeps the newest UUIDs in a table, each in one slot", () => {
  const capacity = 1024;
  const table = new UuidTable(capacity);
  const uuids = Array.from({ length: 10 * capacity }, () => randomUUID());
  for (const [index, uuid] of uuids.entries()) {
    const slot = table.add(uuid);
    expect(slot).toBeGreaterThanOrEqual(0);
    expect(slot).toBeLessThan(table.slots);
    expect(table.find(uuid)).toBe(slot);
    expect(table.add(uuid)).toBe(-1);
    const recent = uuids.slice(Math.max(0, index + 1 - capacity), index + 1);
    if (index % 97 === 0) {
      const slots = recent.map((known) => table.find(known));
      expect(Math.min(...slots)).toBeGreaterThanOrEqual(0);
      expect(new Set(slots).size).toBe(slots.length);
    }
  }
  const known = uuids.filter((uuid) => table.find(uuid) >= 0);
  expect(known.length).toBeLessThanOrEqual(2 * capacity);
});

it("keeps one UUID with different salts apart", () => {
  const table = new UuidTable(16);
  const uuid = randomUUID();
  expect([table.add(uuid, 0) >= 0, table.add(uuid, 1) >= 0, table.add(uuid, 1)]).toEqual([true, true, -1]);
  expect(table.find(uuid, 2)).toBe(-1);
});
