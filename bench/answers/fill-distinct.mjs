// Fills an empty store with the processes of an attacker, each of a job, user, host and program that no other process has,
// within ten minutes.
import { DuckDBInstance } from "@duckdb/node-api";

const TEN_MINUTES_US = 600_000_000;

const STATEMENTS = [
  "INSERT INTO object (id, path, soname, signatures, build_id) SELECT i, '/p/' || i, NULL, [], NULL FROM range(1, $total::BIGINT + 1) t(i)",
  `INSERT INTO finding
  SELECT i, i, 'missing', NULL, NULL, [], NULL, NULL, NULL FROM range(1, $total::BIGINT + 1) t(i)`,
  `INSERT INTO process BY NAME
  SELECT uuid() AS uuid, TIMESTAMP '2026-11-22' + to_microseconds(i * ${TEN_MINUTES_US} // $total::BIGINT) AS started,
    started + INTERVAL 50 MILLISECOND AS received, 'j-' || i AS job, 'u-' || i AS user_name, i AS uid, 100 AS gid,
    'n-' || i AS host, 1000 + i % 30000 AS pid, 999 AS parent_pid, '/' AS directory, ['p'] AS arguments, i AS program,
    0 AS objects, 0 AS environment, 0 AS modules, 'alpha' AS cluster, i AS "sequence"
  FROM range(1, $total::BIGINT + 1) t(i)`,
  "INSERT OR REPLACE INTO meta VALUES ('last_sequence', $total::VARCHAR), ('accounted_sequence', $total::VARCHAR)",
  "CHECKPOINT",
];

/** @param path - a store that a collector has created and no process has open. */
export async function fillDistinct(path, total) {
  const instance = await DuckDBInstance.create(path, { memory_limit: "1500MB", threads: "2" });
  const connection = await instance.connect();
  for (const statement of STATEMENTS) {
    await connection.run(statement, statement.includes("$total") ? { total: BigInt(total) } : {});
  }
  connection.closeSync();
  instance.closeSync();
}
