import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { claimedUser, NO_USER, requesterOf } from "../../../lib/collector/pipeline/requester.js";
import { Starts } from "../../../lib/collector/pipeline/starts.js";
import { UuidTable } from "../../../lib/collector/pipeline/uuid-table.js";
import { processStart } from "../../wire/samples.js";

it("keeps what verdicts on the objects of an end record need from its start record", () => {
  const starts = new Starts("node1");
  const own = {
    host: "node1",
    inContainer: false,
    startedBefore: 1_790_000_000_123_456_789n,
    firstSignatureOnly: true,
  };
  const other = { host: "node2", inContainer: true, startedBefore: 2n ** 63n + 5n, firstSignatureOnly: false };
  const sandboxed = { ...own, mountView: "other-root" } as const;
  const job = { ...own, mountView: "own-mounts" } as const;
  const [first, second, third, fourth] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  starts.set(first, { reporter: own, user: 1000 });
  starts.set(second, { reporter: other, user: NO_USER });
  starts.set(third, { reporter: sandboxed, user: 1000 });
  starts.set(fourth, { reporter: job, user: 1000 });
  expect(starts.get(first)).toEqual({ reporter: own, user: 1000 });
  expect(starts.get(second)).toEqual({ reporter: { ...other, host: undefined }, user: NO_USER });
  expect(starts.get(third)?.reporter).toEqual(sandboxed);
  expect(starts.get(fourth)?.reporter).toEqual(job);
  expect(starts.get(randomUUID())).toBeUndefined();
});

it("keeps the first of two frames of one process", () => {
  const starts = new Starts("node1");
  const uuid = randomUUID();
  const reporter = { host: "node1", inContainer: false, startedBefore: 5n, firstSignatureOnly: false };
  const first = { reporter, user: 1000 };
  starts.set(uuid, first);
  starts.set(uuid, { reporter: { ...reporter, startedBefore: 9n }, user: 0 });
  expect(starts.get(uuid)).toEqual(first);
});

it("charges the user that a record names, but on a unix socket the one that the kernel names", () => {
  const claimed = (uid?: number, user?: string) => claimedUser(processStart({ uid, user }));
  expect([claimed(), claimed(1000), claimed(1000, "alice")]).toEqual([NO_USER, 1000, 1000]);
  // Clients that report no uid.
  expect(claimed(undefined, "alice")).toBe(claimed(undefined, "alice"));
  expect(claimed(undefined, "alice")).not.toBe(claimed(undefined, "bob"));
  const charged = (sender: string, user: number) => requesterOf(sender, user).user;
  expect([charged("tcp 192.0.2.1", 1000), charged("tcp 192.0.2.1", NO_USER)]).toEqual(["1000", undefined]);
  expect([charged("unix 1000", 2000), charged("unix 1000", NO_USER)]).toEqual(["1000", "1000"]);
  // Root may report for others; without native-peer nobody knows.
  expect([charged("unix 0", 2000), charged("unix 0", NO_USER), charged("unix ", 2000)]).toEqual([
    "2000",
    undefined,
    "2000",
  ]);
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
