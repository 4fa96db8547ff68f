import { join } from "node:path";
import { expect, it } from "vitest";
import type { Batch } from "../../../lib/collector/database/schema.js";
import { TABLES } from "../../../lib/collector/database/schema.js";
import { temporaryFolder } from "../../support/folder.js";
import { openStore } from "../../support/store.js";

const folder = temporaryFolder();

/** A batch of one job event. */
function event(job: string, happened: bigint): Batch {
  const row: Record<string, string | bigint> = { job, kind: "start", happened, received: 1n, sequence: 1n };
  return { job_event: Object.keys(TABLES.job_event).map((column) => [row[column] ?? null]) };
}

it("a batch that the store refuses before its commit leaves nothing behind, and the file stays open", async () => {
  const { appends, questions, end } = await openStore(join(folder, "ogrt.duckdb"));
  await appends.append(event("before", 1n), 1);
  await expect(appends.append(event("bad", 2n ** 70n), 2)).rejects.toThrow("range");
  expect(appends.isSuspect).toBe(false);
  await appends.append(event("after", 2n), 3);
  const jobs = await questions.ask(
    async ({ connection }) => (await connection.runAndReadAll("SELECT job FROM job_event ORDER BY job")).getRows(),
    Date.now(),
    { beginMs: 1000, answerMs: 1000 },
  );
  expect(jobs).toEqual([["after"], ["before"]]);
  await end();
});
