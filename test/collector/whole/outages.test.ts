import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { Answer } from "../../../lib/client/index.js";
import { sumOf } from "../../../lib/shared/sum.js";
import { encodeFrame, encodeMessage } from "../../../lib/wire/index.js";
import { type RunningCollector, startCollector } from "../../support/collector.js";
import { openDatabase } from "../../support/database.js";
import { temporaryFolder } from "../../support/folder.js";
import { tool } from "../../support/tools.js";
import { processEnd, processStart } from "../../wire/samples.js";

const folder = temporaryFolder();
let stores = 0;
const freshData = () => join(folder, `data-${stores++}`);

const query = (data: string, ...args: string[]) => tool("ogrt-query", "--data", data, ...args);
const starts = (count: number) => Array.from({ length: count }, () => encodeMessage(processStart()));

type Counts = Pick<
  Answer<"overview">["completeness"],
  "received" | "stored" | "duplicate" | "rejected" | "dropped" | "pending"
>;

function expectSum({ received, stored, duplicate, rejected, dropped, pending }: Counts): void {
  expect(received).toBe(stored + duplicate + sumOf(rejected) + sumOf(dropped) + pending);
}

/** What a collector that has just started says about the frames of those before it. */
async function coverageOf(collector: RunningCollector) {
  const { completeness, periods } = (await collector.json("/api/v1/coverage?period=hour")) as Answer<"coverage">;
  for (const counts of [completeness, ...periods]) expectSum(counts);
  expect(periods.reduce((sum, { received }) => sum + received, 0)).toBe(completeness.received);
  return completeness;
}

/** Waits until a heartbeat has everything that was received so far. */
const nextHeartbeat = () => sleep(2500);

describe("a collector that is killed", () => {
  it("leaves the frames that were in flight to the next start, which counts them as lost", async () => {
    const data = freshData();
    const first = await startCollector(data, "--flush-interval", "60000");
    const start = processStart();
    const again = encodeMessage(start);
    await first.send(...starts(39), again, again, encodeFrame(99, Buffer.alloc(3)));
    while ((await first.accounting()).received < 42) await sleep(20);
    await nextHeartbeat();
    await first.stop("SIGKILL");
    const second = await startCollector(data);
    expect(await coverageOf(second)).toMatchObject({
      received: 42,
      stored: 0,
      duplicate: 1,
      rejected: { "unknown-type": 1 },
      dropped: { killed: 40 },
      pending: 0,
      outages: 1,
      withoutStart: 0,
    });
    // The end of a process whose start was lost, after the time in which its start could be in flight.
    await second.send(encodeMessage(processEnd(start.uuid ?? "")));
    while ((await coverageOf(second)).withoutStart !== 1) await sleep(500);
    expect(query(data, "overview").stderr).toContain("40 frames dropped, 1 process without a start");
  });

  it("under load leaves columns that add up, over restarts", async () => {
    const data = freshData();
    let stored = 0;
    for (let round = 0; round < 3; round++) {
      const collector = await startCollector(data, "--flush-interval", "50");
      const until = Date.now() + 1500 + round * 200;
      while (Date.now() < until) {
        await collector.send(...starts(20));
        await sleep(2);
      }
      await collector.stop(round === 1 ? "SIGTERM" : "SIGKILL");
    }
    const last = await startCollector(data);
    const completeness = await coverageOf(last);
    const found = (await last.json("/api/v1/overview")) as Answer<"overview">;
    stored = found.processes;
    expect(stored).toBeGreaterThan(500);
    expect(completeness).toMatchObject({ stored, duplicate: 0, rejected: {}, pending: 0, outages: 3 });
    expect(Object.keys(completeness.dropped).filter((reason) => reason !== "killed")).toEqual([]);
  });
});

