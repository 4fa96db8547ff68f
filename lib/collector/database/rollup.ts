import { LAST_OBJECTS, LAST_PROGRAM, OF_PROCESS } from "./amendments.js";
import type { Connection } from "./engine.js";
import { CPU_MS, distinctTexts, joinNames, NAME_IDS } from "./expressions.js";
import { jsonRow, rows } from "./rows.js";
import { MAX_DISORDER_SEQUENCES, ROLLUP_TABLES } from "./schema.js";
import { inTransaction } from "./transaction.js";

/*
 * Keeps the rollup up to date. Most processes of a job differ only in time and pid, so one row of `usage` stands for many
 * processes. Questions about millions of processes read those rows.
 */

/** Sequence numbers that one step rolls up, which bounds the memory that it takes. */
const STEP_SEQUENCES = 500_000;

const KEY = "program, objects, modules, job, user_name, host, library_path, preload";
const OTHERS_OF_P = "p.modules, p.job, p.user_name, p.host, p.library_path, p.preload";
/** The key of a process `p` with its last verdicts, and with those that `usage` counted before this step. */
const KEY_NOW = `${LAST_PROGRAM} AS program, ${LAST_OBJECTS} AS objects, ${OTHERS_OF_P}`;
const KEY_BEFORE = `coalesce(v.program_before, p.program) AS program, coalesce(v.objects_before, p.objects) AS objects, ${OTHERS_OF_P}`;

