import { renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { encodeMessage } from "../../../lib/wire/index.js";
import { startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { processStart } from "../../wire/samples.js";

const folder = temporaryFolder();

describe("a data directory that goes away while the collector runs", () => {
  it("pauses storing, is told, and storing goes on when it is back", async () => {
    const data = join(folder, "moved");
    const collector = await startCollector(data);
    await collector.report({ job: "before" });
    renameSync(data, `${data}.away`);
    await collector.send(encodeMessage(processStart({ job: "meanwhile" })));
    while ((await collector.get("/readyz")).status !== 503) await sleep(100);
    expect(JSON.stringify(await collector.json("/readyz"))).toContain("the store does not take records");
    expect(await collector.accounting()).toMatchObject({ received: 2, stored: 1 });
    renameSync(`${data}.away`, data);
    await collector.waitForFrames(2);
    expect((await collector.get("/readyz")).status).toBe(200);
    expect(await collector.stop()).toBe(0);
    const again = await startCollector(data);
    for (const job of ["before", "meanwhile"]) expect((await again.json(`/api/v1/jobs/${job}`)).total).toBe(1);
  });

  it("is no place where records were stored: a stop counts them as dropped", async () => {
    const data = join(folder, "removed");
    const collector = await startCollector(data);
    await collector.report({ job: "before" });
    rmSync(data, { recursive: true });
    await collector.send(encodeMessage(processStart({ job: "meanwhile" })));
    while ((await collector.get("/readyz")).status !== 503) await sleep(100);
    await collector.stop();
    expect(collector.log().find(({ event }) => event === "store-waiting")?.message).toContain("removed or replaced");
    expect(collector.log().at(-1)?.message).toMatch(/^received 2 frames: 1 stored, .*, 1 dropped$/);
  });
});
