import { join } from "node:path";
import { expect, it } from "vitest";
import { startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { openStore } from "../../support/store.js";

const folder = temporaryFolder();

it("a collector whose store is far from ready for answers says so in the answer, in /readyz and in its log", async () => {
  const data = join(folder, "data");
  await (await startCollector(data)).stop();
  const { run, end } = await openStore(join(data, "ogrt.duckdb"));
  // More than can be rolled up during the test.
  await run("INSERT OR REPLACE INTO meta VALUES ('last_sequence', '1000000000000')");
  await end();
  const collector = await startCollector(data);
  const response = await collector.get("/api/v1/overview");
  expect([response.status, response.headers.get("retry-after")]).toEqual([503, "10"]);
  expect(await response.json()).toEqual({
    code: "ANSWER_NOT_READY",
    message: expect.stringContaining("of 1000000000000 records"),
  });
  const { status, warnings } = await collector.json("/readyz");
  expect([status, warnings]).toEqual([
    "ready",
    [expect.stringMatching(/^the rollup is brought up to date: \d+ of 1000000000000/)],
  ]);
  const told = collector.log().filter(({ event }) => event === "rollup-behind").length;
  expect(told).toBeGreaterThan(0);
  expect(told).toBeLessThan(20);
}, 120_000);
