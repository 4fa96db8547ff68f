import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { migrate } from "../../../lib/collector/database/migrate.js";
import { type Heartbeat, HeartbeatFile, heartbeatPath } from "../../../lib/collector/shared/heartbeat.js";
import { openDatabase } from "../../support/database.js";
import { temporaryFolder } from "../../support/folder.js";
import { openStore } from "../../support/store.js";

const folder = temporaryFolder();
let stores = 0;
const freshPath = () => join(folder, `${stores++}.duckdb`);
const MINUTE_MS = 60_000;

/** Counts by minute, kind and reason, without those that are 0. */
const ACCOUNTING = `SELECT epoch_ns("minute") // 60000000000 AS m, kind, reason, sum(frames)::INTEGER AS n FROM accounting
  GROUP BY ALL HAVING n <> 0 ORDER BY ALL`;

describe("a start", () => {
  /** A store whose collector was killed with one record stored, and what its last heartbeat said. */
  async function killed(heartbeat: Partial<Heartbeat["frames"]>): Promise<string[][]> {
    const path = freshPath();
    const before = await openStore(path);
    await before.run("INSERT INTO meta VALUES ('account', 'last')");
    await before.run(`INSERT INTO accounting VALUES (TIMESTAMP '1970-01-01 00:05:00', 'received', NULL, 3)`);
    await before.run(`INSERT INTO job_event BY NAME SELECT '1' AS job, 'start' AS kind, 1 AS sequence,
      TIMESTAMP '1970-01-01 00:05:10' AS received`);
    await before.run("INSERT OR REPLACE INTO meta VALUES ('last_sequence', '1')");
    await before.end();
    const file = await HeartbeatFile.open(heartbeatPath(path), undefined);
    const frames = { mark: "last", counts: [], ...heartbeat };
    await file.write({ time: 1, uptime: 1, boot: "", isStopped: false, frames });
    await file.close();
    const after = await openStore(path);
    const found = await after.rows(ACCOUNTING);
    await after.end();
    // The heartbeat is still there.
    const again = await openStore(path);
    expect(await again.rows(ACCOUNTING)).toEqual(found);
    await again.end();
    return found as string[][];
  }
  const count = (minute: number, kind: string, frames: number) => ({
    minute: minute * MINUTE_MS,
    kind,
    reason: null,
    frames,
  });

  it("completes the accounting of a collector that was killed", async () => {
    const counts = [count(5, "received", 1), count(5, "duplicate", 1), count(6, "received", 2)];
    expect(await killed({ counts })).toEqual([
      ["5", "dropped", "killed", 2],
      ["5", "duplicate", null, 1],
      ["5", "received", null, 4],
      ["5", "stored", null, 1],
      ["6", "dropped", "killed", 2],
      ["6", "received", null, 2],
    ]);
  });

  it("counts nothing twice that the last account had after the heartbeat", async () => {
    const found = await killed({ mark: "one before", counts: [count(5, "received", 3)] });
    expect(found).toContainEqual(["5", "received", null, 3]);
  });

  it("counts what was stored after the last heartbeat as received", async () => {
    const path = freshPath();
    const before = await openStore(path);
    await before.run(`INSERT INTO job_event BY NAME SELECT '1' AS job, 'start' AS kind, 1 AS sequence,
      TIMESTAMP '1970-01-01 00:05:10' AS received`);
    await before.run("INSERT OR REPLACE INTO meta VALUES ('last_sequence', '1')");
    await before.end();
    const after = await openStore(path);
    expect(await after.rows(ACCOUNTING)).toEqual([
      ["5", "received", null, 1],
      ["5", "stored", null, 1],
    ]);
    await after.end();
  });
});

describe("a store of layout 2", () => {
  it("gets outages by the minute, and frames that add up in each minute", async () => {
    const store = await openDatabase(freshPath());
    for (const statement of [
      `CREATE TABLE meta ("key" VARCHAR PRIMARY KEY, "value" VARCHAR)`,
      "INSERT INTO meta VALUES ('schema_version', '2'), ('last_sequence', '9')",
      `CREATE TABLE accounting("minute" TIMESTAMP_NS, kind VARCHAR, reason VARCHAR, frames BIGINT)`,
      "CREATE TABLE object(id INTEGER)",
      "CREATE TABLE process(uuid UUID)",
      "CREATE TABLE process_part(uuid UUID)",
      "CREATE TABLE process_end(uuid UUID)",
      "CREATE TABLE job_event(job VARCHAR)",
      // 3 of 10 frames were stored in the next minute; of the last 4, one was in flight when the collector was killed.
      `INSERT INTO accounting SELECT TIMESTAMP '1970-01-01' + to_minutes(m), kind, NULL, n FROM (VALUES
        (5, 'received', 10), (5, 'stored', 7), (6, 'received', 5), (6, 'stored', 8), (9, 'received', 4), (9, 'stored', 3)
      ) t(m, kind, n)`,
    ]) {
      await store.connection.run(statement);
    }
    await migrate(store.connection, "x");
    expect(await store.rows(ACCOUNTING)).toEqual(
      [
        [5, "received", null, 7],
        [5, "stored", null, 7],
        [6, "received", null, 8],
        [6, "stored", null, 8],
        [9, "dropped", "killed", 1],
        [9, "received", null, 4],
        [9, "stored", null, 3],
      ].map(([m, kind, reason, n]) => ({ m: `${m}`, kind, reason, n })),
    );
    expect(await store.rows("SELECT began::VARCHAR AS began, ended::VARCHAR AS ended, how FROM outage")).toEqual([
      { began: "1970-01-01 00:07:00", ended: "1970-01-01 00:09:00", how: "unknown" },
    ]);
    expect(await store.rows(`SELECT "value" FROM meta WHERE "key" = 'known_since'`)).toEqual([
      { value: "300000000000" },
    ]);
    store.close();
  });
});
