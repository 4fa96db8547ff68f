import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { encodeMessage } from "../../../lib/wire/index.js";
import { startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { object, processEnd, processStart } from "../../wire/samples.js";

const data = join(temporaryFolder(), "data");
const DAY_NS = 86_400_000_000_000n;

const daysAgo = (days: number) => ({
  nanoseconds: BigInt(Date.now()) * 1_000_000n - BigInt(days) * DAY_NS,
  precision: 1n,
});

it("a frame of any kind that is sent again is a duplicate, after a kill and without the index too", async () => {
  const [weeks, parted, plain] = [processStart(), processStart(), processStart({ time: daysAgo(6) })];
  const part = (index: number) => ({ ...parted, part: { index, totalObjects: 2 }, objects: [object(`/p${index}`)] });
  const frames = [
    plain,
    part(0),
    part(1),
    // Of a process that ran for weeks, whose start is not in the store.
    processEnd(weeks.uuid ?? "", { startTime: daysAgo(40) }),
    processEnd(plain.uuid ?? "", { time: undefined, startTime: undefined }),
    // By a clock that is ahead.
    processStart({ time: daysAgo(-3) }),
    processStart({ time: daysAgo(-3000) }),
    processStart({ uuid: undefined, job: "no-uuid" }),
    { type: "job-start", job: "twice", time: daysAgo(0) } as const,
    { type: "job-end", job: "twice", time: daysAgo(1) } as const,
  ].map(encodeMessage);
  const first = await startCollector(data);
  await first.send(...frames);
  expect(await first.waitForFrames(frames.length)).toMatchObject({ stored: frames.length, duplicate: 0, rejected: {} });
  await first.stop("SIGKILL");
  for (const prepare of [() => {}, () => rmSync(join(data, "duplicates"), { recursive: true })]) {
    prepare();
    const again = await startCollector(data);
    await again.send(...frames, encodeMessage(processStart({ time: daysAgo(9) })));
    expect(await again.waitForFrames(frames.length + 1)).toMatchObject({
      stored: 0,
      duplicate: frames.length,
      rejected: { late: 1 },
    });
    expect(await again.stop()).toBe(0);
  }
});
