import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { encodeMessage } from "../../../lib/wire/index.js";
import { BulkDouble } from "../../collector/outputs/support/bulk-double.js";
import { StreamReceiver } from "../../collector/outputs/support/line-receiver.js";
import { documentsOf, eventually, startWithOutputs } from "../../collector/outputs/support/outputs.js";
import { temporaryFolder } from "../../support/folder.js";
import { tool } from "../../support/tools.js";
import { processStart } from "../../wire/samples.js";

const folder = temporaryFolder();
let stores = 0;
const freshData = () => join(folder, `data-${stores++}`);

const distinct = (sequences: readonly number[]) => [...new Set(sequences)];
const isRising = (numbers: readonly number[]) => numbers.every((number, index) => number > (numbers[index - 1] ?? 0));
const outputsTo = (server: BulkDouble, receiver: StreamReceiver) => [
  { kind: "json-files" },
  { kind: "json-lines", address: `tcp://127.0.0.1:${receiver.port}` },
  { kind: "elasticsearch", url: server.url },
  { kind: "null" },
];

describe("outputs, while the collector and receivers end repeatedly", () => {
  it("deliver all stored events in order, and repeat only unacknowledged ones", async () => {
    const data = freshData();
    const search = new BulkDouble();
    const lines = new StreamReceiver();
    await search.start();
    await lines.start();
    let sent = 0;
    const jobs = ["a", "b", "c"];
    const burst = () => Array.from({ length: 40 }, () => encodeMessage(processStart({ job: jobs[sent++ % 3] })));
    for (let round = 0; round < 5; round++) {
      const collector = await startWithOutputs(data, outputsTo(search, lines));
      await collector.send(...burst());
      // In each round another receiver is down or fails.
      if (round === 1) await search.stop();
      if (round === 2) await lines.stop();
      if (round === 3) search.faults = { withholdAnswer: () => true };
      if (round === 3) lines.onData = (socket) => socket.resetAndDestroy();
      await collector.send(...burst());
      await collector.waitForFrames(80);
      await sleep(round * 300);
      // All sent frames are stored, so the collector may end at any moment.
      await collector.stop(round % 2 === 0 ? "SIGKILL" : "SIGTERM");
      search.faults = {};
      lines.onData = () => {};
      if (round === 1) await search.start();
      if (round === 2) await lines.start();
    }
    const collector = await startWithOutputs(data, outputsTo(search, lines));
    await eventually(
      () => search.documents.size,
      (size) => size === sent,
    );
    const received = () => lines.lines.map((line) => (JSON.parse(line) as { sequence: number }).sequence);
    await eventually(
      () => distinct(received()).length,
      (count) => count === sent,
    );
    const files = () =>
      readdirSync(join(data, "jobs")).map((name) => documentsOf(readFileSync(join(data, "jobs", name), "utf8")));
    await eventually(
      () => distinct(files().flatMap((documents) => documents.map(({ sequence }) => sequence))).length,
      (count) => count === sent,
    );
    expect(isRising(distinct(received()))).toBe(true);
    for (const documents of files()) expect(isRising(distinct(documents.map(({ sequence }) => sequence)))).toBe(true);
    expect(isRising(search.order)).toBe(true);
    expect(search.violations).toEqual([]);
    expect(await collector.stop()).toBe(0);
    // Acknowledged documents are not delivered again.
    const before = received().length;
    const again = await startWithOutputs(data, outputsTo(search, lines));
    await again.send(...burst());
    await eventually(
      () => distinct(received()).length,
      (count) => count === sent,
    );
    await sleep(200);
    expect(received().length).toBe(before + 40);
    await again.stop();
    await search.stop();
    await lines.stop();
  }, 120_000);

  it("delay neither each other nor storing nor a stop", async () => {
    const data = freshData();
    const stalled = new StreamReceiver();
    stalled.onData = (socket) => socket.pause();
    await stalled.start();
    const outputs = [
      { kind: "json-lines", name: "stalled", address: `tcp://127.0.0.1:${stalled.port}` },
      { kind: "json-lines", name: "refused", address: "tcp://127.0.0.1:9" },
      { kind: "json-files" },
    ];
    const collector = await startWithOutputs(data, outputs);
    const count = 300;
    const environment = [`LONG=${"x".repeat(20_000)}`];
    for (let at = 0; at < count; at += 50) {
      await collector.send(...Array.from({ length: 50 }, () => encodeMessage(processStart({ job: "j", environment }))));
      await collector.waitForFrames(at + 50);
    }
    const file = join(data, "jobs/j.jsonl");
    await eventually(
      () => (existsSync(file) ? documentsOf(readFileSync(file, "utf8")).length : 0),
      (length) => length === count,
    );
    expect(await collector.accounting()).toMatchObject({ stored: count, pending: 0, dropped: {} });
    expect(await collector.stop()).toBe(0);
    await stalled.stop();
  }, 60_000);

  it("begin now or at the beginning of the store, as configured", async () => {
    const data = freshData();
    const first = await startWithOutputs(data, []);
    await first.send(encodeMessage(processStart({ job: "before" })));
    await first.waitForFrames(1);
    await first.stop();
    const outputs = [
      { kind: "json-files", name: "all", directory: "all", start: "beginning" },
      { kind: "json-files", name: "new", directory: "new" },
    ];
    const collector = await startWithOutputs(data, outputs);
    await collector.send(encodeMessage(processStart({ job: "after" })));
    const names = (directory: string) =>
      existsSync(join(data, directory)) ? readdirSync(join(data, directory)).sort() : [];
    await eventually(
      () => [...names("all"), ...names("new")],
      ({ length }) => length === 3,
    );
    expect(names("all")).toEqual(["after.jsonl", "before.jsonl"]);
    expect(names("new")).toEqual(["after.jsonl"]);
  });

  it("continue after gaps in the sequence and after a backup is restored", async () => {
    const data = freshData();
    const outputs = [{ kind: "json-files", start: "beginning" }];
    const first = await startWithOutputs(data, []);
    const removed = Array.from({ length: 600 }, () => encodeMessage(processStart({ job: "removed", user: "eve" })));
    for (let at = 0; at < 600; at += 50) await first.send(...removed.slice(at, at + 50));
    await first.waitForFrames(600);
    await first.send(encodeMessage(processStart({ job: "stays", user: "alice" })));
    await first.waitForFrames(601);
    expect(tool("ogrt-query", "--data", data, "forget", "eve", "--yes").status).toBe(0);
    expect(tool("ogrt-query", "--data", data, "backup", "b").status).toBe(0);
    await first.stop();
    const file = (job: string) => join(data, "jobs", `${job}.jsonl`);
    const collector = await startWithOutputs(data, outputs);
    await eventually(
      () => existsSync(file("stays")),
      (exists) => exists,
    );
    expect(existsSync(file("removed"))).toBe(false);
    await collector.send(encodeMessage(processStart({ job: "lost" })));
    await eventually(
      () => existsSync(file("lost")),
      (exists) => exists,
    );
    await collector.stop();
    rmSync(join(data, "ogrt.duckdb.wal"), { force: true });
    copyFileSync(join(data, "backups/b.duckdb"), join(data, "ogrt.duckdb"));
    const restored = await startWithOutputs(data, outputs);
    // An event that the backup lacks had the same sequence.
    await restored.send(encodeMessage(processStart({ job: "anew" })));
    await eventually(
      () => existsSync(file("anew")),
      (exists) => exists,
    );
  });
});
