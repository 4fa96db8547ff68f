import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { encodeMessage } from "../../../lib/wire/index.js";
import { startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { processStart } from "../../wire/samples.js";

const folder = temporaryFolder();

it("thousands of long texts stop neither commits nor answers", async () => {
  const collector = await startCollector(join(folder, "data"));
  const stream = await collector.connect();
  const count = 4500;
  for (let i = 0; i < count; i++) {
    const environment = [`V${i}=${String.fromCharCode(65 + (i % 26)).repeat(56_000)}`];
    const frame = encodeMessage(processStart({ job: i % 1000 === 7 ? "few" : "many", objects: [], environment }));
    if (!stream.write(frame)) await new Promise((resolve) => stream.once("drain", resolve));
  }
  stream.end();
  while ((await collector.accounting()).received < count) await sleep(50);
  expect(await collector.waitForFrames(count)).toMatchObject({ stored: count, dropped: {} });
  expect((await collector.json("/api/v1/job?id=few")).processes).toHaveLength(5);
  expect(await collector.stop()).toBe(0);
}, 60_000);
