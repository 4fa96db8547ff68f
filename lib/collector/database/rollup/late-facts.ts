import { IN_STEP, IS_RECENT } from "./subjects.js";

/* What is known of processes besides their starts: lists that they loaded later, and ends and parts without a start. */

const NEW_LATER_LISTS = `
  INSERT INTO later_list
  WITH loaded AS (
    SELECT uuid, objects FROM process_end WHERE objects <> 0 AND ${IS_RECENT} AND sequence <= $upTo
    UNION ALL SELECT uuid, objects FROM process_part WHERE ${IS_RECENT} AND sequence <= $upTo
  ),
  started AS (SELECT uuid, program FROM subject UNION ALL SELECT uuid, program FROM process WHERE ${IN_STEP})
  SELECT DISTINCT f.object, l.objects FROM loaded l JOIN started p USING (uuid) JOIN finding f ON f.id = p.program
    ANTI JOIN later_list k ON k.object = f.object AND k.list = l.objects`;

/** Processes of which a start came in this step. */
const NOW_STARTED = `DELETE FROM startless WHERE uuid IN (SELECT uuid FROM process WHERE ${IN_STEP})`;

/** Processes of which an end or a later part came in this step, and no start so far. */
const NEW_STARTLESS = `
  INSERT INTO startless
  WITH reported AS (
    SELECT uuid, coalesce(started, ended, received) AS started, received, pid FROM process_end WHERE ${IN_STEP}
    UNION ALL SELECT uuid, received, received, NULL FROM process_part WHERE ${IN_STEP}
  ),
  reporting AS (
    SELECT uuid, min(started) AS started, min(received) AS received, max(pid) AS pid FROM reported GROUP BY uuid
  )
  FROM reporting WHERE uuid NOT IN (SELECT uuid FROM subject) AND uuid NOT IN (SELECT uuid FROM startless)`;

export const LATE_FACT_STEPS = [NEW_LATER_LISTS, NOW_STARTED, NEW_STARTLESS];
