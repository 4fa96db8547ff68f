import { randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { encodeMessage, type ProcessEnd } from "../../../lib/wire/index.js";
import { Examiners } from "../../support/examiners.js";
import { temporaryFolder } from "../../support/folder.js";
import { object, processEnd, processStart } from "../../wire/samples.js";
import { documentsOf, eventually, startWithOutputs } from "../outputs/support/outputs.js";

const folder = temporaryFolder();
let stores = 0;
const freshData = () => join(folder, `data-${stores++}`);
const documents = (data: string, job: string) => {
  const path = join(data, `jobs/${job}.jsonl`);
  return existsSync(path) ? documentsOf(readFileSync(path, "utf8")) : [];
};
const inOrder = (data: string, job: string) =>
  documents(data, job)
    .sort((a, b) => a.sequence - b.sequence)
    .map(({ type }) => type);
const FILES = { kind: "json-files", start: "beginning" };

/** The end of a process that ran for this time. */
function endAfter(uuid: string, milliseconds: number): ProcessEnd {
  const end = processEnd(uuid);
  const { nanoseconds = 0n } = end.time ?? {};
  return { ...end, startTime: { nanoseconds: nanoseconds - BigInt(milliseconds) * 1_000_000n, precision: 1n } };
}

it("stores an end after its start when their datagrams arrive in the other order", async () => {
  const data = freshData();
  const collector = await startWithOutputs(data, [FILES]);
  const uuids = Array.from({ length: 50 }, () => randomUUID());
  const part = (uuid: string, index: number) => processStart({ uuid, job: "j", part: { index, totalObjects: 4 } });
  await collector.send(...uuids.map((uuid) => encodeMessage(endAfter(uuid, 5))));
  // Long enough for a commit of what did not wait.
  await sleep(200);
  const starts = uuids.flatMap((uuid) => [part(uuid, 1), part(uuid, 0)]);
  await collector.send(...starts.map(encodeMessage));
  await collector.waitForFrames(150);
  const found = await eventually(
    () => documents(data, "j"),
    ({ length }) => length === 150,
  );
  for (const uuid of uuids) {
    const own = found.filter((document) => document.uuid === uuid).sort((a, b) => a.sequence - b.sequence);
    expect(own.map(({ type }) => type).sort()).toEqual(["end", "part", "process"]);
    const [end, start] = ["end", "process"].map((type) => own.findIndex((document) => document.type === type));
    expect(end).toBeGreaterThan(start ?? 0);
  }
});

it("stores an end after its start when that waits for verdicts", async () => {
  const data = freshData();
  const collector = await startWithOutputs(data, [FILES], "--verdict-deadline", "1500");
  const examiners = new Examiners(collector);
  await collector.report({ job: "warm", host: hostname(), program: object("/bin/cat"), objects: [object("/bin/mv")] });
  await examiners.pause();
  const start = processStart({ job: "j", host: hostname(), program: object("/bin/ls"), objects: [object("/bin/rm")] });
  await collector.send(encodeMessage(start), encodeMessage(endAfter(start.uuid ?? "", 60_000)));
  // At the deadline, with verdicts that are pending.
  await eventually(
    () => documents(data, "j"),
    ({ length }) => length >= 2,
  );
  expect(inOrder(data, "j")).toEqual(["process", "end"]);
  examiners.resume();
});

it("does not keep the end of a process whose start is lost", async () => {
  const data = freshData();
  const collector = await startWithOutputs(data, [FILES]);
  const ends = [endAfter(randomUUID(), 5), endAfter(randomUUID(), 60_000)];
  await collector.send(...ends.map(encodeMessage));
  const { stored } = await collector.waitForFrames(2);
  expect(stored).toBe(2);
});
