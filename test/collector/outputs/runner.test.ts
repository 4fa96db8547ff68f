import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { Document } from "../../../lib/collector/outputs/worker/document.js";
import type { Feed } from "../../../lib/collector/outputs/worker/feed.js";
import { Runner } from "../../../lib/collector/outputs/worker/runner.js";
import type { Sink } from "../../../lib/collector/outputs/worker/sink.js";
import { Backoff } from "../../../lib/shared/backoff.js";
import { eventually } from "./support/outputs.js";

const PAGE = 3;

/** A store of numbered documents that can grow. */
function feedOf(initial: number) {
  let head = initial;
  let wake: (() => void)[] = [];
  const document = (sequence: number) => ({ sequence, received: "2026-01-02T03:04:05.000000000Z" }) as Document;
  const feed = {
    read: async (after: number) => {
      if (after >= head) return undefined;
      const upTo = Math.min(after + PAGE, head);
      return { documents: Array.from({ length: upTo - after }, (_, index) => document(after + 1 + index)), upTo };
    },
    waitForEvent: (after: number) =>
      head > after ? Promise.resolve() : new Promise<void>((resolve) => wake.push(resolve)),
  } as unknown as Feed;
  const grow = (count: number) => {
    head += count;
    for (const call of wake) call();
    wake = [];
  };
  return { feed, head: () => head, grow };
}

function run(
  sink: Sink,
  cursor: number,
  { feed, head }: ReturnType<typeof feedOf>,
  commit?: (sequence: number) => Promise<void>,
) {
  const committed: number[] = [];
  const logged: string[] = [];
  const runner = new Runner(
    {
      name: "o",
      kind: "null",
      sink,
      feed,
      head,
      commit: commit ?? (async (sequence) => void committed.push(sequence)),
      log: (event) => logged.push(event),
      backoff: new Backoff({ longestMs: 60_000, random: () => -0.99 }),
    },
    cursor,
  );
  return { runner, committed, logged };
}

const numbers = (documents: readonly Document[]) => documents.map(({ sequence }) => sequence);

describe("an output", () => {
  it("delivers page after page from its cursor, then new events, and commits its cursor", async () => {
    const store = feedOf(7);
    const delivered: number[] = [];
    const sink: Sink = { deliver: async (page) => void delivered.push(...numbers(page)), close: async () => {} };
    const { runner, committed } = run(sink, 2, store);
    await eventually(
      () => delivered.length,
      (length) => length === 5,
    );
    store.grow(2);
    await eventually(
      () => delivered.length,
      (length) => length === 7,
    );
    expect(delivered).toEqual([3, 4, 5, 6, 7, 8, 9]);
    await runner.stop(100);
    expect(committed.at(-1)).toBe(9);
    expect(runner.status()).toMatchObject({ delivered: 9, documents: 7, lag: { events: 0, seconds: 0 }, error: null });
  });

  it("delivers a page again after a failure, and logs the failure once", async () => {
    const store = feedOf(6);
    const tries: number[][] = [];
    const sink: Sink = {
      deliver: async (page) => {
        tries.push(numbers(page));
        if (tries.length === 2 || tries.length === 3) throw new Error("refused");
      },
      close: async () => {},
    };
    const { runner, logged } = run(sink, 0, store);
    await eventually(
      () => tries.length,
      (length) => length === 4,
    );
    await runner.stop(100);
    expect(tries).toEqual([
      [1, 2, 3],
      [4, 5, 6],
      [4, 5, 6],
      [4, 5, 6],
    ]);
    expect(logged).toEqual(["output-waiting", "output-recovered"]);
    expect(runner.status()).toMatchObject({ failures: 2, delivered: 6 });
  });

  it("continues from the last acknowledged sequence when a confirmation fails", async () => {
    const store = feedOf(6);
    const delivered: number[] = [];
    let confirms = 0;
    const sink: Sink = {
      deliver: async (page) => void delivered.push(...numbers(page)),
      confirm: async () => {
        confirms++;
        if (confirms === 1) throw new Error("reset");
      },
      close: async () => {},
    };
    const { runner, committed } = run(sink, 0, store);
    await eventually(
      () => confirms,
      (count) => count === 2,
    );
    await runner.stop(100);
    expect(delivered).toEqual([1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6]);
    expect(committed).toEqual([6]);
  });

  it("does not deliver again because a commit of its cursor failed", async () => {
    const store = feedOf(3);
    const delivered: number[] = [];
    const sink: Sink = { deliver: async (page) => void delivered.push(...numbers(page)), close: async () => {} };
    let tries = 0;
    const { runner } = run(sink, 0, store, async () => {
      tries++;
      throw new Error("the disk is full");
    });
    await eventually(
      () => tries,
      (count) => count === 2,
    );
    await runner.stop(100);
    expect(delivered).toEqual([1, 2, 3]);
  });

  it("that hangs shows its lag, and stops at the time limit", async () => {
    const store = feedOf(3);
    const sink: Sink = {
      deliver: (_, signal) =>
        new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("stopped")))),
      close: async () => {},
    };
    const { runner, committed } = run(sink, 0, store);
    await sleep(20);
    const status = runner.status();
    expect(status).toMatchObject({ state: "delivering", lag: { events: 3 }, delivered: 0 });
    expect(status.lag.seconds).toBeGreaterThan(0);
    await runner.stop(20);
    expect(committed).toEqual([]);
    expect(runner.status().state).toBe("stopped");
  });

  it("that waits for a confirmation is not idle", async () => {
    let confirm: (() => void) | undefined;
    const sink: Sink = {
      deliver: async () => {},
      confirm: () =>
        new Promise<void>((resolve) => {
          confirm = resolve;
        }),
      close: async () => {},
    };
    const { runner } = run(sink, 0, feedOf(3));
    await eventually(
      () => confirm,
      (asked) => asked !== undefined,
    );
    expect(runner.status()).toMatchObject({ state: "delivering", lag: { events: 3 } });
    confirm?.();
    await eventually(
      () => runner.status(),
      ({ state, lag }) => state === "idle" && lag.events === 0,
    );
    await runner.stop(20);
  });

  it("that fails while it stops does not count earlier deliveries as acknowledged", async () => {
    const store = feedOf(6);
    let isStopping = () => {};
    const sink: Sink = {
      deliver: (page, signal) => {
        if (numbers(page)[0] === 1) return Promise.resolve();
        isStopping();
        return new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("reset"))));
      },
      // Like that of a stream: after a failure nothing is left to confirm.
      confirm: async () => {},
      close: async () => {},
    };
    const { runner, committed } = run(sink, 0, store);
    await new Promise<void>((resolve) => {
      isStopping = resolve;
    });
    await runner.stop(10);
    expect(committed).toEqual([]);
    expect(runner.status().delivered).toBe(0);
  });

  it("runs tasks between deliveries, also while it waits", async () => {
    const store = feedOf(1);
    const sink: Sink = { deliver: () => Promise.reject(new Error("down")), close: async () => {} };
    const { runner } = run(sink, 0, store);
    await eventually(
      () => runner.status().failures,
      (count) => count > 1,
    );
    expect(await runner.runTask(async () => 42)).toBe(42);
    await runner.stop(10);
  });
});
