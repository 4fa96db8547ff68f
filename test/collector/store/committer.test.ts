import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Batch } from "../../../lib/collector/database/batch.js";
import type { InFlightFrame, Outcome } from "../../../lib/collector/frames/in-flight.js";
import type { CollectedRecord } from "../../../lib/collector/frames/record.js";
import { Committer } from "../../../lib/collector/store/main/committer.js";
import { NO_NUMBERS, NOTHING_KNOWN, valuesOf } from "../../support/batch.js";

const origin = {
  acknowledges: false,
  cluster: undefined,
  onComplete: () => {},
  onFreed: () => {},
  onStored: () => {},
};

// Vitest's fake timers do not replace this module.
vi.mock("node:timers/promises", () => ({
  setTimeout: (time: number) => new Promise((resolve) => setTimeout(resolve, time)),
}));
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const EMPTY = { lastBatch: 0, numbers: NO_NUMBERS, known: NOTHING_KNOWN };

const record = (job: string): CollectedRecord => ({
  kind: "job",
  // No column holds a time after 2262.
  message: { type: "job-start", job, time: { nanoseconds: job === "far" ? 2n ** 64n : 1n, precision: 1n } },
  receivedAt: 1,
});

/** Commits records with these job ids; a batch that holds a bad one is refused as a whole. */
async function commit(jobs: string[]) {
  const outcomes = new Map<number, Outcome>();
  const stored: string[] = [];
  const problems: (string | undefined)[] = [];
  const append = async (batch: Batch) => {
    const found = valuesOf(batch, "job_event", "job") as string[];
    if (found.some((job) => job.startsWith("bad"))) throw new Error("disk_package: number out of range");
    stored.push(...found);
  };
  const committer = new Committer(append, EMPTY, 1, {
    onComplete: ({ frame }, outcome) => outcomes.set(frame?.index ?? -1, outcome),
    onStored: () => {},
    onRefused: () => {},
    onWaiting: (error) => problems.push(error?.message),
  });
  for (const [index, job] of jobs.entries()) {
    const inFlight: InFlightFrame = { origin, index, sender: "a", bytes: 1, epoch: 0, memory: 1, isUseful: true };
    committer.add(record(job), inFlight);
  }
  const drained = committer.drain();
  // The committer retries twice, after a second each.
  await vi.advanceTimersByTimeAsync(60_000);
  await drained;
  return { outcomes, stored, problems };
}

describe("a batch that the store refuses", () => {
  it("loses only its bad records, and the collector is ready again", async () => {
    const jobs = Array.from({ length: 1000 }, (_, index) =>
      index === 137 || index === 612 ? `bad-${index}` : `job-${index}`,
    );
    const { outcomes, stored, problems } = await commit(jobs);
    expect(stored.sort()).toEqual(jobs.filter((job) => job.startsWith("job")).sort());
    expect([...outcomes].filter(([, outcome]) => outcome === "lost").map(([index]) => index)).toEqual([137, 612]);
    expect(outcomes.size).toBe(1000);
    expect(problems.at(-1)).toBeUndefined();
  });

  it("of bad records only does not keep the store busy forever", async () => {
    const { outcomes, stored, problems } = await commit(Array.from({ length: 3000 }, (_, index) => `bad-${index}`));
    expect(stored).toEqual([]);
    expect([...outcomes.values()].every((outcome) => outcome === "lost")).toBe(true);
    expect(outcomes.size).toBe(3000);
    expect(problems.at(-1)).toBeUndefined();
  });

  it("loses only the record with a value that its column cannot hold", async () => {
    const { outcomes, stored } = await commit(["a", "b", "far", "c", "d"]);
    expect(stored.sort()).toEqual(["a", "b", "c", "d"]);
    expect(outcomes.get(2)).toBe("lost");
    expect(outcomes.size).toBe(5);
  });
});

it("a record that arrives during a commit waits only for the rest of the interval", async () => {
  const [begun, stored]: [number[], number[]] = [[], []];
  const append = async () => {
    begun.push(Date.now());
    await new Promise((resolve) => setTimeout(resolve, 200));
  };
  const committer = new Committer(append, EMPTY, 250, {
    onComplete: () => stored.push(Date.now()),
    onStored: () => {},
    onRefused: () => {},
    onWaiting: () => {},
  });
  const start = Date.now();
  committer.add(record("first"), { origin, index: 0, sender: "a", bytes: 1, epoch: 0, memory: 1, isUseful: true });
  await vi.advanceTimersByTimeAsync(300);
  committer.add(record("second"), { origin, index: 1, sender: "a", bytes: 1, epoch: 0, memory: 1, isUseful: true });
  await vi.advanceTimersByTimeAsync(1000);
  expect(begun.map((time) => time - start)).toEqual([250, 550]);
  expect(stored.map((time) => time - start)).toEqual([450, 750]);
});
