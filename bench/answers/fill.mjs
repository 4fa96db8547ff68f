// Fills an empty store with the processes of a year, by SQL inside DuckDB: 2,000 executables with 30 objects each from shared
// lists, 200 users, jobs of 20 processes, every fourth job on four of 2,000 hosts, an end record for most processes.
import { DuckDBInstance } from "@duckdb/node-api";

const PER_JOB = 20;
const CHUNK = 1_000_000;

/** Knuth's multiplicative hash: different, repeatable, spread. */
const spread = (expression, range) => `((((${expression}) * 2654435761) % 4294967296) % ${range})`;

const DICTIONARIES = [
  // 1 to 2,000 are programs of the system, of the site's software and of users; 2,001 to 5,000 are libraries.
  `INSERT INTO object
  SELECT i, CASE
      WHEN i <= 200 THEN '/usr/bin/tool' || i
      WHEN i <= 1500 THEN '/sw/app' || (i // 4) || '/' || (i % 4) || '.0/bin/app' || (i // 4)
      WHEN i <= 1900 THEN '/home/user' || (i % 200) || '/src/model' || i || '/model.x'
      WHEN i <= 2000 THEN '/scratch/user' || (i % 200) || '/a.out.' || i
      WHEN i <= 2300 THEN '/usr/lib64/libsys' || i || '.so.1'
      WHEN i <= 4900 THEN '/sw/lib' || ((i - 2300) // 4) || '/' || (i % 4) || '.0/lib/libnum' || ((i - 2300) // 4) || '.so.3'
      ELSE '/home/user' || (i % 200) || '/lib/libnum' || (i % 100) || '.so.3'
    END,
    CASE WHEN i > 4900 THEN 'libnum' || (i % 100) || '.so.3' WHEN i > 2300 THEN 'libnum' || ((i - 2300) // 4) || '.so.3'
      WHEN i > 2000 THEN 'libsys' || i || '.so.1' END,
    CASE WHEN i % 3 = 0 THEN [CAST(md5('stamp' || i) AS UUID)::VARCHAR] ELSE [] END, md5('build' || i) || '00000000'
  FROM range(1, 5001) t(i)`,
  `INSERT INTO finding
  SELECT id, id, CASE WHEN id % 97 = 0 THEN 'mismatch' WHEN id % 101 = 0 THEN 'changed' WHEN id % 89 = 0 THEN 'unchecked'
      WHEN len(signatures) > 0 THEN 'verified' ELSE 'unsigned' END,
    CASE WHEN id % 97 <> 0 AND id % 101 <> 0 AND id % 89 = 0 THEN 'other-host' END,
    CASE WHEN id % 97 <> 0 AND id % 101 = 0 THEN 'mismatch' END, signatures, build_id,
    CASE WHEN id % 5 = 0 AND id > 200 AND id <= 1500 THEN 'app' || (id // 4) || ' ' || (id % 4) || '.0' END,
    CASE WHEN id <= 2000 THEN ['GCC: (GNU) 1' || (id % 5) || '.2.0'] END
  FROM object`,
  // Lists 1 to 4,000 are two per program, of 30 objects; 4,001 to 4,100 hold objects that are loaded later.
  `INSERT INTO object_list
  SELECT list, position, CASE WHEN position < 6 THEN 2001 + position * 7 ELSE 2001 + ${spread("list * 31 + position", "2990")} END
  FROM range(1, 4001) l(list), range(30) p(position)
  UNION ALL SELECT 4001 + list, position, 2301 + ${spread("list * 17 + position", "2500")} FROM range(100) l(list), range(3) p(position)`,
  // Lists 1 to 500 are modules, 501 to 20,500 environments.
  `INSERT INTO text_list
  SELECT list, position, 'mod' || ${spread("list * 13 + position", "800")} || '/' || (list % 3) || '.1' FROM range(1, 501) l(list), range(8) p(position)`,
  `INSERT INTO text_list
  SELECT list, position, CASE
      WHEN position = 0 THEN CASE WHEN list % 10 = 0 THEN 'LANG=de_DE' ELSE 'LANG=C.UTF-8' END
      WHEN position = 1 THEN CASE WHEN list % 4 = 0 THEN 'XOMP=1' ELSE 'OMP_NUM_THREADS=4' END
      WHEN position = 2 THEN CASE WHEN list % 50 = 0 THEN 'LD_LIBRARY_PATH=/sw/lib::/x' ELSE 'PATH=/usr/bin:/bin' END
      ELSE 'VARIABLE_' || position || '=some value of ordinary length, number ' || (list % 700) END
  FROM range(501, 20501) l(list), range(45) p(position)`,
];