describe("a time without a collector", () => {
  it("is stated by the second in answers whose span it touches, also while it lasts", async () => {
    const data = freshData();
    const first = await startCollector(data);
    await first.report({ job: "before" });
    const { completeness } = (await first.json("/api/v1/overview")) as Answer<"overview">;
    expect(completeness).toMatchObject({ outages: 0, outageSeconds: 0, withoutStart: 0 });
    expect(query(data, "overview").stderr).not.toContain("no collector for");
    await first.stop();
    const stoppedAt = Date.now();
    await sleep(3000);
    // Nobody has the store open: its file answers.
    const meanwhile = query(data, "--json", "overview");
    const { outages, outageSeconds } = JSON.parse(meanwhile.stdout).completeness;
    expect(outages).toBe(1);
    expect(outageSeconds).toBeGreaterThanOrEqual(3);
    expect(query(data, "overview").stderr).toMatch(/no collector for (?:\d+ min )?\d+ s/);

    const second = await startCollector(data);
    const least = (Date.now() - stoppedAt) / 1000;
    await second.stop("SIGKILL");
    const third = await startCollector(data);
    const list = (await third.json("/api/v1/coverage/outages")) as Answer<"coverageOutages">;
    expect(list.outages.map(({ how }) => how)).toEqual(["killed", "stopped"]);
    const [, stopped] = list.outages;
    expect(Math.abs((stopped?.seconds ?? 0) - least)).toBeLessThan(3);
    expect(new Date(stopped?.began ?? "").getTime() - stoppedAt).toBeLessThan(1000);
    const answers = ["job?id=before", "overview", "affected?text=libc", "coverage", "software", "jobs"];
    const since = `since=${new Date(stoppedAt - 60_000).toISOString()}`;
    for (const path of answers.slice(1)) {
      const answer = await third.json(`/api/v1/${path}${path.includes("?") ? "&" : "?"}${since}`);
      expect([path, answer.completeness.outages]).toEqual([path, 2]);
    }
    // A span that ended before.
    expect((await third.json("/api/v1/job?id=before")).completeness.outages).toBe(0);
    expect(query(data, "coverage").stdout).toMatch(/NO COLLECTOR\n.* \d+ s\n/);
    expect(query(data, "coverage", "outages").stdout).toMatch(/ killed\n.* stopped\n$/);
  });

  it("is kept in backups, where what follows the copy is such a time, too", async () => {
    const data = freshData();
    await (await startCollector(data)).stop("SIGKILL");
    const collector = await startCollector(data);
    expect(query(data, "backup", "kept").status).toBe(0);
    await collector.stop();
    const backup = await openDatabase(join(data, "backups/kept.duckdb"));
    expect(await backup.rows("SELECT how FROM outage")).toEqual([{ how: "killed" }]);
    backup.close();
  });

  it("is forgotten with the data around it", async () => {
    const data = freshData();
    const first = await startCollector(data);
    await first.report({ job: "old" });
    await first.stop();
    const editor = await openDatabase(join(data, "ogrt.duckdb"));
    await editor.connection.run("UPDATE process SET received = TIMESTAMP_NS '2020-01-01'");
    await editor.connection.run("INSERT INTO outage VALUES ('2020-01-01', '2020-01-02', 'killed')");
    await editor.connection.run(`UPDATE meta SET "value" = '0' WHERE "key" = 'known_since'`);
    editor.close();
    const second = await startCollector(data, "--keep", "30");
    while (!second.stderr.includes("retention-done")) await sleep(50);
    const { outages, completeness } = await second.json("/api/v1/coverage/outages");
    expect(outages).toHaveLength(1);
    const kept = Date.now() - Date.parse(completeness.watchedSince);
    expect(Math.abs(kept / 86_400_000 - 30)).toBeLessThan(1);
    const unknown = (await second.json("/api/v1/coverage?until=2020-02-01")) as Answer<"coverage">;
    expect(unknown.completeness).toMatchObject({ outages: null, outageSeconds: null });
    expect(query(data, "coverage", "--until", "2020-02-01").stderr).toContain("is not known");
  });
});
