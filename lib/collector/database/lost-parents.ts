import type { Connection } from "./engine.js";
import { rows } from "./rows.js";
import { inTransaction } from "./transaction.js";

/*
 * Processes whose start fell into an outage, as their children show. A parent without a start proves little by itself:
 * launchers of jobs, static and setuid programs never report. So a parent counts only if its step reported on this host
 * before the outage, none of its children did, and the first child began in the outage or soon after.
 */

/** A parent that began in an outage has its first child this soon after the outage, or is not counted. */
const MAX_CHILD_DELAY = "INTERVAL 1 MINUTE";
/** Records of that time have arrived this long after an outage. */
const EXAMINATION_DELAY_NS = 180_000_000_000n;

/** The place of a process: pids are of one host, and those of other jobs on it are no evidence. */
const PLACE = "struct_pack(cluster := coalesce(cluster, ''), job := job, host := coalesce(host, ''))";

const LOST_PARENTS = `
  INSERT INTO lost_parent
  WITH child AS (
    SELECT ${PLACE} AS place, coalesce(step, '') AS step, parent_pid AS pid, min(started) AS started
    FROM process
    WHERE job IS NOT NULL AND parent_pid > 1 AND started >= $began::TIMESTAMP_NS AND started < $ended::TIMESTAMP_NS + ${MAX_CHILD_DELAY}
    GROUP BY ALL
  ),
  of_jobs AS (
    SELECT ${PLACE} AS place, coalesce(step, '') AS step, pid, parent_pid, started FROM process
    WHERE job IN (SELECT place.job FROM child) AND started < $ended::TIMESTAMP_NS + ${MAX_CHILD_DELAY}
  ),
  before AS (FROM of_jobs WHERE started < $began::TIMESTAMP_NS)
  SELECT $ended::TIMESTAMP_NS, $began::TIMESTAMP_NS, pid, started FROM child c
  WHERE EXISTS (FROM before b WHERE b.place = c.place AND b.step = c.step)
    AND NOT EXISTS (FROM before b WHERE b.place = c.place AND b.parent_pid = c.pid)
    AND NOT EXISTS (FROM of_jobs p WHERE p.place = c.place AND p.pid = c.pid AND p.started <= c.started)
  UNION ALL SELECT $ended::TIMESTAMP_NS, $began::TIMESTAMP_NS, NULL, NULL`;

/**
 * Looks for lost parents once for each outage. A row without a pid says that this was done.
 *
 * @param now - in nanoseconds since the epoch.
 */
export async function examineOutages(connection: Connection, now: bigint): Promise<void> {
  const due = await rows<{ began: string; ended: string }>(
    connection,
    `SELECT DISTINCT began::VARCHAR AS began, ended::VARCHAR AS ended FROM outage
    WHERE epoch_ns(ended) < $before AND ended NOT IN (SELECT outage FROM lost_parent)`,
    { before: now - EXAMINATION_DELAY_NS },
  );
  for (const outage of due) await inTransaction(connection, () => connection.run(LOST_PARENTS, outage));
}
