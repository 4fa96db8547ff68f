import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openInstance } from "../../../lib/collector/database/engine.js";
import { rollUpInTemporaryTables } from "../../../lib/collector/database/rollup/rollup.js";
import { temporaryFolder } from "../../support/folder.js";
import { openStore } from "../../support/store.js";

const folder = temporaryFolder();
let stores = 0;
const freshPath = () => join(folder, `${stores++}.duckdb`);

const uuid = (process: number) => `00000000-0000-4000-8000-${`${process}`.padStart(12, "0")}`;
const setHead = (sequence: number) => `INSERT OR REPLACE INTO meta VALUES ('last_sequence', '${sequence}')`;

/** Facts with numbers instead of findings and lists. */
const fact = {
  start: (sequence: number, process: number, job: string) => `INSERT INTO process
    (uuid, started, received, job, program, objects, modules, environment, sequence, omitted_objects)
    VALUES ('${uuid(process)}', TIMESTAMP '2026-05-01' + to_seconds(${process}), TIMESTAMP '2026-05-01', '${job}', 1, 10, 0, 0,
      ${sequence}, ${process % 3 === 0 ? 4 : "NULL"})`,
  end: (
    sequence: number,
    process: number,
  ) => `INSERT INTO process_end (uuid, part, user_time, system_time, objects, sequence)
    VALUES ('${uuid(process)}', 0, ${process + 1}, 0, 0, ${sequence})`,
  amendment: (sequence: number, process: number, program: number, objects: number) => `INSERT INTO amendment
    VALUES ('${uuid(process)}', 'start', 0, ${program}, ${objects}, TIMESTAMP '2026-05-01', ${sequence})`,
};

const SUMS = `SELECT program, objects, job, sum(processes)::INTEGER, sum(ended)::INTEGER, sum(cpu)::INTEGER, sum(incomplete)::INTEGER
  FROM usage GROUP BY ALL ORDER BY ALL`;

/** What the rollup has to say, from the facts at once. */
const EXPECTED = `
  WITH v AS (SELECT uuid, arg_max(program, sequence) AS program, arg_max(objects, sequence) AS objects FROM amendment GROUP BY uuid)
  SELECT coalesce(v.program, p.program) AS program, coalesce(v.objects, p.objects) AS objects, n.id AS job, count(*)::INTEGER,
    count(e.uuid)::INTEGER, coalesce(sum(e.user_time), 0)::INTEGER, count(p.omitted_objects)::INTEGER
  FROM process p LEFT JOIN v USING (uuid) LEFT JOIN process_end e USING (uuid) LEFT JOIN job_identity n ON n.job = p.job
  GROUP BY ALL ORDER BY ALL`;

/** Numbers like those of a generator of random numbers, the same in each run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe("the rollup of amended processes", () => {
  it("has the sums of the last verdicts, whatever the order of starts, ends, amendments and steps", async () => {
    for (let seed = 1; seed <= 3; seed++) {
      const random = numbers(seed);
      const { rollup, run, rows, end } = await openStore(freshPath());
      const started: number[] = [];
      const pending = Array.from({ length: 30 }, (_, process) => process);
      const ended = new Set<number>();
      const facts: string[] = [];
      const step = async () => {
        await run(["BEGIN", ...facts.splice(0), "COMMIT"].join(";"));
        await rollup.step();
      };
      for (let sequence = 1; sequence <= 80; sequence++) {
        const choice = random(10);
        const process = started[random(started.length)];
        const unended = [...Array(30).keys()].filter((number) => !ended.has(number));
        const next = unended[random(unended.length)];
        if (choice < 3 && next !== undefined) {
          // Also before its start.
          ended.add(next);
          facts.push(fact.end(sequence, next));
        } else if (choice < 6 && process !== undefined) {
          facts.push(fact.amendment(sequence, process, 1 + random(3), 10 + random(3)));
        } else {
          const [newest] = pending.splice(random(pending.length), 1);
          if (newest === undefined) continue;
          started.push(newest);
          facts.push(fact.start(sequence, newest, `job${newest % 2}`));
        }
        facts.push(setHead(sequence));
        if (random(6) === 0) await step();
      }
      await step();
      expect(await rows(SUMS), `seed ${seed}`).toEqual(await rows(EXPECTED));
      expect(await rows("SELECT count(*) FROM usage GROUP BY ALL HAVING sum(processes) < 0")).toEqual([]);
      await end();
    }
  });

  it("loses the key of which they took the last process, and counts each amendment once", async () => {
    const path = freshPath();
    const { rollup, run, rows, end } = await openStore(path);
    await run(fact.start(1, 1, "a"));
    await run(fact.start(2, 2, "a"));
    await run(setHead(2));
    await rollup.step();
    await run(fact.amendment(3, 1, 2, 20));
    await run(setHead(3));
    await rollup.step();
    // A step without anything new, as after each question.
    await rollup.step();
    expect((await rows(SUMS)).map((row) => row.slice(0, 4))).toEqual([
      [1, 10, 1, 1],
      [2, 20, 1, 1],
    ]);
    await run(fact.amendment(4, 2, 2, 20));
    await run(setHead(4));
    await rollup.step();
    expect((await rows(SUMS)).map((row) => row.slice(0, 4))).toEqual([[2, 20, 1, 2]]);
    expect(await rows("SELECT DISTINCT program FROM usage")).toEqual([[2]]);
    await run(fact.amendment(5, 2, 3, 30));
    await run(setHead(5));
    await end();
    // A store that is open for reading only is rolled up in temporary tables.
    const instance = await openInstance(path, "READ_ONLY");
    const connection = await instance.connect();
    await rollUpInTemporaryTables(connection);
    const found = (await connection.runAndReadAll(SUMS)).getRowsJson();
    expect(found.map((row) => row.slice(0, 4))).toEqual([
      [2, 20, 1, 1],
      [3, 30, 1, 1],
    ]);
    connection.closeSync();
    instance.closeSync();
  });

  it("has ends and verdicts of processes that were stored millions of records before", async () => {
    const { rollup, run, rows, end } = await openStore(freshPath());
    for (const process of [1, 2, 3, 4]) await run(fact.start(process, process, "a"));
    await run(setHead(4));
    await rollup.step();
    const late = 3_000_000;
    await run(fact.end(late + 1, 1));
    await run(fact.end(late + 2, 2));
    // The other ends say nothing of the start, as those of old clients.
    await run(
      `UPDATE process_end SET started = (SELECT started FROM process WHERE uuid = '${uuid(1)}') WHERE uuid = '${uuid(1)}'`,
    );
    await run(fact.amendment(late + 3, 3, 2, 20));
    await run(setHead(late + 3));
    while (await rollup.step());
    // In steps of their own: there is nothing else that makes the rollup look far back.
    await run(fact.end(2 * late, 4));
    await run(
      `UPDATE process_end SET started = (SELECT started FROM process WHERE uuid = '${uuid(4)}') WHERE uuid = '${uuid(4)}'`,
    );
    await run(setHead(2 * late));
    while (await rollup.step());
    expect(await rows(SUMS)).toEqual(await rows(EXPECTED));
    expect((await rows(SUMS)).map(([, , , processes, ended]) => [processes, ended])).toEqual([
      [3, 3],
      [1, 0],
    ]);
    expect(await rows("SELECT count(*) FROM startless")).toEqual([["0"]]);
    await end();
  });
});
