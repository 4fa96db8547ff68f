import { join } from "node:path";
import { expect, it } from "vitest";
import { type Connection, releaseCache } from "../../../lib/collector/database/engine.js";
import { StoreFile } from "../../../lib/collector/store/worker/store-file.js";
import { temporaryFolder } from "../../support/folder.js";

const read = async (connection: Connection, sql: string) => (await connection.runAndReadAll(sql)).value(0, 0);
const limitOf = (connection: Connection) => read(connection, "SELECT current_setting('memory_limit')");

it("the database keeps within the memory that the configuration gives it", async () => {
  const file = new StoreFile(join(temporaryFolder(), "store"), 700);
  const { maintenance } = await file.open();
  const limit = await limitOf(maintenance);
  await file.end();
  // 700 MB of a million bytes each.
  expect(limit).toBe("667.5 MiB");
});

it("the database gives back what it has cached of its file, and keeps its limit and its rows", async () => {
  const file = new StoreFile(join(temporaryFolder(), "store"), 700);
  const { maintenance } = await file.open();
  const cached = async () =>
    Number(await read(maintenance, "SELECT sum(memory_usage_bytes) FROM duckdb_memory() WHERE tag = 'BASE_TABLE'"));
  await maintenance.run("INSERT INTO name SELECT i, md5(i::VARCHAR) FROM range(3000000) t(i)");
  await maintenance.run("CHECKPOINT");
  await read(maintenance, "SELECT count(DISTINCT value) FROM name");
  const before = await cached();
  await releaseCache(maintenance, 700);
  const after = await cached();
  const rows = await read(maintenance, "SELECT count(DISTINCT value) FROM name");
  const limit = await limitOf(maintenance);
  await file.end();
  expect(before).toBeGreaterThan(40_000_000);
  expect(after).toBeLessThan(before / 2);
  expect([rows, limit]).toEqual([3_000_000n, "667.5 MiB"]);
});
