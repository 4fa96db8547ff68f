import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Answer, Input } from "../../../lib/client/index.js";
import { elementsToRead, elementsWithin, listsWithin, takeShare } from "../../../lib/collector/answers/list-budgets.js";
import type { QuestionName } from "../../../lib/collector/answers/registry.js";
import { migrate } from "../../../lib/collector/database/migrate.js";
import { answerFromFile } from "../../../lib/collector/query-target/store-file.js";
import { temporaryFolder } from "../../support/folder.js";
import { tool } from "../../support/tools.js";

const data = temporaryFolder();
const path = join(data, "ogrt.duckdb");

const ask = async <N extends QuestionName>(name: N, input: Input<N>) =>
  (await answerFromFile(path, { name, input } as Parameters<typeof answerFromFile>[1])) as Answer<N>;

beforeAll(async () => {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  await migrate(connection, path);
  await connection.run(
    "INSERT INTO object (id, path, soname, signatures, build_id) SELECT i, '/lib/' || i, NULL, [], NULL FROM range(1, 101) t(i)",
  );
  await connection.run(
    "INSERT INTO finding BY NAME SELECT i AS id, i AS object, if(i % 2 = 0, 'verified', 'missing') AS verdict FROM range(1, 101) t(i)",
  );
  // 60 processes, each with a list of 40,000 objects and 500 KB of environment.
  await connection.run("INSERT INTO object_list SELECT l, p, 1 + p % 100 FROM range(1, 61) a(l), range(40000) b(p)");
  await connection.run("INSERT INTO text_list SELECT l, p, repeat('x', 1000) FROM range(1, 61) a(l), range(500) b(p)");
  const processes = (job: string, from: number, to: number, args: string) => `
    INSERT INTO process BY NAME SELECT uuid() AS uuid, make_timestamp_ns(1800000000000000000 + i) AS started,
      make_timestamp_ns(1800000000000000000 - i) AS received, '${job}' AS job, i::INTEGER AS pid, 1 AS parent_pid,
      10000 - i AS sequence, ${args} AS arguments, i AS environment, 0 AS modules, 1 AS program, i AS objects FROM range(${from}, ${to}) t(i)`;
  await connection.run(processes("objects", 1, 61, "['a']"));
  await connection.run(processes("arguments", 1000, 1050, "[repeat('y', 1000000)]"));
  await connection.run("INSERT INTO meta VALUES ('last_sequence', '10000')");
  await connection.run("CHECKPOINT");
  connection.closeSync();
  instance.closeSync();
}, 120_000);

describe("an answer that would be too large", () => {
  it("holds a bounded number of objects, and says how many there are", async () => {
    const { processes, total, truncated } = await ask("job", { id: "objects", limit: 1000 });
    expect([processes.length, total, truncated]).toEqual([60, 60, true]);
    expect(processes.reduce((sum, { objects }) => sum + objects.length, 0)).toBe(25_000);
    expect(processes[0]?.objects.slice(0, 3).map((object) => object.path)).toEqual(["/lib/1", "/lib/2", "/lib/3"]);
    for (const { counts } of processes) expect(counts).toEqual({ modules: 0, environment: 500, objects: 40_000 });
    const bytes = processes.flatMap(({ environment }) => environment).reduce((sum, text) => sum + text.length, 0);
    expect(bytes).toBeGreaterThan(4_000_000);
    expect(bytes).toBeLessThan(8_500_000);
  });

  it("counts all verdicts where the objects are not listed", async () => {
    const { processes, truncated } = await ask("processes", { job: "objects", limit: 1000 });
    expect([processes.length, truncated]).toEqual([60, false]);
    for (const { verdicts } of processes) expect(verdicts).toEqual({ missing: 20_000, verified: 20_000 });
    // The process that was received last comes first, whatever start it claims.
    expect(processes.map(({ pid }) => pid)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
  });

  it("leaves out processes with long rows, but never all of them", async () => {
    const some = await ask("job", { id: "arguments", limit: 1000 });
    expect([some.processes.length, some.total, some.truncated]).toEqual([8, 50, true]);
    const first = await ask("processes", { job: "arguments", limit: 1 });
    expect([first.processes.length, first.truncated]).toEqual([1, false]);
  });

  it("says so on the command line", () => {
    const { stdout, status } = tool("ogrt-query", "--data", data, "--limit", "3", "job", "objects");
    expect(status).toBe(0);
    expect(stdout).toContain("3 shown (the answer would be too large)");
    expect(stdout).toContain("15000 objects omitted");
  });
});

describe("a budget", () => {
  it("is granted in the order of the uses", () => {
    const shares = elementsWithin(
      9,
      [1, 2, 1, 3],
      new Map([
        [1, 4],
        [2, 3],
      ]),
    );
    expect(shares.map(({ taken, total }) => [taken, total])).toEqual([
      [4, 4],
      [3, 3],
      [2, 4],
      [0, 0],
    ]);
    expect(elementsToRead(shares)).toEqual(
      new Map([
        [1, 4],
        [2, 3],
      ]),
    );
    const read = new Map([[1, ["a", "b", "c", "d"]]]);
    expect(shares.map((share) => takeShare(share, read).join(""))).toEqual(["abcd", "", "ab", ""]);
  });

  it("of bytes skips lists that do not fit", () => {
    const sizes = new Map([
      [1, { elements: 2, bytes: 60 }],
      [2, { elements: 1, bytes: 50 }],
      [3, { elements: 1, bytes: 40 }],
    ]);
    expect(listsWithin(100, [1, 2, 3], sizes).map(({ taken }) => taken)).toEqual([2, 0, 1]);
  });
});
