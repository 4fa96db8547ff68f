import { join } from "node:path";
import { expect, it } from "vitest";
import { OpenStore } from "../../../lib/collector/store/worker/open-store.js";
import { startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";

const folder = temporaryFolder();

it("a collector whose store is far from ready for answers says so to whoever asks, in /readyz and in its log", async () => {
  const data = join(folder, "data");
  await (await startCollector(data)).stop();
  const store = new OpenStore(join(data, "ogrt.duckdb"));
  const { maintaining } = await store.open();
  // So many that no test sees the end of them.
  await maintaining.run("INSERT OR REPLACE INTO meta VALUES ('last_sequence', '1000000000000')");
  await store.end();
  const collector = await startCollector(data);
  const response = await collector.get("/api/v1/overview");
  expect([response.status, response.headers.get("retry-after")]).toEqual([503, "10"]);
  expect(await response.json()).toEqual({
    code: "ANSWER_NOT_READY",
    message: expect.stringContaining("of 1000000000000 records"),
  });
  const { status, warnings } = await collector.json("/readyz");
  expect([status, warnings]).toEqual(["ready", [expect.stringMatching(/^answers are prepared: \d+ of 1000000000000/)]]);
  const told = collector.log().filter(({ event }) => event === "rollup-behind").length;
  expect(told).toBeGreaterThan(0);
  expect(told).toBeLessThan(20);
}, 120_000);
