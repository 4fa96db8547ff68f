import { randomBytes } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { startCollector } from "../../support/collector.js";
import { openDatabase } from "../../support/database.js";
import { temporaryFolder } from "../../support/folder.js";

const folder = temporaryFolder();

it("retention removes old processes and releases their disk space, while frames arrive", async () => {
  const data = join(folder, "data");
  const collector = await startCollector(data);
  const environment = (index: number) => [`V${index}=${randomBytes(10_000).toString("hex")}`];
  // A start reads this many lists of the store, so that none is stored twice.
  const records = Array.from({ length: 700 }, (_, index) => ({ job: "old", environment: environment(index) }));
  for (let at = 0; at < records.length; at += 50) await collector.report(...records.slice(at, at + 50));
  await collector.report({ job: "new" });
  await collector.stop();
  const path = join(data, "ogrt.duckdb");
  const editor = await openDatabase(path);
  await editor.connection.run("UPDATE process SET received = TIMESTAMP_NS '2020-01-01' WHERE job = 'old'");
  await editor.connection.run("CHECKPOINT");
  editor.close();
  const size = statSync(path).size;
  const again = await startCollector(data, "--keep", "30");
  await again.report({ job: "new" });
  while ((await again.json("/api/v1/jobs/old")).total > 0) await again.report({ job: "meanwhile" });
  expect((await again.json("/api/v1/jobs/new")).processes).toHaveLength(2);
  const { stored } = await again.accounting();
  await again.stop();
  const checker = await openDatabase(path);
  expect(await checker.rows("SELECT count(*)::INTEGER AS n FROM process")).toEqual([{ n: stored + 1 }]);
  expect(await checker.rows("SELECT count(DISTINCT list)::INTEGER AS n FROM text_list")).toEqual([{ n: 2 }]);
  checker.close();
  expect(statSync(path).size).toBeLessThan(size / 2);
  expect(existsSync(`${path}.new`)).toBe(false);
});
