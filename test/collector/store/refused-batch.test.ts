import { join } from "node:path";
import { expect, it } from "vitest";
import { jobEvents } from "../../support/batch.js";
import { temporaryFolder } from "../../support/folder.js";
import { openStore } from "../../support/store.js";

const folder = temporaryFolder();

const event = (job: string) => jobEvents([{ job, receivedAt: 1 }]);

it("a batch that the store refuses before its commit leaves nothing behind, and the file stays open", async () => {
  const { appends, questions, run, end } = await openStore(join(folder, "ogrt.duckdb"));
  await appends.append(await event("before"), 1);
  await run("ALTER TABLE job_event ADD COLUMN fault INTEGER");
  await expect(appends.append(await event("bad"), 2)).rejects.toThrow("column");
  await run("ALTER TABLE job_event DROP COLUMN fault");
  expect(appends.isSuspect).toBe(false);
  await appends.append(await event("after"), 3);
  const jobs = await questions.ask(
    async ({ connection }) => (await connection.runAndReadAll("SELECT job FROM job_event ORDER BY job")).getRows(),
    Date.now(),
    { beginMs: 1000, answerMs: 1000 },
  );
  expect(jobs).toEqual([["after"], ["before"]]);
  await end();
});
