import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { answer } from "../../../lib/collector/answers/registry.js";
import type { RollupState } from "../../../lib/collector/database/rollup.js";
import { type Batch, TABLES } from "../../../lib/collector/database/schema.js";
import { OpenStore } from "../../../lib/collector/store/worker/open-store.js";
import { encodeMessage } from "../../../lib/wire/index.js";
import { startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { processStart } from "../../wire/samples.js";

const folder = temporaryFolder();
let stores = 0;
const LIMITS = { begin: 60_000, limit: 60_000 };

async function freshStore(told?: (state: RollupState) => void) {
  const store = new OpenStore(join(folder, `${stores++}.duckdb`), told);
  const { maintaining } = await store.open();
  return {
    store,
    run: (sql: string) => maintaining.run(sql),
    rows: async (sql: string) => (await maintaining.runAndReadAll(sql)).getRowsJson(),
  };
}

/** A batch of one job event. */
function event(sequence: bigint): Batch {
  const row: Record<string, string | bigint> = { job: "1", kind: "start", happened: 1n, received: 1n, sequence };
  return { job_event: Object.keys(TABLES.job_event).map((column) => [row[column] ?? null]) };
}

const overview = (store: OpenStore, asked: number, limits = LIMITS) =>
  store.query((context) => answer(context, { name: "overview", input: {} }), asked, limits);

describe("what answers are made from", () => {
  it("is brought up to date step by step, and an answer that cannot be begun in time says how far it is", async () => {
    const states: RollupState[] = [];
    const { store, run } = await freshStore((state) => states.push(state));
    await run("INSERT OR REPLACE INTO meta VALUES ('last_sequence', '1200000')");
    await expect(overview(store, Date.now() - 10_000, { begin: 1000, limit: 60_000 })).rejects.toMatchObject({
      code: "ANSWER_NOT_READY",
      message: expect.stringContaining("0 of 1200000 records"),
    });
    expect([await store.rollUp(), await store.rollUp(), await store.rollUp()]).toEqual([true, true, false]);
    expect(states.map(({ rolledUp }) => rolledUp)).toEqual([500_000, 1_000_000, 1_200_000]);
    expect(await overview(store, Date.now())).toMatchObject({ processes: 0, completeness: { rollupLag: 0 } });
    await store.end();
  });

  it("is made compact when rows of the same key have become many, and stays the same", async () => {
    const { store, run, rows } = await freshStore();
    // As if a hundred ends of each of many processes' jobs had come late.
    await run(`INSERT INTO usage SELECT DATE '2026-01-01' + (i % 2)::INTEGER, 1, 1, 1, 1, 1, 1, NULL, NULL, 1, 1, 0.5, 0,
      TIMESTAMP '2026-01-01' + to_seconds(i), TIMESTAMP '2026-01-01' + to_seconds(i) FROM range(120000) t(i)`);
    await run("INSERT INTO digested VALUES (7, 0)");
    await run("INSERT OR REPLACE INTO meta VALUES ('last_sequence', '7')");
    const sums = `SELECT sum(processes), sum(ended), sum(cpu), min(first_use), max(last_use) FROM usage`;
    const before = await rows(sums);
    expect(await store.rollUp()).toBe(false);
    expect(await rows("SELECT count(*) FROM usage")).toEqual([["2"]]);
    expect(await rows(sums)).toEqual(before);
    expect(await rows("SELECT * FROM digested")).toEqual([["7", "2"]]);
    // Not for a few rows more.
    await run("INSERT INTO usage FROM usage");
    await store.rollUp();
    expect(await rows("SELECT count(*) FROM usage")).toEqual([["4"]]);
    await store.end();
  });

  it("says in log, /readyz and answers when it cannot be brought up to date", async () => {
    const data = join(folder, "broken");
    await (await startCollector(data)).stop();
    const store = new OpenStore(join(data, "ogrt.duckdb"));
    await (await store.open()).maintaining.run("ALTER TABLE usage ADD COLUMN fault INTEGER");
    await store.end();
    const collector = await startCollector(data);
    await collector.send(encodeMessage(processStart()), encodeMessage(processStart()));
    await collector.settled(2);
    for (let i = 0; i < 2; i++) {
      const { processes, completeness } = await collector.json("/api/v1/overview");
      expect([processes, completeness.rollupLag]).toEqual([0, 2]);
    }
    const { status, warnings } = await collector.json("/readyz");
    expect([status, warnings]).toEqual(["ready", [expect.stringMatching(/^answers miss the newest of 2 records: /)]]);
    expect(collector.log().filter(({ event: name }) => name === "rollup-failed")).toHaveLength(1);
  });
});

describe("an answer that is too expensive", () => {
  it("is ended, while records are stored, and the next one is answered", async () => {
    const { store } = await freshStore();
    const endless = store.query(
      ({ connection }) => connection.run("SELECT sum(a.i * b.i) FROM range(10000000) a(i), range(10000000) b(i)"),
      Date.now(),
      { begin: 60_000, limit: 1500 },
    );
    let isOver = false;
    const refused = expect(endless.finally(() => (isOver = true))).rejects.toMatchObject({
      code: "ANSWER_TOO_EXPENSIVE",
      message: expect.stringContaining("1.5 s"),
    });
    await sleep(100);
    expect(await store.append(event(1n), 1)).toBe(1);
    expect(isOver).toBe(false);
    await refused;
    expect(await overview(store, Date.now())).toMatchObject({ processes: 0 });
    await store.end();
  });
});
