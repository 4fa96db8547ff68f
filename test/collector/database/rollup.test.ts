import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { answer } from "../../../lib/collector/answers/registry.js";
import type { RollupState } from "../../../lib/collector/database/rollup/rollup.js";
import type { Questions } from "../../../lib/collector/store/worker/questions.js";
import { encodeMessage } from "../../../lib/wire/index.js";
import { jobEvents } from "../../support/batch.js";
import { startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { openStore } from "../../support/store.js";
import { processStart } from "../../wire/samples.js";

const folder = temporaryFolder();
let stores = 0;
const TIMEOUTS = { beginMs: 60_000, answerMs: 60_000 };

const freshStore = (onRollup?: (state: RollupState) => void) => openStore(join(folder, `${stores++}.duckdb`), onRollup);

const overview = (questions: Questions, asked: number, timeouts = TIMEOUTS) =>
  questions.ask((context) => answer(context, { name: "overview", input: {} }), asked, timeouts);

describe("the rollup", () => {
  it("is brought up to date step by step, and an answer that cannot begin in time reports the progress", async () => {
    const states: RollupState[] = [];
    const { questions, rollup, run, end } = await freshStore((state) => states.push(state));
    await run("INSERT OR REPLACE INTO meta VALUES ('last_sequence', '1200000')");
    await expect(overview(questions, Date.now() - 10_000, { beginMs: 1000, answerMs: 60_000 })).rejects.toMatchObject({
      code: "ANSWER_NOT_READY",
      message: expect.stringContaining("0 of 1200000 records"),
    });
    expect([await rollup.step(), await rollup.step(), await rollup.step()]).toEqual([true, true, false]);
    expect(states.map(({ rolledUp }) => rolledUp)).toEqual([500_000, 1_000_000, 1_200_000]);
    expect(await overview(questions, Date.now())).toMatchObject({ processes: 0, completeness: { rollupLag: 0 } });
    await end();
  });

  it("is compacted when many rows have the same key, and keeps its sums", async () => {
    const { rollup, run, rows, end } = await freshStore();
    // Like the ends of many processes that arrive late.
    await run(`INSERT INTO usage SELECT DATE '2026-01-01' + (i % 2)::INTEGER, 1, 1, 1, 1, 1, 1, 1, NULL, NULL, 1, 1, 0.5, 0,
      TIMESTAMP '2026-01-01' + to_seconds(i), TIMESTAMP '2026-01-01' + to_seconds(i) FROM range(120000) t(i)`);
    await run("INSERT INTO rollup_progress VALUES (7, 0, 0, 0)");
    await run("INSERT OR REPLACE INTO meta VALUES ('last_sequence', '7')");
    const sums = `SELECT sum(processes), sum(ended), sum(cpu), min(first_use), max(last_use) FROM usage`;
    const before = await rows(sums);
    expect(await rollup.step()).toBe(false);
    expect(await rows("SELECT count(*) FROM usage")).toEqual([["2"]]);
    expect(await rows(sums)).toEqual(before);
    expect(await rows("SELECT * FROM rollup_progress")).toEqual([["7", "2", "0", "0"]]);
    // A few more rows do not trigger a compaction.
    await run("INSERT INTO usage FROM usage");
    await rollup.step();
    expect(await rows("SELECT count(*) FROM usage")).toEqual([["4"]]);
    await end();
  });

  it("sums up over jobs in a second table, which is compacted likewise and keeps the time of the last end", async () => {
    const { rollup, run, rows, end } = await freshStore();
    await run(`INSERT INTO daily_usage SELECT DATE '2026-01-01' + (i % 2)::INTEGER, 1, 1, 1, 1, NULL, 1, 1, 0.5, 0,
      TIMESTAMP '2026-01-01' + to_seconds(i), TIMESTAMP '2026-01-01' + to_seconds(i),
      CASE WHEN i < 60000 THEN TIMESTAMP '2026-02-01' + to_seconds(i) END FROM range(120000) t(i)`);
    await run("INSERT INTO rollup_progress VALUES (7, 0, 0, 0)");
    await run("INSERT OR REPLACE INTO meta VALUES ('last_sequence', '7')");
    const sums =
      "SELECT sum(processes), sum(ended), sum(cpu), min(first_use), max(last_use), max(last_end) FROM daily_usage";
    const before = await rows(sums);
    await rollup.step();
    expect(await rows("SELECT count(*) FROM daily_usage")).toEqual([["2"]]);
    expect(await rows(sums)).toEqual(before);
    expect(await rows("SELECT * FROM rollup_progress")).toEqual([["7", "0", "2", "0"]]);
    await end();
  });

  it("keeps the sets of programs that jobs have, and removes the others when there are many", async () => {
    const { rollup, run, rows, end } = await freshStore();
    await run("INSERT INTO program_set SELECT i, md5(i::VARCHAR)::UUID FROM range(60000) t(i)");
    await run("INSERT INTO program_set_member SELECT i, unnest([1, 2]), 3 FROM range(60000) t(i)");
    await run(
      "INSERT INTO job_usage SELECT i, NULL, CASE WHEN i > 2 THEN i * 100 END, 1, NULL, NULL, NULL FROM range(10) t(i)",
    );
    await rollup.step();
    const left = "(SELECT list(id ORDER BY id) FROM program_set) = (SELECT list(i * 100) FROM range(3, 10) t(i))";
    expect(await rows(`SELECT ${left}, (SELECT count(*) FROM program_set_member)`)).toEqual([[true, "14"]]);
    await end();
  });

  it("that cannot be brought up to date is reported in log, /readyz (without the engine's message) and answers", async () => {
    const data = join(folder, "broken");
    await (await startCollector(data)).stop();
    const { run, end } = await openStore(join(data, "ogrt.duckdb"));
    await run("ALTER TABLE usage ADD COLUMN fault INTEGER");
    await end();
    const collector = await startCollector(data);
    await collector.send(encodeMessage(processStart()), encodeMessage(processStart()));
    await collector.waitForFrames(2);
    for (let i = 0; i < 2; i++) {
      const { processes, completeness } = await collector.json("/api/v1/overview");
      expect([processes, completeness.rollupLag]).toEqual([0, 2]);
    }
    const { status, warnings } = await collector.json("/readyz");
    expect([status, warnings]).toEqual(["ready", ["answers miss the newest of 2 records: the log has the reason"]]);
    expect(collector.log().filter(({ event: name }) => name === "rollup-failed")).toHaveLength(1);
  });
});

describe("an answer that is too expensive", () => {
  it("is interrupted while records are stored, and the next question is answered", async () => {
    const { appends, questions, end } = await freshStore();
    const endless = questions.ask(
      ({ connection }) => connection.run("SELECT sum(a.i * b.i) FROM range(10000000) a(i), range(10000000) b(i)"),
      Date.now(),
      { beginMs: 60_000, answerMs: 1500 },
    );
    let isOver = false;
    const refused = expect(endless.finally(() => (isOver = true))).rejects.toMatchObject({
      code: "ANSWER_TOO_EXPENSIVE",
      message: expect.stringContaining("1.5 s"),
    });
    await sleep(100);
    expect(await appends.append(await jobEvents([{ job: "1", receivedAt: 1 }]), 1)).toBe(1);
    expect(isOver).toBe(false);
    await refused;
    expect(await overview(questions, Date.now())).toMatchObject({ processes: 0 });
    await end();
  });
});
