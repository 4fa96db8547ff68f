import { LAST_OBJECTS, LAST_PROGRAM, OF_PROCESS } from "../amendments.js";
import {
  CPU_MS,
  distinctJobs,
  distinctTexts,
  ID_COLUMNS,
  isSameJob,
  joinIds,
  TEXT_COLUMNS,
  TEXT_IDS,
} from "../expressions.js";
import { MAX_DISORDER_SEQUENCES } from "../schema.js";
import { IN_STEP, IS_RECENT } from "./subjects.js";

/* What processes used, in `usage` and, without jobs and hosts, in `daily_usage`. */

/** The keys of rows of `usage` and `daily_usage`, and that of a process, which has texts. */
export const KEYS = {
  usage: ["day", "program", "objects", "modules", ...ID_COLUMNS].join(", "),
  daily_usage: "day, program, objects, modules, cluster, user_name",
} as const;
const TEXT_KEY = ["program", "objects", "modules", ...TEXT_COLUMNS].join(", ");
const OTHERS_OF_P = ["modules", ...TEXT_COLUMNS].map((column) => `p.${column}`).join(", ");
/** The key of a process `p` with its last verdicts, and with those that `usage` counted before this step. */
const KEY_NOW = `${LAST_PROGRAM} AS program, ${LAST_OBJECTS} AS objects, ${OTHERS_OF_P}`;
const KEY_BEFORE = `coalesce(v.program_before, p.program) AS program, coalesce(v.objects_before, p.objects) AS objects, ${OTHERS_OF_P}`;

const INCOMPLETE = "CASE WHEN p.omitted_objects IS NULL THEN 0 ELSE 1 END";

/**
 * Rolls up the sequence numbers after `$since` up to `$upTo`. `ending` pairs ends with their processes: new ends with any
 * start, then new starts with ends that were stored before them. A process whose start is in an earlier step thus adds
 * its end as a row that counts no process.
 *
 * `verdict` holds the amendments of the processes that ended or were amended in this step. A process of an earlier step whose
 * verdicts came in this one is `late`: what it added to its former key is taken from it, and added to its present key.
 */
const FRESH = `
  CREATE OR REPLACE TEMP TABLE fresh AS
  WITH new_process AS (FROM process WHERE ${IN_STEP}),
  new_end AS (FROM process_end WHERE part = 0 AND ${IN_STEP}),
  amended AS (SELECT DISTINCT uuid FROM amendment WHERE ${OF_PROCESS} AND ${IN_STEP}),
  verdict AS (
    SELECT uuid, arg_max(program, sequence) AS program, arg_max(objects, sequence) AS objects,
      arg_max(program, sequence) FILTER (sequence <= $since) AS program_before,
      arg_max(objects, sequence) FILTER (sequence <= $since) AS objects_before
    FROM amendment WHERE ${OF_PROCESS} AND sequence <= $upTo AND uuid IN (FROM amended UNION SELECT uuid FROM new_end)
    GROUP BY uuid
  ),
  ending AS (
    SELECT p.started, ${KEY_NOW}, ${CPU_MS} AS cpu, e.received
    FROM new_end e JOIN subject p ON p.uuid = e.uuid LEFT JOIN verdict v ON v.uuid = p.uuid
    UNION ALL
    SELECT p.started, ${KEY_NOW}, ${CPU_MS}, e.received
    FROM new_process p JOIN process_end e ON e.uuid = p.uuid AND e.part = 0 AND e.sequence <= $since AND e.${IS_RECENT}
      LEFT JOIN verdict v ON v.uuid = p.uuid
  ),
  earlier_end AS (
    SELECT e.uuid, count(*) AS ended, sum(${CPU_MS}) AS cpu, max(e.received) AS last_end
    FROM process_end e
    WHERE e.part = 0 AND e.sequence <= $since AND e.sequence > $firstLate - ${MAX_DISORDER_SEQUENCES} AND e.uuid IN (FROM amended)
    GROUP BY e.uuid
  ),
  late AS (
    SELECT p.*, coalesce(e.ended, 0) AS ended, coalesce(e.cpu, 0) AS cpu, e.last_end
    FROM amended JOIN subject p ON p.uuid = amended.uuid AND p.sequence <= $since LEFT JOIN earlier_end e ON e.uuid = p.uuid
  ),
  pieces AS (
    SELECT p.started, ${KEY_NOW}, 1 AS processes, 0 AS ended, 0 AS cpu, ${INCOMPLETE} AS incomplete, NULL::TIMESTAMP_NS AS last_end,
      false AS is_taken
    FROM new_process p LEFT JOIN verdict v ON v.uuid = p.uuid
    UNION ALL SELECT started, ${TEXT_KEY}, 0, 1, cpu, 0, received, false FROM ending
    UNION ALL SELECT p.started, ${KEY_NOW}, 1, p.ended, p.cpu, ${INCOMPLETE}, p.last_end, false
      FROM late p JOIN verdict v ON v.uuid = p.uuid
    UNION ALL SELECT p.started, ${KEY_BEFORE}, -1, -p.ended, -p.cpu, -(${INCOMPLETE}), NULL, true
      FROM late p JOIN verdict v ON v.uuid = p.uuid
  )
  SELECT started::DATE AS day, ${TEXT_KEY}, sum(processes) AS processes, sum(ended) AS ended, sum(cpu) AS cpu,
    sum(incomplete) AS incomplete, min(started) AS first_use, max(started) AS last_use, max(last_end) AS last_end, bool_or(is_taken) AS is_taken
  FROM pieces GROUP BY day, ${TEXT_KEY}`;

