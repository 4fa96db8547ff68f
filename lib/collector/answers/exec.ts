import type { Connection } from "../database/engine.js";
import { rows } from "../database/rows.js";
import type { FoundProcesses } from "./process-rows.js";

/**
 * The process images that processes replaced by exec, by the UUID of the process. A replaced image sends no end record, and
 * the next one starts under the same pid. Questions look for replaced images, not the pipeline, because frames arrive in any
 * order. Among images that started in the same second (old clients), the order of storage decides.
 */
export async function replacedImages(
  connection: Connection,
  { found, uuids, range }: FoundProcesses,
): Promise<Map<string, string>> {
  const jobs = new Set(found.map(({ job }) => job));
  const [job = null] = jobs;
  // The job as a constant lets DuckDB skip the others.
  const sameJob = jobs.size === 1 && job !== null ? "AND q.job = $job" : "";
  const images = await rows<{ uuid: object; replaced: object | null }>(
    connection,
    `WITH wanted AS MATERIALIZED (
      SELECT rowid AS row, uuid, started, host, pid, parent_pid, job, cluster, container
      FROM process WHERE sequence >= $first::BIGINT AND sequence <= $last::BIGINT AND uuid IN (SELECT unnest($uuids))
        AND host IS NOT NULL
    ),
    earlier AS (
      SELECT w.uuid, q.uuid AS other, row(q.started, q.rowid) AS place
      FROM wanted w JOIN process q ON q.host = w.host AND q.pid = w.pid AND q.parent_pid = w.parent_pid
        AND q.job IS NOT DISTINCT FROM w.job AND q.cluster IS NOT DISTINCT FROM w.cluster AND q.container IS NOT DISTINCT FROM w.container
        AND q.uuid <> w.uuid AND (q.started < w.started OR (q.started = w.started AND q.rowid < w.row))
        ${sameJob}
    ),
    nearest AS (SELECT uuid, arg_max(other, place) AS replaced FROM earlier GROUP BY uuid),
    ended AS (SELECT uuid FROM process_end WHERE uuid IN (SELECT replaced FROM nearest))
    SELECT uuid, replaced FROM nearest WHERE replaced NOT IN (SELECT uuid FROM ended)`,
    { uuids, job, ...range },
  );
  return new Map(images.map(({ uuid, replaced }) => [`${uuid}`, `${replaced}`]));
}
