import { readdirSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { encodeMessage } from "../../../lib/wire/index.js";
import { documentsOf, startWithOutputs } from "../../collector/outputs/support/outputs.js";
import { Examiners } from "../../support/examiners.js";
import { temporaryFolder } from "../../support/folder.js";
import { openStore } from "../../support/store.js";
import { object, processEnd, processStart } from "../../wire/samples.js";

const data = join(temporaryFolder(), "data");
const ROUNDS = 5;
const PROCESSES = 60;

const start = () => startWithOutputs(data, [{ kind: "json-files", start: "beginning" }], "--verdict-deadline", "20");

/** The verdicts that count, of every record: the last amendment's, or its own. */
const LAST = `
  WITH records AS (
    SELECT uuid, 'start' AS record, 0 AS part, program, objects FROM process
    UNION ALL SELECT uuid, 'end', part, NULL, objects FROM process_end
  ),
  last AS (
    SELECT r.uuid, r.record, coalesce(a.program, r.program) AS program, coalesce(a.objects, r.objects) AS objects
    FROM records r LEFT JOIN amendment a USING (uuid, record, part)
  )
  SELECT f.reason, count(*)::INTEGER FROM (
    SELECT program AS finding FROM last UNION ALL SELECT l.finding FROM last JOIN object_list l ON l.list = last.objects
  ) JOIN finding f ON f.id = finding WHERE f.verdict = 'unchecked' GROUP BY f.reason`;

const FACTS = ["process", "process_end", "amendment"]
  .map((table) => `SELECT sequence FROM ${table}`)
  .join(" UNION ALL ");

it("kill -9 while verdicts are to come leaves none of them out, and gives none twice", async () => {
  let sent = 0;
  const amended: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const collector = await start();
    const examiners = new Examiners(collector);
    await collector.send(encodeMessage(processStart({ job: "warm", host: hostname(), objects: [] })));
    sent++;
    await collector.waitForFrames(1);
    const time = { nanoseconds: BigInt(Date.now()) * 1_000_000n, precision: 1n };
    await examiners.pause();
    const stream = await collector.connect();
    for (let index = 0; index < PROCESSES; index++) {
      // New paths in each round, because those of earlier rounds come from a cache.
      const objects = [object(`/nowhere/${round}/${index % 7}`), object("/bin/ls")];
      const process = processStart({
        job: `round-${round}`,
        host: hostname(),
        time,
        program: object("/bin/cat"),
        objects,
      });
      stream.write(encodeMessage(process));
      stream.write(encodeMessage(processEnd(process.uuid ?? "", { objects: [object("/bin/cp")] })));
      sent++;
    }
    stream.end();
    for (;;) {
      const { received, pending, awaitingVerdicts } = await collector.accounting();
      if (received === 1 + 2 * PROCESSES && pending === 0) {
        expect(awaitingVerdicts).toBeGreaterThan(0);
        break;
      }
      await sleep(20);
    }
    // In some rounds the verdicts are on their way when the collector is killed.
    if (round % 2 === 1) {
      examiners.resume();
      await sleep(round * 20);
    }
    await collector.stop("SIGKILL");
    examiners.kill();
    amended.push(collector.log().filter(({ event }) => event === "verdicts-resumed").length);
  }
  // The first round found nothing to take up.
  expect([amended[0], amended[1]]).toEqual([0, 1]);

  const last = await start();
  await last.waitForFrames(0);
  // The records of the last round are taken up after the start.
  while (!last.log().some(({ event }) => event === "verdicts-resumed")) await sleep(20);
  await last.waitForFrames(0);
  expect(await last.stop()).toBe(0);
  // Nothing is left to take up.
  const again = await start();
  await sleep(2000);
  expect(again.log().filter(({ event }) => event.startsWith("verdicts"))).toEqual([]);
  expect(await again.stop()).toBe(0);

  const { rows, rollup, end } = await openStore(join(data, "ogrt.duckdb"));
  while (await rollup.step());
  expect(await rows("SELECT count(*)::INTEGER FROM process")).toEqual([[sent]]);
  expect(await rows(LAST)).toEqual([]);
  expect(await rows("SELECT uuid, record, part FROM amendment GROUP BY ALL HAVING count(*) > 1")).toEqual([]);
  expect(await rows(`SELECT sequence FROM (${FACTS}) GROUP BY sequence HAVING count(*) > 1`)).toEqual([]);
  expect(
    await rows(`SELECT sum(processes)::INTEGER, sum(ended)::INTEGER, count(*) FILTER (f.reason = 'pending')::INTEGER
      FROM usage u JOIN finding f ON f.id = u.program`),
  ).toEqual([[sent, ROUNDS * PROCESSES, 0]]);
  const [[stored = 0] = []] = await rows("SELECT count(*)::INTEGER FROM amendment");
  await end();

  // Outputs deliver each amendment at least once, always with the same sequence.
  const lines = readdirSync(join(data, "jobs")).flatMap((name) =>
    documentsOf(readFileSync(join(data, "jobs", name), "utf8")).filter(({ type }) => type === "amendment"),
  );
  const sequences = new Map(
    lines.map((line) => [line.sequence, `${line.uuid} ${"record" in line ? line.record : ""}`]),
  );
  expect(sequences.size).toBe(stored);
  expect(new Set(sequences.values()).size).toBe(stored);
});