const INCOMPLETE = "CASE WHEN p.omitted_objects IS NULL THEN 0 ELSE 1 END";
const IN_STEP = "sequence > $since AND sequence <= $upTo";

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
    SELECT p.started, ${KEY_NOW}, ${CPU_MS} AS cpu
    FROM new_end e JOIN process p ON p.uuid = e.uuid AND p.sequence <= $upTo LEFT JOIN verdict v ON v.uuid = p.uuid
    UNION ALL
    SELECT p.started, ${KEY_NOW}, ${CPU_MS}
    FROM new_process p
      JOIN process_end e ON e.uuid = p.uuid AND e.part = 0 AND e.sequence <= $since AND e.sequence > $since - ${MAX_DISORDER_SEQUENCES}
      LEFT JOIN verdict v ON v.uuid = p.uuid
  ),
  earlier_end AS (
    SELECT e.uuid, count(*) AS ended, sum(${CPU_MS}) AS cpu
    FROM process_end e WHERE e.part = 0 AND e.sequence <= $since AND e.uuid IN (FROM amended) GROUP BY e.uuid
  ),
  late AS (
    SELECT p.*, coalesce(e.ended, 0) AS ended, coalesce(e.cpu, 0) AS cpu
    FROM amended JOIN process p ON p.uuid = amended.uuid AND p.sequence <= $since LEFT JOIN earlier_end e ON e.uuid = p.uuid
  ),
  pieces AS (
    SELECT p.started, ${KEY_NOW}, 1 AS processes, 0 AS ended, 0 AS cpu, ${INCOMPLETE} AS incomplete, false AS is_taken
    FROM new_process p LEFT JOIN verdict v ON v.uuid = p.uuid
    UNION ALL SELECT started, ${KEY}, 0, 1, cpu, 0, false FROM ending
    UNION ALL SELECT p.started, ${KEY_NOW}, 1, p.ended, p.cpu, ${INCOMPLETE}, false
      FROM late p JOIN verdict v ON v.uuid = p.uuid
    UNION ALL SELECT p.started, ${KEY_BEFORE}, -1, -p.ended, -p.cpu, -(${INCOMPLETE}), true
      FROM late p JOIN verdict v ON v.uuid = p.uuid
  )
  SELECT started::DATE AS day, ${KEY}, sum(processes) AS processes, sum(ended) AS ended, sum(cpu) AS cpu,
    sum(incomplete) AS incomplete, min(started) AS first_use, max(started) AS last_use, bool_or(is_taken) AS is_taken
  FROM pieces GROUP BY day, ${KEY}`;

/** Gives an id to each text of `fresh` that has none yet. */
const NEW_NAMES = `
  INSERT INTO name
  SELECT (SELECT coalesce(max(id), 0) FROM name) + row_number() OVER (), value
  FROM (${distinctTexts("fresh")})
  WHERE value IS NOT NULL AND value NOT IN (SELECT value FROM name)`;

/** Appends `fresh` to `usage`, with ids in place of texts. */
const NEW_USAGE = `
  INSERT INTO usage
  SELECT day, program, objects, modules, ${NAME_IDS}, processes, ended, cpu, incomplete, first_use, last_use
  FROM fresh ${joinNames("name", "fresh")}`;

/**
 * Removes keys of which amendments took the last process: an answer would list them with no process. The times of a key that
 * keeps some are left as they are, because usage may have summed them up with others.
 */
const EMPTIED_USAGE = `
  DELETE FROM usage WHERE rowid IN (
    SELECT unnest(places) FROM (
      SELECT list(rowid) AS places FROM usage
      WHERE (day, program, objects) IN (SELECT (day, program, objects) FROM fresh WHERE is_taken)
      GROUP BY day, ${KEY} HAVING sum(processes) = 0
    )
  )`;

/** The last sequence number in the rollup, and the last one in the store. */
export interface RollupProgress {
  readonly rolledUp: number;
  readonly last: number;
}

/** The rollup is compacted when its rows exceed those after the last compaction by this factor and this number. */
const COMPACTION_GROWTH = 1.5;
const COMPACTION_SPARE_ROWS = 100_000;
/** Rows that are compacted at once, so that questions do not wait long. A day is never split. */
const COMPACTION_ROWS = 500_000;
const IN_DAYS = "day BETWEEN $first::DATE AND $last::DATE";

const COMPACT = `
  SELECT day, ${KEY}, sum(processes)::BIGINT AS processes, sum(ended)::BIGINT AS ended, sum(cpu) AS cpu,
    sum(incomplete)::BIGINT AS incomplete, min(first_use) AS first_use, max(last_use) AS last_use
  FROM usage WHERE ${IN_DAYS} GROUP BY day, ${KEY}`;

/** The progress after a step, with an error when the step failed. */
export interface RollupState extends RollupProgress {
  readonly error: string | undefined;
}

/** Rolls up what was stored since the last step, at most {@link STEP_SEQUENCES} of it. */
export async function rollUpStep(connection: Connection): Promise<RollupProgress> {
  const { rolledUp, last } = await progressOf(connection);
  const upTo = Math.min(rolledUp + STEP_SEQUENCES, last);
  if (upTo > rolledUp) await step(connection, rolledUp, upTo);
  return { rolledUp: upTo, last };
}

/** A range of days, both inclusive, as DuckDB writes dates. */
export interface Days {
  readonly first: string;
  readonly last: string;
}

/**
 * Ranges of days to compact, each small enough for one transaction. There are none until the rollup has grown by half since
 * the last compaction, which keeps the work in proportion to what was stored.
 */
export async function daysToCompact(connection: Connection): Promise<Days[]> {
  const found = await jsonRow<{ now: number; compact: number }>(
    connection,
    "SELECT (SELECT count(*) FROM usage) AS now, coalesce((SELECT max(compact_rows) FROM digested), 0)::BIGINT AS compact",
  );
  if (found.now < found.compact * COMPACTION_GROWTH + COMPACTION_SPARE_ROWS) return [];
  return rows<Days>(
    connection,
    `WITH days AS (SELECT day, count(*) AS n FROM usage GROUP BY day),
    grouped AS (SELECT day, (sum(n) OVER (ORDER BY day) - n) // ${COMPACTION_ROWS} AS part FROM days)
    SELECT min(day)::VARCHAR AS first, max(day)::VARCHAR AS last FROM grouped GROUP BY part ORDER BY part`,
  );
}

/** Merges rows with the same key, which arise when later steps add processes or ends. */
export async function compactDays(connection: Connection, range: Days): Promise<void> {
  const days = { ...range };
  await connection.run(`CREATE OR REPLACE TEMP TABLE compact AS ${COMPACT}`, days);
  await inTransaction(connection, async () => {
    await connection.run(
      `DELETE FROM usage WHERE ${IN_DAYS} AND (SELECT count(*) FROM compact) < (SELECT count(*) FROM usage WHERE ${IN_DAYS})`,
      days,
    );
    await connection.run(`INSERT INTO usage FROM compact WHERE NOT EXISTS (FROM usage WHERE ${IN_DAYS})`, days);
  });
  await connection.run("DROP TABLE compact");
}

/** Notes the number of rows after a compaction, from which the next one is due. */
export async function noteCompact(connection: Connection): Promise<void> {
  await connection.run("UPDATE digested SET compact_rows = (SELECT count(*) FROM usage)");
}

/** Rolls up a store that is open for reading only: into temporary tables, which hide the tables of the same name. */
export async function rollUpInTemporaryTables(connection: Connection): Promise<void> {
  const before = await progressOf(connection);
  if (before.rolledUp >= before.last) return;
  for (const table of ROLLUP_TABLES) await connection.run(`CREATE TEMP TABLE "${table}" AS FROM main."${table}"`);
  for (let done = before; done.rolledUp < done.last; ) done = await rollUpStep(connection);
}

async function step(connection: Connection, since: number, upTo: number): Promise<void> {
  await inTransaction(connection, async () => {
    await connection.run(FRESH, { since, upTo });
    await connection.run(NEW_NAMES);
    await connection.run(NEW_USAGE);
    await connection.run(EMPTIED_USAGE);
    await connection.run(
      since === 0 ? "INSERT INTO digested VALUES ($upTo, 0)" : "UPDATE digested SET sequence = $upTo",
      { upTo },
    );
    await connection.run("DROP TABLE fresh");
  });
}

export function progressOf(connection: Connection): Promise<RollupProgress> {
  return jsonRow(
    connection,
    `SELECT (SELECT coalesce(max(sequence), 0) FROM digested)::BIGINT AS rolledUp,
      (SELECT coalesce(max("value"::BIGINT), 0) FROM meta WHERE "key" = 'last_sequence')::BIGINT AS last`,
  );
}
