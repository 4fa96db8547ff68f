import { join } from "node:path";
import { expect, it } from "vitest";
import { startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { tool } from "../../support/tools.js";

it("a collector that does not answer in time is named, because it has the store open", async () => {
  const data = join(temporaryFolder(), "data");
  const collector = await startCollector(data);
  collector.child.kill("SIGSTOP");
  const { status, stderr } = tool("ogrt-query", "--data", data, "jobs");
  collector.child.kill("SIGCONT");
  expect(status).toBe(3);
  expect(stderr).toBe(
    `ogrt-query: ${join(data, "ogrt.duckdb")}: another process (pid ${collector.child.pid}) has the store open; ` +
      `its collector, if it is that at ${collector.where.http}, did not answer within 10 s\n`,
  );
});