const PROGRAM = `CASE WHEN i % ${PER_JOB} < 4 THEN 1 + (i % 4) * 11 + ${spread("i // 20", 5)} ELSE least(2000, 201 + ${spread("i // 20 + 7", 1800)}) END`;
const STARTED = "TIMESTAMP '2025-11-22' + to_microseconds(CAST(i AS BIGINT) * (31536000000000 // $total::BIGINT))";

const processes = `INSERT INTO process BY NAME
  SELECT CAST(md5(i::VARCHAR) AS UUID) AS uuid, ${STARTED} AS started, ${STARTED} + INTERVAL 50 MILLISECOND AS received,
    (4000000 + i // ${PER_JOB})::VARCHAR AS job, 'user' || ${spread("i // 20 + 3", 200)} AS user_name,
    10000 + ${spread("i // 20 + 3", 200)} AS uid, 100 AS gid, 'node' || (${spread("i // 20", 500)} * 4 + CASE WHEN (i // 20) % 4 = 0 THEN i % 4 ELSE 0 END) AS host,
    1000 + ${spread("i", 30000)} AS pid, 999 AS parent_pid, '/scratch/user' || ${spread("i // 20 + 3", 200)} AS directory,
    ['app', '--input', 'case' || (i // 20) % 1000] AS arguments, 501 + ${spread("i // 5", 20000)} AS environment,
    1 + ${spread("i // 20", 500)} AS modules, ${PROGRAM} AS program, 1 + ((${PROGRAM}) - 1) * 2 + (i // 20) % 2 AS objects,
    'cluster' AS cluster, CASE WHEN (i // 20) % 7 = 0 THEN '/sw/lib' || (i // 20) % 50 || '/lib' END AS library_path, i * 2 + 1 AS "sequence"
  FROM range($from::BIGINT, $upTo::BIGINT) t(i)`;
const ends = `INSERT INTO process_end BY NAME
  SELECT CAST(md5(i::VARCHAR) AS UUID) AS uuid, 0 AS part, ${STARTED} + INTERVAL 10 MINUTE AS ended, ${STARTED} + INTERVAL 10 MINUTE AS received,
    ${spread("i", 600000)} AS user_time, ${spread("i + 1", 10000)} AS system_time, 100000 AS max_resident, 5000 AS minor_faults,
    0 AS major_faults, 100 AS blocks_in, 100 AS blocks_out, 10 AS voluntary_switches, 10 AS involuntary_switches,
    CASE WHEN i % 10 = 0 THEN 4001 + i % 100 ELSE 0 END AS objects, 0 AS unloaded_objects, i * 2 + 2 AS "sequence"
  FROM range($from::BIGINT, $upTo::BIGINT) t(i) WHERE i % 20 <> 7`;
const events = `INSERT INTO job_event BY NAME
  SELECT (4000000 + i)::VARCHAR AS job, 'start' AS kind, ${STARTED.replace("CAST(i AS BIGINT)", `CAST(i AS BIGINT) * ${PER_JOB}`)} AS happened,
    happened AS received, i * ${PER_JOB * 2} AS "sequence" FROM range($from::BIGINT, $upTo::BIGINT) t(i)`;
// One job in a hundred has no process.
const accounting = `INSERT INTO accounting
  SELECT m, k.kind, k.reason, k.frames FROM range(TIMESTAMP '2025-11-22', TIMESTAMP '2026-11-22', INTERVAL 1 MINUTE) t(m),
    (VALUES ('received', NULL, 40), ('stored', NULL, 38), ('duplicate', NULL, 1), ('dropped', 'overload', 1)) k(kind, reason, frames)`;

/** @param path - a store that a collector has created and no process has open. */
export async function fill(path, total) {
  const instance = await DuckDBInstance.create(path, { memory_limit: "2GB", threads: "2" });
  const connection = await instance.connect();
  for (const statement of [...DICTIONARIES, accounting]) await connection.run(statement);
  for (let from = 0; from < total; from += CHUNK) {
    const values = { total: BigInt(total), from: BigInt(from), upTo: BigInt(Math.min(total, from + CHUNK)) };
    for (const statement of [processes, ends]) await connection.run(statement, values);
  }
  const jobs = { total: BigInt(total), from: 0n, upTo: BigInt(Math.ceil((total / PER_JOB) * 1.01)) };
  await connection.run(events, jobs);
  await connection.run("INSERT OR REPLACE INTO meta VALUES ('last_sequence', $last)", { last: `${total * 2 + 2}` });
  await connection.run("CHECKPOINT");
  connection.closeSync();
  instance.closeSync();
}
