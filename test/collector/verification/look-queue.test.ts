import { describe, expect, it } from "vitest";
import { LookQueue } from "../../../lib/collector/verification/look-queue.js";

const of = (sender: string, user?: string) => ({ sender, user });

/** A queue with a clock that stands still. */
function makeQueue() {
  const refused: string[] = [];
  const queue = new LookQueue<string>(({ item }) => refused.push(item));
  const take = (tookMs: number, now = 0) => {
    const entry = queue.take(now);
    if (entry !== undefined) queue.charge(entry.requester, tookMs, false, now);
    return entry?.item;
  };
  return { queue, refused, take };
}

const fill = (queue: LookQueue<string>, count: number, sender: (index: number) => string, user?: string) => {
  for (let index = 0; index < count; index++) queue.add(`${sender(index)} ${index}`, of(sender(index), user), 0);
};

describe("the queue of files to examine", () => {
  it("serves a requester in order, and a new one before one that has thousands of requests", () => {
    const { queue, take } = makeQueue();
    fill(queue, 5000, () => "flood");
    expect([take(1), take(1), take(1)]).toEqual(["flood 0", "flood 1", "flood 2"]);
    queue.add("other", of("quiet"), 0);
    expect([take(1), take(1)]).toEqual(["other", "flood 3"]);
    expect(queue.size).toBe(4996);
  });

  it("charges time, not numbers: slow files of one sender leave the others their share", () => {
    const { queue } = makeQueue();
    fill(queue, 100, () => "slow");
    fill(queue, 100, () => "fast");
    const served = { slow: 0, fast: 0 };
    for (let taken = 0; taken < 60; taken++) {
      const item = queue.take(0);
      const sender = item?.requester.sender as "slow" | "fast";
      served[sender]++;
      queue.charge(of(sender), sender === "slow" ? 20 : 1, false, 0);
    }
    expect(served.fast).toBeGreaterThan(served.slow * 10);
  });

  it("charges misses more than files", () => {
    const { queue, take } = makeQueue();
    for (const sender of ["misses", "files"]) fill(queue, 50, () => sender);
    const missed = queue.take(0);
    queue.charge(of("misses"), 0.1, true, 0);
    expect(missed?.item).toBe("misses 0");
    expect([take(0.1), take(0.1)]).toEqual(["files 0", "files 1"]);
  });

  it("prefers neither a user on many senders nor a sender with many users", () => {
    const many = makeQueue();
    fill(many.queue, 500, (index) => `node${index % 50}`, "greedy");
    for (let taken = 0; taken < 100; taken++) many.take(5);
    // Another user of one of these senders, and of a new one.
    many.queue.add("same node", of("node7", "modest"), 0);
    many.queue.add("new node", of("node99", "modest"), 0);
    expect([many.take(5), many.take(5)].sort()).toEqual(["new node", "same node"]);

    const names = makeQueue();
    for (let index = 0; index < 500; index++) names.queue.add(`made up ${index}`, of("node1", `user${index}`), 0);
    for (let taken = 0; taken < 20; taken++) names.take(5);
    names.queue.add("other node", of("node2", "user3"), 0);
    expect(names.take(5)).toBe("other node");
  });

  it("does not hold against a user what another sender claims in its name", () => {
    const { queue, refused, take } = makeQueue();
    fill(queue, 400, () => "forger", "victim");
    while (take(100) !== undefined);
    expect(refused.length).toBeGreaterThan(100);
    queue.add("real", of("node", "victim"), 0);
    expect(take(1)).toBe("real");
  });

  it("refuses what exceeds the budget of a user on a sender, and serves it again when the usage has decayed", () => {
    const { queue, refused, take } = makeQueue();
    fill(queue, 100, () => "node", "heavy");
    let served = 0;
    while (take(1000) !== undefined) served++;
    expect([served, refused.length]).toEqual([8, 92]);
    queue.add("carol's", of("node", "carol"), 0);
    expect(take(1)).toBe("carol's");
    queue.add("later", of("node", "heavy"), 0);
    expect(refused.at(-1)).toBe("later");
    queue.add("much later", of("node", "heavy"), 60_000);
    expect(take(1, 60_000)).toBe("much later");
  });

  it("makes room by the newest requests of the sender with the most, when it is full", () => {
    const { queue, refused, take } = makeQueue();
    fill(queue, 32_818, () => "a");
    expect(refused).toHaveLength(50);
    fill(queue, 32_768, () => "b");
    queue.add("quiet's", of("quiet"), 0);
    expect(refused).toContain("a 32767");
    expect(refused).not.toContain("a 0");
    expect(refused).not.toContain("quiet's");
    expect(queue.size).toBeLessThan(65_536);
    const served = Array.from({ length: 3 }, () => take(1));
    expect(served).toContain("quiet's");
  });

  it("takes what two hundred users of one sender start at once, each with a hundred files", () => {
    const { queue, refused } = makeQueue();
    for (let user = 0; user < 200; user++) fill(queue, 100, () => "login-node", `user${user}`);
    expect(refused).toEqual([]);
  });

  it("refuses what waited too long, but lets the collector's own requests wait, and forgets idle requesters", () => {
    const { queue, refused, take } = makeQueue();
    queue.add("old", of("a"), 0);
    queue.add("new", of("a"), 900);
    queue.add("own", { ...of(""), isPatient: true }, 0);
    queue.sweep(500, 1000);
    expect([refused, queue.size]).toEqual([["old"], 2]);
    const taken = [queue.take(1000), queue.take(1000)];
    expect(taken.map((entry) => entry?.item).sort()).toEqual(["new", "own"]);
    // A child gives them back too late.
    queue.sweep(950, 1500);
    for (const entry of taken) if (entry !== undefined) queue.putBack(entry, 1500);
    expect([take(1, 1500), take(1, 1500), refused]).toEqual(["own", undefined, ["old", "new"]]);
  });

  it("serves what was put back before the later requests of the same requester", () => {
    const { queue, take } = makeQueue();
    fill(queue, 3, () => "a");
    const [first, second] = [queue.take(0), queue.take(0)];
    if (first === undefined || second === undefined) throw new Error("the queue is empty");
    queue.putBack(second, 0);
    queue.putBack(first, 0);
    expect([take(1), take(1), take(1), take(1)]).toEqual(["a 0", "a 1", "a 2", undefined]);
  });
});
