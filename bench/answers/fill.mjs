// Fills an empty store with the processes of a year, by SQL inside DuckDB. 400 users, some much busier than others, submit
// their own few scripts again and again: tools, an application with its ranks, and one job in ten runs something else as
// well. Every fourth submission of ten jobs is an array job; every eighth is one job ten times as large; every 32nd job
// takes its steps over 38 hours. Users build their own programs again every three weeks, and one job in a hundred compiles
// and runs programs that nobody ever runs again. Most processes have an end, one in a thousand has verdicts that came late.
import { DuckDBInstance } from "@duckdb/node-api";

const PER_JOB = 20;
const PER_SUBMISSION = 10;
const LONG_JOBS = 32;
const CHUNK = 1_000_000;
const USERS = 400;
const SCRIPTS = 8;
const ERAS = 18;
/** Ids of programs: the system's, the site's and the users' first; then their later builds, then what compiling left. */
const FIRST_BUILD = 5001;
const FIRST_TEST = 20_001;
/** Findings on the same objects that came late. */
const LATE = 2_000_000;

/** A number below `range` that depends on the values: different, repeatable, spread. */
const spread = (range, ...values) => `(hash(${values.join(", ")}) % ${range})::INTEGER`;
/** The same, with small numbers more often than large ones. */
const skewed = (range, ...values) => `floor(${range} * pow(${spread(1_000_000, ...values)} / 1000000, 2))::INTEGER`;

const dictionaries = (jobs) => [
  // 1 to 2,000 are programs of the system, of the site's software and of users; 2,001 to 5,000 are libraries.
  `INSERT INTO object (id, path, soname, signatures, build_id)
  SELECT i, CASE
      WHEN i <= 200 THEN '/usr/bin/tool' || i
      WHEN i <= 1500 THEN '/sw/app' || (i // 4) || '/' || (i % 4) || '.0/bin/app' || (i // 4)
      WHEN i <= 1900 THEN '/home/user' || (i % 200) || '/src/model' || i || '/model.x'
      WHEN i <= 2000 THEN '/scratch/user' || (i % 200) || '/a.out.' || i
      WHEN i <= 2300 THEN '/usr/lib64/libsys' || i || '.so.1'
      WHEN i <= 4900 THEN '/sw/lib' || ((i - 2300) // 4) || '/' || (i % 4) || '.0/lib/libnum' || ((i - 2300) // 4) || '.so.3'
      WHEN i <= 5000 THEN '/home/user' || (i % 200) || '/lib/libnum' || (i % 100) || '.so.3'
      WHEN i < ${FIRST_TEST} THEN '/home/user' || (i - ${FIRST_BUILD}) // ${2 * ERAS} || '/src/code' || (i % 2) || '/model.x'
      ELSE '/scratch/user' || ${spread(USERS, "i // 4")} || '/build' || i || '/conftest'
    END,
    CASE WHEN i > 5000 THEN NULL WHEN i > 4900 THEN 'libnum' || (i % 100) || '.so.3' WHEN i > 2300 THEN 'libnum' || ((i - 2300) // 4) || '.so.3'
      WHEN i > 2000 THEN 'libsys' || i || '.so.1' END,
    CASE WHEN i % 3 = 0 AND i <= 5000 THEN [CAST(md5('stamp' || i) AS UUID)::VARCHAR] ELSE [] END, md5('build' || i) || '00000000'
  FROM range(1, ${FIRST_TEST + Math.ceil(jobs / 100) * 4}) t(i)`,
  `INSERT INTO finding
  SELECT id, id, CASE WHEN id % 97 = 0 THEN 'mismatch' WHEN id % 101 = 0 THEN 'changed' WHEN id % 89 = 0 THEN 'unchecked'
      WHEN len(signatures) > 0 THEN 'verified' ELSE 'unsigned' END,
    CASE WHEN id % 97 <> 0 AND id % 101 <> 0 AND id % 89 = 0 THEN 'other-host' END,
    CASE WHEN id % 97 <> 0 AND id % 101 = 0 THEN 'mismatch' END, signatures, build_id,
    CASE WHEN id % 5 = 0 AND id > 200 AND id <= 1500 THEN 'app' || (id // 4) || ' ' || (id % 4) || '.0' END,
    CASE WHEN id <= 2000 OR id > 5000 THEN ['GCC: (GNU) 1' || (id % 5) || '.2.0'] END
  FROM object`,
  `INSERT INTO finding SELECT ${LATE} + id, object, 'verified', NULL, NULL, disk_signatures, disk_build_id, disk_package, disk_compilers FROM finding`,
  // Lists 1 to 4,000 are two per program, of 30 objects; 4,001 to 4,100 hold objects that are loaded later; 4,101 to 4,160
  // are those of what compiling left; the others those of builds, which have the same number.
  `INSERT INTO object_list
  SELECT list, position, CASE WHEN position < 6 THEN 2001 + position * 7 ELSE 2001 + ${spread(2990, "list", "position")} END
  FROM (FROM range(1, 4001) UNION ALL FROM range(4101, 4161) UNION ALL FROM range(${FIRST_BUILD}, ${FIRST_TEST})) l(list), range(30) p(position)
  UNION ALL SELECT 4001 + list, position, 2301 + ${spread(2500, "list", "position", 1)} FROM range(100) l(list), range(3) p(position)`,
  // Lists 1 to 500 are modules, 501 to 20,500 environments.
  `INSERT INTO text_list
  SELECT list, position, 'mod' || ${spread(800, "list", "position", 2)} || '/' || (list % 3) || '.1' FROM range(1, 501) l(list), range(8) p(position)`,
  `INSERT INTO text_list
  SELECT list, position, CASE
      WHEN position = 0 THEN CASE WHEN list % 10 = 0 THEN 'LANG=de_DE' ELSE 'LANG=C.UTF-8' END
      WHEN position = 1 THEN CASE WHEN list % 4 = 0 THEN 'XOMP=1' ELSE 'OMP_NUM_THREADS=4' END
      WHEN position = 2 THEN CASE WHEN list % 50 = 0 THEN 'LD_LIBRARY_PATH=/sw/lib::/x' ELSE 'PATH=/usr/bin:/bin' END
      ELSE 'VARIABLE_' || position || '=some value of ordinary length, number ' || (list % 700) END
  FROM range(501, 20501) l(list), range(45) p(position)`,
];

