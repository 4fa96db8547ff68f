import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openInstance } from "../../../lib/collector/database/engine.js";
import { migrate } from "../../../lib/collector/database/migrate.js";
import { readState } from "../../../lib/collector/store/worker/state.js";
import { temporaryFolder } from "../../support/folder.js";

const folder = temporaryFolder();

it("a start reads a bounded part of the store, however much senders made the collector store", async () => {
  const path = join(folder, "flooded.duckdb");
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const filler = await DuckDBInstance.create(path);
  const filling = await filler.connect();
  await migrate(filling, path);
  // 3000 environments of 56 KB, a longer one, then a usual one.
  await filling.run(
    "INSERT INTO text_list SELECT i, j, i || repeat(chr(65 + (i % 26)::INTEGER), 1000) FROM range(1, 3001) t(i), range(56) u(j)",
  );
  await filling.run("INSERT INTO text_list SELECT 3001, i, 'V=' || i FROM range(0, 20000) t(i)");
  await filling.run("INSERT INTO text_list SELECT 3002, i, 'V=' || i FROM range(0, 50) t(i)");
  await filling.run(
    "INSERT INTO object (id, path, soname, signatures, build_id) SELECT i, '/' || repeat('x', 15000) || i, NULL, [], NULL FROM range(1, 3001) t(i)",
  );
  await filling.run(
    "INSERT INTO object (id, path, soname, signatures, build_id) VALUES (3001, '/lib/libc.so.6', 'libc.so.6', ['a', 'b'], 'ff')",
  );
  await filling.run("INSERT INTO finding VALUES (1, 3001, 'verified', NULL, NULL, ['a', 'b'], 'ff', NULL, NULL)");
  await filling.run("INSERT INTO object_list SELECT 1, i, 1 FROM range(0, 2000000) t(i)");
  await filling.run("INSERT INTO object_list VALUES (2, 0, 1)");
  await filling.run("CHECKPOINT");
  filling.closeSync();
  filler.closeSync();

  const instance = await openInstance(path, "READ_WRITE");
  const connection = await instance.connect();
  const { known, numbers } = await readState(connection);
  expect(numbers).toEqual({ object: 3001, finding: 1, objectList: 2, textList: 3002, sequence: 0 });
  const lists = new Map(known.textLists.map(({ list, values }) => [list, values]));
  expect(lists.get(3002)).toHaveLength(50);
  expect(lists.has(3001)).toBe(false);
  const bytes = [...lists.values()].flat().reduce((sum, text) => sum + text.length, 0);
  expect(bytes).toBeLessThan(16 * 1024 * 1024);
  expect(bytes).toBeGreaterThan(8 * 1024 * 1024);
  expect(known.objects.find(({ id }) => id === 3001)).toMatchObject({ path: "/lib/libc.so.6", signatures: ["a", "b"] });
  expect(known.objects.length).toBeLessThan(1200);
  expect(known.findings).toHaveLength(1);
  expect(known.objectLists).toEqual([{ list: 2, members: [1] }]);
  connection.closeSync();
  instance.closeSync();
  rmSync(path);
});

it("a start skips tables that the engine lacks the memory to read", async () => {
  const path = join(folder, "heavy.duckdb");
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const filler = await DuckDBInstance.create(path);
  const filling = await filler.connect();
  await migrate(filling, path);
  await filling.run(
    "INSERT INTO object (id, path, soname, signatures, build_id) VALUES (1, '/lib/libc.so.6', 'libc.so.6', [], NULL)",
  );
  // The engine reads 2048 rows at a time, which here exceed its memory.
  await filling.run(
    "INSERT INTO text_list SELECT i, 0, i || repeat(chr(65 + (i % 26)::INTEGER), 100000) FROM range(1, 2401) t(i)",
  );
  await filling.run("CHECKPOINT");
  filling.closeSync();
  filler.closeSync();

  const instance = await DuckDBInstance.create(path, { memory_limit: "128MB", threads: "2" });
  const connection = await instance.connect();
  const { known, numbers } = await readState(connection);
  expect(numbers).toMatchObject({ object: 1, textList: 2400 });
  expect(known.objects).toHaveLength(1);
  connection.closeSync();
  instance.closeSync();
  rmSync(path);
});
