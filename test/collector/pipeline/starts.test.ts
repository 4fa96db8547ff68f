import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { Starts } from "../../../lib/collector/pipeline/starts.js";
import { UuidTable } from "../../../lib/collector/pipeline/uuid-table.js";

it("what a start said is there for its end: whether it was this host, in a container, when, and how much it knew", () => {
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

it("of two frames of one process the first counts", () => {
  const starts = new Starts("node1");
  const uuid = randomUUID();
  const said = { host: "node1", inContainer: false, startedBefore: 5n, firstSignatureOnly: false };
  starts.set(uuid, said);
  starts.set(uuid, { ...said, startedBefore: 9n });
  expect(starts.get(uuid)).toEqual(said);
});

it("a table keeps the newest UUIDs, each with one place", () => {
  const capacity = 1024;
  const table = new UuidTable(capacity);
  const uuids = Array.from({ length: 10 * capacity }, () => randomUUID());
  for (const [index, uuid] of uuids.entries()) {
    const place = table.add(uuid);
    expect(place).toBeGreaterThanOrEqual(0);
    expect(place).toBeLessThan(table.slots);
    expect(table.find(uuid)).toBe(place);
    expect(table.add(uuid)).toBe(-1);
    const recent = uuids.slice(Math.max(0, index + 1 - capacity), index + 1);
    if (index % 97 === 0) {
      const places = recent.map((known) => table.find(known));
      expect(Math.min(...places)).toBeGreaterThanOrEqual(0);
      expect(new Set(places).size).toBe(places.length);
    }
  }
  const known = uuids.filter((uuid) => table.find(uuid) >= 0);
  expect(known.length).toBeLessThanOrEqual(2 * capacity);
});

it("one UUID with different salts is different", () => {
  const table = new UuidTable(16);
  const uuid = randomUUID();
  expect([table.add(uuid, 0) >= 0, table.add(uuid, 1) >= 0, table.add(uuid, 1)]).toEqual([true, true, -1]);
  expect(table.find(uuid, 2)).toBe(-1);
});