/** A job is one of a submission; its user and script are those of the submission, and `habit` is both. */
const CHUNK_OF_PROCESSES = `CREATE OR REPLACE TEMP TABLE chunk AS
  WITH slot AS (SELECT i, i // ${PER_JOB} AS slot, (i % ${PER_JOB})::INTEGER AS position FROM range($from::BIGINT, $upTo::BIGINT) t(i)),
  placed AS (
    SELECT i, position, CASE WHEN slot % ${LONG_JOBS} = 0 THEN greatest(0, slot - ${LONG_JOBS} * $stride::BIGINT * position)
      WHEN slot // ${PER_SUBMISSION} % 8 = 1 THEN slot - slot % ${PER_SUBMISSION} ELSE slot END AS job
    FROM slot
  ),
  submitted AS (SELECT *, job // ${PER_SUBMISSION} AS submission, ${skewed(USERS, `job // ${PER_SUBMISSION}`, 3)} AS user_number FROM placed),
  habitual AS (
    SELECT *, user_number * ${SCRIPTS} + ${skewed(SCRIPTS, "submission", 4)} AS habit,
      (job * ${ERAS - 1} // $jobs::BIGINT + user_number % 2)::INTEGER AS era
    FROM submitted
  ),
  started AS (
    SELECT *, CASE
        WHEN position = 3 AND ${spread(10, "job", 5)} = 0 THEN 1 + ${spread(200, "job", 6)}
        WHEN position < 4 THEN 1 + ${spread(60, "habit", "position", 7)}
        WHEN position = 19 THEN 61 + ${spread(140, "habit", 8)}
        WHEN job % 100 = 37 AND position < 8 THEN ${FIRST_TEST} + (job // 100 * 4)::INTEGER + position - 4
        WHEN habit % 10 < 6 THEN 201 + ${spread(1800, "habit", "era // 9", 9)}
        ELSE ${FIRST_BUILD} + (user_number * 2 + habit % 2) * ${ERAS} + era END AS program,
      TIMESTAMP '2025-11-22' + to_microseconds(i * (31536000000000 // $total::BIGINT)) AS started
    FROM habitual
  )
  SELECT *, uuid() AS uuid, CASE WHEN program >= ${FIRST_TEST} THEN 4101 + user_number % 60 WHEN program >= ${FIRST_BUILD} THEN program
    ELSE 1 + (program - 1) * 2 + habit % 2 END AS objects
  FROM started`;

const processes = `INSERT INTO process BY NAME
  SELECT uuid, started, started + INTERVAL 50 MILLISECOND AS received, (4000000 + job)::VARCHAR AS job, 'user' || user_number AS user_name,
    10000 + user_number AS uid, 100 AS gid,
    'node' || (${spread(500, "job", 10)} * 4 + CASE WHEN job % 4 = 0 THEN position % 4 ELSE 0 END) AS host,
    1000 + (i % 30000) AS pid, 999 AS parent_pid, '/scratch/user' || user_number AS directory,
    ['app', '--input', 'case' || job % 1000] AS arguments, 501 + ${spread(20_000, "i // 5")} AS environment,
    1 + ${spread(500, "habit", 11)} AS modules, program, objects,
    CASE WHEN submission % 5 = 0 THEN 'beta' ELSE 'alpha' END AS cluster,
    CASE WHEN submission % 4 = 2 THEN (4000000 + submission * ${PER_SUBMISSION})::VARCHAR END AS array_job,
    CASE WHEN submission % 4 = 2 THEN (job % ${PER_SUBMISSION})::VARCHAR END AS array_task,
    CASE WHEN habit % 7 = 0 THEN '/sw/lib' || habit % 50 || '/lib' END AS library_path, i * 3 + 1 AS "sequence"
  FROM chunk`;
const ends = `INSERT INTO process_end BY NAME
  SELECT uuid, 0 AS part, started + INTERVAL 10 MINUTE AS ended, ended AS received, started, 1000 + (i % 30000) AS pid,
    ${spread(600_000, "i", 12)} AS user_time, ${spread(10_000, "i", 13)} AS system_time, 100000 AS max_resident, 5000 AS minor_faults,
    0 AS major_faults, 100 AS blocks_in, 100 AS blocks_out, 10 AS voluntary_switches, 10 AS involuntary_switches,
    CASE WHEN i % 10 = 0 THEN 4001 + ${spread(100, "program", "habit")} ELSE 0 END AS objects, 0 AS unloaded_objects, i * 3 + 2 AS "sequence"
  FROM chunk WHERE i % 20 <> 7`;
const amendments = `INSERT INTO amendment
  SELECT uuid, 'start', 0, ${LATE} + program, objects, started + INTERVAL 5 MINUTE, i * 3 + 2 FROM chunk WHERE i % 1000 = 7`;
// One job in a hundred has no process.
const events = `INSERT INTO job_event BY NAME
  WITH slot AS (SELECT i // ${PER_JOB} AS job, min(started) AS started FROM chunk GROUP BY ALL),
  announced AS (
    SELECT job, started, job * ${PER_JOB * 3} + 3 AS "sequence" FROM slot
    WHERE job // ${PER_SUBMISSION} % 8 <> 1 OR job % ${PER_SUBMISSION} = 0
    UNION ALL SELECT 900000000 + job, started, job * ${PER_JOB * 3} + 6 FROM slot WHERE job % 100 = 0
  )
  SELECT (4000000 + job)::VARCHAR AS job, CASE WHEN job // ${PER_SUBMISSION} % 5 = 0 THEN 'beta' ELSE 'alpha' END AS cluster,
    'start' AS kind, started AS happened, started AS received, "sequence"
  FROM announced`;
const accounting = `INSERT INTO accounting
  SELECT m, k.kind, k.reason, k.frames FROM range(TIMESTAMP '2025-11-22', TIMESTAMP '2026-11-22', INTERVAL 1 MINUTE) t(m),
    (VALUES ('received', NULL, 40), ('stored', NULL, 38), ('duplicate', NULL, 1), ('dropped', 'overload', 1)) k(kind, reason, frames)`;

/** @param path - a store that a collector has created and no process has open. */
export async function fill(path, total) {
  const instance = await DuckDBInstance.create(path, { memory_limit: "1500MB", threads: "2" });
  const connection = await instance.connect();
  const jobs = Math.ceil(total / PER_JOB);
  for (const statement of [...dictionaries(jobs), accounting]) await connection.run(statement);
  // Two hours between the steps of a long job.
  const stride = Math.max(1, Math.round(jobs / LONG_JOBS / 4380));
  for (let from = 0; from < total; from += CHUNK) {
    const upTo = Math.min(total, from + CHUNK);
    const values = { total, jobs, stride, from, upTo };
    await connection.run(
      CHUNK_OF_PROCESSES,
      Object.fromEntries(Object.entries(values).map(([k, v]) => [k, BigInt(v)])),
    );
    for (const statement of [processes, ends, amendments, events]) await connection.run(statement);
  }
  // The accounting has all of these.
  const last = { last: `${total * 3 + 3}` };
  await connection.run(
    "INSERT OR REPLACE INTO meta VALUES ('last_sequence', $last), ('accounted_sequence', $last)",
    last,
  );
  await connection.run("CHECKPOINT");
  connection.closeSync();
  instance.closeSync();
}
