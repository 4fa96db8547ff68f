import type { Connection } from "./engine.js";
import { rows } from "./rows.js";
import { DIGEST_TABLES } from "./schema.js";

/*
 * Brings the tables that answers are made from up to date. Most processes of a job are equal but for their time and
 * number, so that they make far fewer rows; what is asked of millions of processes is asked of those.
 */

/** Sequence numbers that are digested together, so that memory stays bounded. */
const STEP = 500_000;
/** How much later than its end a start may be stored, in sequence numbers. */
const DISORDER = 1_000_000;

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
      JOIN process_end e ON e.uuid = p.uuid AND e.part = 0 AND e.sequence <= $since AND e.sequence > $since - ${DISORDER}
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

/** Takes in what was stored since the last time. */
export async function digest(connection: Connection): Promise<void> {
  const behind = await extent(connection);
  for (let since = behind.since; since < behind.last; since += STEP) {
    await step(connection, since, Math.min(since + STEP, behind.last));
  }
}

/** The same for a store that is open for reading only: in temporary tables, which hide those of the same name. */
export async function digestAside(connection: Connection): Promise<void> {
  const { since, last } = await extent(connection);
  if (since >= last) return;
  for (const table of DIGEST_TABLES) await connection.run(`CREATE TEMP TABLE "${table}" AS FROM main."${table}"`);
  await digest(connection);
}

async function step(connection: Connection, since: number, upTo: number): Promise<void> {
  await connection.run("BEGIN");
  try {
    await connection.run(FRESH, { since, upTo });
    await connection.run(NEW_NAMES);
    await connection.run(NEW_USAGE);
    await connection.run("DELETE FROM digested");
    await connection.run("INSERT INTO digested VALUES ($upTo)", { upTo });
    await connection.run("DROP TABLE fresh");
    await connection.run("COMMIT");
  } catch (error) {
    await connection.run("ROLLBACK").catch(() => {});
    throw error;
  }
}

/** From where to where the digest is behind. */
async function extent(connection: Connection): Promise<{ since: number; last: number }> {
  const [found] = await rows<{ since: bigint; last: bigint }>(
    connection,
    `SELECT (SELECT coalesce(max(sequence), 0) FROM digested)::BIGINT AS since,
      (SELECT coalesce(max("value"::BIGINT), 0) FROM meta WHERE "key" = 'last_sequence')::BIGINT AS last`,
    {},
  );
  return { since: Number(found?.since ?? 0), last: Number(found?.last ?? 0) };
}
