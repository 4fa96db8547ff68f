import type { Connection } from "../engine.js";
import { inTransaction } from "../transaction.js";
import { growthOf, isDue } from "./growth.js";

/* The set of programs of each job. */

/** A job that ran more has no set: each step would write a new one of all that it ran so far. */
const MAX_SET_PROGRAMS = 1000;

/** The jobs of `added`, with all that they ran. A member of a set is a program with a list, as one number. */
const CHANGED_JOBS = `
  CREATE OR REPLACE TEMP TABLE changed_job AS
  WITH ran AS (
    SELECT job, program, objects, min(cluster) AS cluster, sum(processes) AS processes, min(user_name) AS user_name,
      min(first_use) AS first_use, max(last_use) AS last_use
    FROM usage WHERE job IN (SELECT job FROM added) GROUP BY job, program, objects
  ),
  changed AS (
    SELECT job, min(cluster) AS cluster, sum(processes)::BIGINT AS processes, min(user_name) AS user_name,
      min(first_use) AS first_use, max(last_use) AS last_use,
      list((program::BIGINT << 32) + objects ORDER BY program, objects) AS members
    FROM ran GROUP BY job
  )
  SELECT *, CASE WHEN len(members) <= ${MAX_SET_PROGRAMS} THEN md5(members::VARCHAR)::UUID END AS hash FROM changed`;

const NEW_SETS = `
  INSERT INTO program_set
  SELECT (SELECT coalesce(max(id), 0) FROM program_set) + row_number() OVER (), hash
  FROM (SELECT DISTINCT hash FROM changed_job WHERE hash IS NOT NULL) WHERE hash NOT IN (SELECT hash FROM program_set)`;

const NEW_MEMBERS = `
  INSERT INTO program_set_member
  WITH new_set AS (
    SELECT s.id, any_value(c.members) AS members FROM program_set s JOIN changed_job c USING (hash)
    WHERE s.id > (SELECT coalesce(max(program_set), 0) FROM program_set_member) GROUP BY s.id
  )
  SELECT id, (member >> 32)::INTEGER, (member & 4294967295)::INTEGER FROM (SELECT id, unnest(members) AS member FROM new_set)`;

/** The rows of `job_usage` for the changed jobs. */
const JOB_ROWS = `
  SELECT job, cluster, s.id AS program_set, processes, user_name, first_use, last_use
  FROM changed_job LEFT JOIN program_set s USING (hash)`;
const KNOWN_JOBS = `
  UPDATE job_usage SET program_set = n.program_set, processes = n.processes, user_name = n.user_name,
    first_use = n.first_use, last_use = n.last_use
  FROM (${JOB_ROWS}) n WHERE n.job = job_usage.job`;
const NEW_JOB_USAGE = `INSERT INTO job_usage FROM (${JOB_ROWS}) WHERE job NOT IN (SELECT job FROM job_usage)`;

/** Follows the jobs of `added`, and writes the temporary table `changed_job` with them. */
export const PROGRAM_SET_STEPS = [CHANGED_JOBS, NEW_SETS, NEW_MEMBERS, KNOWN_JOBS, NEW_JOB_USAGE];

/** Removes the sets that no job has any more. A job that goes on has another set whenever it runs another program. */
export async function removeUnusedSets(connection: Connection): Promise<void> {
  if (!isDue(await growthOf(connection, "program_set_member", "compact_members"))) return;
  const isUnused = (id: string) => `${id} NOT IN (SELECT program_set FROM job_usage WHERE program_set IS NOT NULL)`;
  await inTransaction(connection, async () => {
    await connection.run(`DELETE FROM program_set WHERE ${isUnused("id")}`);
    await connection.run(`DELETE FROM program_set_member WHERE ${isUnused("program_set")}`);
    await connection.run("UPDATE rollup_progress SET compact_members = (SELECT count(*) FROM program_set_member)");
  });
}
