import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sumOf } from "../../../lib/shared/sum.js";
import { encodeFrame, encodeMessage } from "../../../lib/wire/index.js";
import { ALL_TIMES, sharedCollector, startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { root } from "../../support/tools.js";
import { object, processEnd, processStart } from "../../wire/samples.js";

const folder = temporaryFolder();
let stores = 0;
const shared = sharedCollector(join(folder, "shared"), () => ALL_TIMES);
const freshData = () => join(folder, `data-${stores++}`);

const header = (type: number, length: number) => {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32BE(type);
  bytes.writeUInt32BE(length, 4);
  return bytes;
};

/** Every received frame has one outcome or is pending. */
function expectSum(counts: Awaited<ReturnType<Awaited<ReturnType<typeof startCollector>>["accounting"]>>) {
  const { received, stored, duplicate, rejected, dropped, pending } = counts;
  expect(received).toBe(stored + duplicate + sumOf(rejected) + sumOf(dropped) + pending);
}

describe("the collector", () => {
  it("stores the frames of deployed clients", async () => {
    const collector = await startCollector(freshData(), ...ALL_TIMES);
    const directory = join(root, "test-fixtures/frames");
    const names = readdirSync(directory).filter((name) => name.endsWith(".frame"));
    await collector.send(...names.map((name) => readFileSync(join(directory, name))));
    expect(await collector.waitForFrames(names.length)).toEqual({
      received: names.length,
      stored: names.length,
      duplicate: 0,
      rejected: {},
      dropped: {},
      pending: 0,
      kernelDropped: 0,
      awaitingVerdicts: 0,
    });
    const { processes } = await collector.json("/api/v1/jobs/4714");
    expect(processes).toHaveLength(1);
    expect(processes[0]).toMatchObject({
      started: "2026-11-22T02:47:43.000000000Z",
      claimed: { user: "root", host: "vm", uid: null },
      commandLine: "/opt/site/bin/app",
      arguments: [],
      program: { path: "/opt/site/bin/app", signatures: ["5b8c8f5e-6d0b-4a7e-9d35-0a5f3c1f2b61"] },
      end: null,
    });
    expect(processes[0].objects).toHaveLength(3);
    expect((await collector.json("/api/v1/jobs/4711")).processes[0].modules).toEqual([
      "gcc/12.2",
      "openmpi/4.1.4",
      "hdf5/1.14",
    ]);
  });

  it("counts bad datagrams by reason and goes on", async () => {
    const collector = await startCollector(freshData());
    const good = () => encodeMessage(processStart());
    const whole = good();
    await collector.send(
      good(),
      Buffer.concat([header(12, 300_000), Buffer.from("x")]),
      Buffer.concat([header(12, 0xffffffff), Buffer.from("x")]),
      whole.subarray(0, whole.length - 1),
      Buffer.concat([whole, Buffer.from("x")]),
      Buffer.from("abc"),
      Buffer.concat([header(12, 400), randomBytes(400)]),
      encodeFrame(13, Buffer.from("shared object of an old client")),
      encodeFrame(0xffffffff, Buffer.alloc(0)),
      good(),
    );
    const counts = await collector.waitForFrames(10);
    expect(counts).toMatchObject({
      received: 10,
      stored: 2,
      rejected: { truncated: 3, "too-large": 1, "length-mismatch": 1, "malformed-payload": 1, "unknown-type": 2 },
    });
    expectSum(counts);
    expect(await collector.stop()).toBe(0);
    expect(collector.stderr).not.toContain("Error");
  });

  it("stores a record of 60 KB, and shows invalid UTF-8 in paths and arguments escaped", async () => {
    const collector = shared();
    const before = await collector.accounting();
    const objects = Array.from({ length: 800 }, (_, index) =>
      object(`/nowhere/${"long-name-".repeat(5)}/lib${index}.so`),
    );
    const frame = encodeMessage(processStart({ objects, job: "large", arguments: ["caf\\xe9", "\\\\", "\\x00"] }));
    expect(frame.length).toBeGreaterThan(60_000);
    expect(frame.length).toBeLessThan(65_507);
    await collector.send(frame, encodeMessage(processStart({ program: object("/tmp/\\xff\\xfe"), job: "bytes" })));
    expect(await collector.waitForFrames(before.received + 2)).toMatchObject({ stored: before.stored + 2 });
    const { processes } = await collector.json("/api/v1/jobs/large");
    expect(processes[0].objects.map(({ path }: { path: string }) => path)).toEqual(objects.map(({ path }) => path));
    expect(processes[0].arguments).toEqual(["caf\\xe9", "\\\\", "\\x00"]);
    expect((await collector.json("/api/v1/jobs/bytes")).processes[0].program.path).toBe("/tmp/\\xff\\xfe");
  });

  it("receives the same frames over TCP, in pieces of any size, and closes streams that announce too much", async () => {
    const collector = await startCollector(freshData());
    const frames = Buffer.concat([
      encodeMessage(processStart({ job: "tcp" })),
      encodeFrame(14, Buffer.alloc(0)),
      encodeMessage(processStart({ job: "tcp" })),
    ]);
    const slow = await collector.connect();
    for (const byte of frames) slow.write(Uint8Array.of(byte));
    slow.end();
    await once(slow, "close");
    const hostile = await collector.connect();
    hostile.resume();
    hostile.write(Buffer.concat([encodeMessage(processStart({ job: "tcp" })), header(12, 0xffffffff)]));
    await once(hostile, "close");
    const cut = await collector.connect();
    cut.end(frames.subarray(0, 100));
    const counts = await collector.waitForFrames(6);
    expect(counts).toMatchObject({ stored: 3, rejected: { "unknown-type": 1, "too-large": 1, truncated: 1 } });
    expectSum(counts);
    expect((await collector.json("/api/v1/jobs/tcp")).total).toBe(3);
  });

  it("drops duplicates, even after a restart, and joins the parts of a split record", async () => {
    const data = freshData();
    let collector = await startCollector(data, ...ALL_TIMES);
    const start = processStart({ job: "split", objects: [object("/a")], part: { index: 0, totalObjects: 3 } });
    const parts = [1, 2].map((index) => ({
      ...start,
      objects: [object(`/${index}`)],
      part: { index, totalObjects: 3 },
    }));
    const legacy = readFileSync(join(root, "test-fixtures/frames/ogrt-0.5-true-job-0.frame"));
    const end = processEnd(start.uuid ?? "");
    const time = { nanoseconds: 1_800_000_000_123_000_000n, precision: 1_000_000n };
    const job = encodeMessage({ type: "job-start", job: "split", time });
    // In any order.
    const frames = [...[parts[1], end, start, parts[0]].map((message) => encodeMessage(message ?? start)), legacy, job];
    await collector.send(...frames, ...frames, encodeMessage({ type: "job-end", job: "split", time }));
    expect(await collector.waitForFrames(13)).toMatchObject({ received: 13, stored: 7, duplicate: 6 });
    const { processes } = await collector.json("/api/v1/jobs/split");
    expect(processes).toHaveLength(1);
    expect(processes[0].objects.map(({ path }: { path: string }) => path)).toEqual(["/a", "/1", "/2"]);
    expect(processes[0].end).toMatchObject({ usage: { userTime: 12, maxResident: 2048 } });
    expect(await collector.stop()).toBe(0);

    collector = await startCollector(data, ...ALL_TIMES);
    await collector.send(...frames, encodeMessage(processStart({ job: "split" })));
    expect(await collector.waitForFrames(7)).toMatchObject({ received: 7, stored: 1, duplicate: 6 });
    const found = await collector.json("/api/v1/jobs/split");
    expect(found.total).toBe(2);
    expect(found.events.map(({ kind }: { kind: string }) => kind)).toEqual(["start", "end"]);
  });

  it("verifies the objects of an end record by the host of its start record", async () => {
    const collector = shared();
    const before = await collector.accounting();
    const start = processStart({ job: "late", host: hostname() });
    const end = processEnd(start.uuid ?? "", { objects: [object(process.execPath)] });
    const orphan = processEnd("11111111-2222-4333-8444-555555555555", { objects: [object(process.execPath)] });
    await collector.send(encodeMessage(start), encodeMessage(end), encodeMessage(orphan));
    await collector.waitForFrames(before.received + 3);
    const { processes } = await collector.json("/api/v1/jobs/late");
    expect(processes[0].end.objects).toMatchObject([{ path: process.execPath, verdict: "unsigned" }]);
  });

  it("stores the start and the end of a job", async () => {
    const collector = shared();
    const before = await collector.accounting();
    const time = { nanoseconds: 1_800_000_000_000_000_000n, precision: 1_000_000n };
    await collector.send(
      encodeMessage({ type: "job-start", job: "../x", time }),
      encodeMessage({ type: "job-end", job: "../x", time: { ...time, nanoseconds: time.nanoseconds + 1_000_000n } }),
    );
    await collector.waitForFrames(before.received + 2);
    expect(await collector.json(`/api/v1/jobs/${encodeURIComponent("../x")}`)).toMatchObject({
      job: "../x",
      processes: [],
      total: 0,
      truncated: false,
      events: [
        { kind: "start", happened: "2027-01-15T08:00:00.000000000Z" },
        { kind: "end", happened: "2027-01-15T08:00:00.001000000Z" },
      ],
    });
  });

  it("accounts for every frame while a flood goes on", async () => {
    const collector = await startCollector(freshData());
    const stream = await collector.connect();
    const frames = Array.from({ length: 5000 }, (_, index) =>
      index % 10 === 0 ? encodeFrame(99, Buffer.alloc(3)) : encodeMessage(processStart()),
    );
    stream.write(Buffer.concat(frames));
    const flood = collector.send(...frames.slice(0, 500));
    for (;;) {
      const counts = await collector.accounting();
      expectSum(counts);
      if (counts.received === 5500 && counts.pending === 0) break;
    }
    await flood;
    // A frame that arrives over both transports is a duplicate once, whichever comes first.
    expect(await collector.accounting()).toMatchObject({
      stored: 4500,
      duplicate: 450,
      rejected: { "unknown-type": 550 },
    });
  });
});
