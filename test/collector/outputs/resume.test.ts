import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { encodeMessage } from "../../../lib/wire/index.js";
import { temporaryFolder } from "../../support/folder.js";
import { tool } from "../../support/tools.js";
import { processStart } from "../../wire/samples.js";
import { BulkDouble } from "./support/bulk-double.js";
import { StreamReceiver } from "./support/line-receiver.js";
import { documentsOf, eventually, startWithOutputs } from "./support/outputs.js";

const folder = temporaryFolder();
let stores = 0;
const freshData = () => join(folder, `data-${stores++}`);

/** Sequences without those that came before. */
const firsts = (sequences: readonly number[]) => [...new Set(sequences)];
const isRising = (numbers: readonly number[]) => numbers.every((number, index) => number > (numbers[index - 1] ?? 0));
const outputsOf = (output: BulkDouble, receiver: StreamReceiver) => [
  { kind: "json-files" },
  { kind: "json-lines", address: `tcp://127.0.0.1:${receiver.port}` },
  { kind: "elasticsearch", url: output.url },
  { kind: "null" },
];

describe("outputs, while collector and receivers end again and again", () => {
  it("deliver everything that is stored, in order, and repeat only what was not sure", async () => {
    const data = freshData();
    const search = new BulkDouble();
    const lines = new StreamReceiver();
    await search.start();
    await lines.start();
    let sent = 0;
    const jobs = ["a", "b", "c"];
    const burst = () => Array.from({ length: 40 }, () => encodeMessage(processStart({ job: jobs[sent++ % 3] })));
    for (let round = 0; round < 5; round++) {
      const collector = await startWithOutputs(data, outputsOf(search, lines));
      await collector.send(...burst());
      // Another receiver is down, or ends in the middle, in each round.
      if (round === 1) await search.stop();
      if (round === 2) await lines.stop();
      if (round === 3) search.faults = { silentAfterTaking: () => true };
      if (round === 3) lines.onData = (socket) => socket.resetAndDestroy();
      await collector.send(...burst());
      await collector.waitForFrames(80);
      await sleep(round * 300);
      // What is acknowledged or settled is stored; the rest of the collector just ends.
      await collector.stop(round % 2 === 0 ? "SIGKILL" : "SIGTERM");
      search.faults = {};
      lines.onData = () => {};
      if (round === 1) await search.start();
      if (round === 2) await lines.start();
    }
    const collector = await startWithOutputs(data, outputsOf(search, lines));
    await eventually(
      () => search.documents.size,
      (size) => size === sent,
    );
    const received = () => lines.lines.map((line) => (JSON.parse(line) as { sequence: number }).sequence);
    await eventually(
      () => firsts(received()).length,
      (count) => count === sent,
    );
    const files = () =>
      readdirSync(join(data, "jobs")).map((name) => documentsOf(readFileSync(join(data, "jobs", name), "utf8")));
    await eventually(
      () => firsts(files().flatMap((documents) => documents.map(({ sequence }) => sequence))).length,
      (count) => count === sent,
    );
    expect(isRising(firsts(received()))).toBe(true);
    for (const documents of files()) expect(isRising(firsts(documents.map(({ sequence }) => sequence)))).toBe(true);
    expect(isRising(search.order)).toBe(true);
    expect(search.violations).toEqual([]);
    expect(await collector.stop()).toBe(0);
    // Once delivered for sure, nothing comes again.
    const before = received().length;
    const again = await startWithOutputs(data, outputsOf(search, lines));
    await again.send(...burst());
    await eventually(
      () => firsts(received()).length,
      (count) => count === sent,
    );
    await sleep(200);
    expect(received().length).toBe(before + 40);
    await again.stop();
    await search.stop();
    await lines.stop();
  }, 120_000);

  it("neither wait for each other nor hold up storing or a stop", async () => {
    const data = freshData();
    const deaf = new StreamReceiver();
    deaf.onData = (socket) => socket.pause();
    await deaf.start();
    const outputs = [
      { kind: "json-lines", name: "deaf", address: `tcp://127.0.0.1:${deaf.port}` },
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
    await deaf.stop();
  }, 60_000);

  it("begin where they are told", async () => {
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

  it("go on beyond gaps of what was forgotten, and after a backup is put back", async () => {
    const data = freshData();
    const outputs = [{ kind: "json-files", start: "beginning" }];
    const first = await startWithOutputs(data, []);
    const gone = Array.from({ length: 600 }, () => encodeMessage(processStart({ job: "gone", user: "eve" })));
    for (let at = 0; at < 600; at += 50) await first.send(...gone.slice(at, at + 50));
    await first.waitForFrames(600);
    await first.send(encodeMessage(processStart({ job: "stays", user: "alice" })));
    await first.waitForFrames(601);
    expect(tool("ogrt-query", "--data", data, "forget", "eve").status).toBe(0);
    expect(tool("ogrt-query", "--data", data, "backup", "b").status).toBe(0);
    await first.stop();
    const file = (job: string) => join(data, "jobs", `${job}.jsonl`);
    const collector = await startWithOutputs(data, outputs);
    await eventually(
      () => existsSync(file("stays")),
      (isThere) => isThere,
    );
    expect(existsSync(file("gone"))).toBe(false);
    await collector.send(encodeMessage(processStart({ job: "lost" })));
    await eventually(
      () => existsSync(file("lost")),
      (isThere) => isThere,
    );
    await collector.stop();
    rmSync(join(data, "ogrt.duckdb.wal"), { force: true });
    copyFileSync(join(data, "backups/b.duckdb"), join(data, "ogrt.duckdb"));
    const restored = await startWithOutputs(data, outputs);
    // Its sequence was given out before, to an event that the backup does not have.
    await restored.send(encodeMessage(processStart({ job: "anew" })));
    await eventually(
      () => existsSync(file("anew")),
      (isThere) => isThere,
    );
  });
});
