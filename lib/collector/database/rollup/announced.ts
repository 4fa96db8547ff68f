import { isOfCluster } from "../expressions.js";
import { IN_STEP } from "./subjects.js";

/* Jobs whose start was reported, with the number of their processes. */

const ANNOUNCED = `
  CREATE OR REPLACE TEMP TABLE announced AS
  SELECT cluster, job, min(happened) AS first_start, max(happened) AS last_start FROM job_event
  WHERE kind = 'start' AND ${IN_STEP} GROUP BY cluster, job`;
const IS_ANNOUNCED = "n.job = a.job AND n.cluster IS NOT DISTINCT FROM a.cluster";
const ANNOUNCED_AGAIN = `
  UPDATE announced_job a SET first_start = least(a.first_start, n.first_start), last_start = greatest(a.last_start, n.last_start)
  FROM announced n WHERE ${IS_ANNOUNCED}`;
const NEW_ANNOUNCED = `
  INSERT INTO announced_job SELECT n.*, 0 FROM announced n ANTI JOIN announced_job a ON ${IS_ANNOUNCED}`;

/** The processes of the announced jobs that were announced or ran something in this step. */
const ANNOUNCED_PROCESSES = `
  UPDATE announced_job SET processes = n.processes FROM (
    WITH changed AS (
      SELECT j.job FROM changed_job c JOIN job_identity j ON j.id = c.job UNION SELECT job FROM announced
    ),
    identity AS (SELECT j.*, u.processes FROM job_identity j JOIN job_usage u ON u.job = j.id WHERE j.job IN (FROM changed))
    SELECT a.rowid AS place, sum(j.processes)::BIGINT AS processes
    FROM announced_job a JOIN identity j ON j.job = a.job AND ${isOfCluster("a", "j")} GROUP BY a.rowid
  ) n WHERE n.place = announced_job.rowid`;

export const ANNOUNCED_STEPS = [ANNOUNCED, ANNOUNCED_AGAIN, NEW_ANNOUNCED, ANNOUNCED_PROCESSES];