/**
 * The ids of the texts and jobs of `fresh`, as far as there are any. All texts and jobs of the store may be millions, of which
 * no statement makes a hash table.
 */
const FRESH_NAMES = `CREATE OR REPLACE TEMP TABLE fresh_name AS FROM name WHERE value IN (${distinctTexts("fresh")})`;
const FRESH_JOBS = `
  CREATE OR REPLACE TEMP TABLE fresh_job AS
  FROM job_identity k SEMI JOIN (${distinctJobs("fresh")}) j ON ${isSameJob("j", "k")}`;

/** Gives an id to each text of `fresh` that has none yet. */
const NEW_NAMES = `
  INSERT INTO name
  SELECT (SELECT coalesce(max(id), 0) FROM name) + row_number() OVER (), value
  FROM (${distinctTexts("fresh")})
  WHERE value IS NOT NULL AND value NOT IN (SELECT value FROM fresh_name)`;

/** Gives an id to each job of `fresh` that has none yet. */
const NEW_JOBS = `
  INSERT INTO job_identity
  SELECT (SELECT coalesce(max(id), 0) FROM job_identity) + row_number() OVER (), j.*
  FROM (${distinctJobs("fresh")}) j ANTI JOIN fresh_job k ON ${isSameJob("j", "k")}`;

/** `fresh` with ids in place of texts. */
const ADDED = `
  CREATE OR REPLACE TEMP TABLE added AS
  SELECT day, program, objects, modules, ${TEXT_IDS}, processes, ended, cpu, incomplete, first_use, last_use, last_end, is_taken
  FROM fresh ${joinIds("fresh_name", "fresh_job", "fresh")}`;

const NEW_USAGE = "INSERT INTO usage SELECT * EXCLUDE (last_end, is_taken) FROM added";

/** The columns of a row of `usage` or `daily_usage` that stands for others with the same key. */
export const SUMS = `sum(processes)::BIGINT AS processes, sum(ended)::BIGINT AS ended, sum(cpu) AS cpu,
    sum(incomplete)::BIGINT AS incomplete, min(first_use) AS first_use, max(last_use) AS last_use`;
export const DAILY_SUMS = `${SUMS}, max(last_end) AS last_end`;

const NEW_DAILY_USAGE = `
  INSERT INTO daily_usage SELECT ${KEYS.daily_usage}, ${DAILY_SUMS} FROM added GROUP BY ${KEYS.daily_usage}`;

/**
 * Removes keys of which amendments took the last process: an answer would list them with no process. The times of a key that
 * keeps some are left as they are, because usage may have summed them up with others.
 */
const emptied = (table: keyof typeof KEYS) => `
  DELETE FROM ${table} WHERE rowid IN (
    SELECT unnest(places) FROM (
      SELECT list(rowid) AS places FROM ${table}
      WHERE (day, program, objects) IN (SELECT (day, program, objects) FROM added WHERE is_taken)
      GROUP BY ${KEYS[table]} HAVING sum(processes) = 0
    )
  )`;

/** Writes the temporary table `added`: the rows of `usage` that this step adds. */
export const USAGE_STEPS = [
  FRESH,
  FRESH_NAMES,
  NEW_NAMES,
  FRESH_NAMES,
  FRESH_JOBS,
  NEW_JOBS,
  FRESH_JOBS,
  ADDED,
  NEW_USAGE,
  NEW_DAILY_USAGE,
  emptied("usage"),
  emptied("daily_usage"),
];
