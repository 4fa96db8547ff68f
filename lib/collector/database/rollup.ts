import type { Connection } from "./engine.js";
import { rows } from "./rows.js";
import { ROLLUP_TABLES } from "./schema.js";
import { inTransaction } from "./transaction.js";

/*
 * Brings the tables that answers are made from up to date. Most processes of a job are equal but for their time and
 * number, so that they make far fewer rows; what is asked of millions of processes is asked of those.
 */

/** Sequence numbers that are digested together, so that memory stays bounded. */
const STEP_SEQUENCES = 500_000;
/** How much later than its end a start may be stored, in sequence numbers. */
const MAX_DISORDER_SEQUENCES = 1_000_000;

/** Milliseconds of CPU time of an end `e`. Anybody may claim any number, so sums must not overflow. */
export const CPU = "greatest(e.user_time, 0)::DOUBLE + greatest(e.system_time, 0)";

const KEY = "program, objects, modules, job, user_name, host, library_path, preload";
const TEXTS = ["job", "user_name", "host", "library_path", "preload"];
const KEY_OF_P = KEY.replaceAll(/\w+/g, (column) => `p.${column}`);

/** What the sequence numbers after `$since` up to `$upTo` add. */
const FRESH = `
  CREATE OR REPLACE TEMP TABLE fresh AS
  WITH ending AS (
    SELECT p.started, ${KEY_OF_P}, ${CPU} AS cpu
    FROM (FROM process_end WHERE part = 0 AND sequence > $since AND sequence <= $upTo) e
      JOIN process p ON p.uuid = e.uuid AND p.sequence <= $upTo
    UNION ALL
    SELECT p.started, ${KEY_OF_P}, ${CPU}
    FROM (FROM process WHERE sequence > $since AND sequence <= $upTo) p
      JOIN process_end e ON e.uuid = p.uuid AND e.part = 0 AND e.sequence <= $since AND e.sequence > $since - ${MAX_DISORDER_SEQUENCES}
  ),
  pieces AS (
    SELECT started, ${KEY}, 1 AS processes, 0 AS ended, 0 AS cpu, CASE WHEN omitted_objects IS NULL THEN 0 ELSE 1 END AS incomplete
    FROM process WHERE sequence > $since AND sequence <= $upTo
    UNION ALL SELECT started, ${KEY}, 0, 1, cpu, 0 FROM ending
  )
  SELECT started::DATE AS day, ${KEY}, sum(processes) AS processes, sum(ended) AS ended, sum(cpu) AS cpu,
    sum(incomplete) AS incomplete, min(started) AS first_use, max(started) AS last_use
  FROM pieces GROUP BY day, ${KEY}`;

const NEW_NAMES = `
  INSERT INTO name
  SELECT (SELECT coalesce(max(id), 0) FROM name) + row_number() OVER (), value
  FROM (${TEXTS.map((column) => `SELECT ${column} AS value FROM fresh`).join(" UNION ")})
  WHERE value IS NOT NULL AND value NOT IN (SELECT value FROM name)`;

const NEW_USAGE = `
  INSERT INTO usage
  SELECT day, program, objects, modules, ${TEXTS.map((column) => `${column}_name.id`).join(", ")},
    processes, ended, cpu, incomplete, first_use, last_use
  FROM fresh ${TEXTS.map((column) => `LEFT JOIN name ${column}_name ON ${column}_name.value = fresh.${column}`).join("\n")}`;

/** How far a digest is, in sequence numbers. */
export interface RollupProgress {
  readonly rolledUp: number;
  readonly last: number;
}

/** When the digest is made compact: so many times the rows that it had after the last time, and so many more. */
const GROWTH = 1.5;
const SPARE_ROWS = 100_000;
/** Rows that are made compact together, so that no question waits long for it; a day is never split. */
const COMPACT_ROWS = 500_000;
const IN_DAYS = "day BETWEEN $first::DATE AND $last::DATE";

const COMPACT = `
  SELECT day, ${KEY}, sum(processes)::BIGINT AS processes, sum(ended)::BIGINT AS ended, sum(cpu) AS cpu,
    sum(incomplete)::BIGINT AS incomplete, min(first_use) AS first_use, max(last_use) AS last_use
  FROM usage WHERE ${IN_DAYS} GROUP BY day, ${KEY}`;

/** How the digest stands after a try to bring it up to date; with an error when that was not possible. */
export interface RollupState extends RollupProgress {
  readonly error: string | undefined;
}

/** Takes in a part of what was stored since the last time: all of it, unless there is very much. */
export async function rollUpStep(connection: Connection): Promise<RollupProgress> {
  const { rolledUp, last } = await progressOf(connection);
  const upTo = Math.min(rolledUp + STEP_SEQUENCES, last);
  if (upTo > rolledUp) await step(connection, rolledUp, upTo);
  return { rolledUp: upTo, last };
}

/** Days, the first and the last, as DuckDB writes them. */
export interface Days {
  readonly first: string;
  readonly last: string;
}

/**
 * Days whose rows should be made compact, a few together: none, until there are half as many rows again as after the last
 * time, so that the work is in proportion to what was stored.
 */
export async function daysToCompact(connection: Connection): Promise<Days[]> {
  const [found] = await rows<{ now: bigint; compact: bigint }>(
    connection,
    "SELECT (SELECT count(*) FROM usage) AS now, coalesce((SELECT max(compact_rows) FROM digested), 0)::BIGINT AS compact",
    {},
  );
  if (found === undefined || Number(found.now) < Number(found.compact) * GROWTH + SPARE_ROWS) return [];
  return rows<{ first: string; last: string }>(
    connection,
    `WITH days AS (SELECT day, count(*) AS n FROM usage GROUP BY day),
    placed AS (SELECT day, (sum(n) OVER (ORDER BY day) - n) // ${COMPACT_ROWS} AS piece FROM days)
    SELECT min(day)::VARCHAR AS first, max(day)::VARCHAR AS last FROM placed GROUP BY piece ORDER BY piece`,
    {},
  );
}

/** Makes one row of those that have the same key: what is taken in later, as an end, has rows of its own. */
export async function compactDays(connection: Connection, { first, last }: Days): Promise<void> {
  const days = { first, last };
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

/** The next time is reckoned from now on. */
export async function noteCompact(connection: Connection): Promise<void> {
  await connection.run("UPDATE digested SET compact_rows = (SELECT count(*) FROM usage)");
}

/** The same for a store that is open for reading only: in temporary tables, which hide those of the same name. */
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
    await connection.run(
      since === 0 ? "INSERT INTO digested VALUES ($upTo, 0)" : "UPDATE digested SET sequence = $upTo",
      { upTo },
    );
    await connection.run("DROP TABLE fresh");
  });
}

export async function progressOf(connection: Connection): Promise<RollupProgress> {
  const [found] = await rows<{ digested: bigint; last: bigint }>(
    connection,
    `SELECT (SELECT coalesce(max(sequence), 0) FROM digested)::BIGINT AS digested,
      (SELECT coalesce(max("value"::BIGINT), 0) FROM meta WHERE "key" = 'last_sequence')::BIGINT AS last`,
    {},
  );
  return { rolledUp: Number(found?.digested ?? 0), last: Number(found?.last ?? 0) };
}
