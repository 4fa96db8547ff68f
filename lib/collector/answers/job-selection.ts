import { OgrtError } from "../../errors.js";
import { type JobReading, jobReadings, jobReference } from "../../shared/job-reference.js";
import { execute, jsonRow, type SqlFragment } from "../database/rows.js";
import type { Context } from "./question.js";

/* The jobs that a reference selects. Ids repeat between clusters, so a reference that means several of them is an error. */

export interface SelectedJob {
  /** The condition that a process `p` belongs to it. */
  readonly condition: SqlFragment;
  /** The condition that a start or end `e` of a job is one of it. Those that name no cluster are of every cluster. */
  readonly eventCondition: SqlFragment;
  readonly cluster: string | null;
  /** False when nothing has such an id. */
  readonly isKnown: boolean;
  /** Number of its tasks when it is a whole array job. */
  readonly tasks: number | null;
}

/** Steps of Slurm with a name have these ids (slurm.h). A batch script may have no step in its environment. */
const NAMED_STEPS: Readonly<Record<string, string>> = {
  batch: "4294967291",
  extern: "4294967292",
  interactive: "4294967290",
};

const NO_JOB: SelectedJob = {
  condition: { sql: "false", values: {} },
  eventCondition: { sql: "false", values: {} },
  cluster: null,
  isKnown: false,
  tasks: null,
};

interface FoundJob {
  /** Those that the jobs name. */
  readonly clusters: readonly string[];
  readonly job: string;
  /** Numbers of the scheduler's ids and of the tasks. */
  readonly ids: number;
  readonly tasks: number;
}

/**
 * Finds a job. Its ids are in the temporary table `selected_job` until the next one is selected. Records that name no
 * cluster belong to the job of the only cluster that has the id.
 *
 * @throws {@link OgrtError} AMBIGUOUS_JOB.
 */
export async function selectJob(context: Context, text: string): Promise<SelectedJob> {
  const { connection } = context;
  for (const source of sourcesOf(context)) {
    for (const reading of jobReadings(text)) {
      const { sql, values } = matching(reading);
      const found = await jsonRow<FoundJob>(
        connection,
        `SELECT coalesce(list(DISTINCT cluster ORDER BY cluster) FILTER (cluster IS NOT NULL), []) AS clusters,
          coalesce(any_value(job), '') AS job, count(DISTINCT job) AS ids, count(DISTINCT array_task) AS tasks
        FROM (${source}) j WHERE ${sql}`,
        values,
      );
      if (found.ids === 0) continue;
      if (found.clusters.length > 1) throw ambiguous(text, found.clusters);
      const ids = `CREATE OR REPLACE TEMP TABLE selected_job AS SELECT DISTINCT job FROM (${source}) j WHERE ${sql}`;
      await execute(connection, ids, values);
      return selectedBy(reading, found);
    }
  }
  return NO_JOB;
}

/** Where jobs are looked for: in the rollup, in starts and ends of jobs, and in what the rollup lacks. */
const sourcesOf = ({ rollupLag }: Context): string[] => [
  "FROM job_identity",
  "SELECT DISTINCT cluster, job, NULL::VARCHAR AS array_job, NULL::VARCHAR AS array_task FROM job_event",
  ...(rollupLag > 0 ? ["SELECT DISTINCT cluster, job, array_job, array_task FROM process WHERE job IS NOT NULL"] : []),
];

/** The condition that a reading means a job `j`. */
function matching({ cluster, id, task }: JobReading): SqlFragment {
  const ofId =
    task === undefined
      ? "(j.job = $job OR j.array_job = $job)"
      : "coalesce(j.array_job, j.job) = $job AND j.array_task = $task";
  return {
    sql: cluster === undefined ? ofId : `${ofId} AND ${inCluster("j", cluster)}`,
    values: { job: id, task: task ?? "", cluster: cluster ?? "" },
  };
}

const inCluster = (table: string, cluster: string | null) =>
  cluster === null ? `${table}.cluster IS NULL` : `${table}.cluster = $cluster`;

function selectedBy({ cluster: asked, task, step }: JobReading, { clusters, job, ids, tasks }: FoundJob): SelectedJob {
  // As a constant, the id lets DuckDB skip most of the table.
  const isJob = (table: string) =>
    ids === 1 ? `${table}.job = $job` : `${table}.job IN (SELECT job FROM selected_job)`;
  const [cluster = null] = clusters;
  const conditions = [
    isJob("p"),
    ...(asked === undefined ? [] : [inCluster("p", asked)]),
    ...(task === undefined ? [] : ["p.array_task = $task"]),
    ...(step === undefined ? [] : [step === "batch" ? "(p.step = $step OR p.step IS NULL)" : "p.step = $step"]),
  ];
  const values = { job, cluster: cluster ?? "", task: task ?? "", step: NAMED_STEPS[step ?? ""] ?? step ?? "" };
  const ofCluster = cluster === null ? "true" : "(e.cluster IS NULL OR e.cluster = $cluster)";
  return {
    condition: { sql: conditions.join(" AND "), values },
    eventCondition: { sql: `${isJob("e")} AND ${ofCluster}`, values },
    cluster,
    isKnown: true,
    tasks: task === undefined && tasks > 1 ? tasks : null,
  };
}

function ambiguous(text: string, clusters: readonly string[]): OgrtError {
  const references = clusters.map((cluster) => jobReference(cluster, text)).join(" or ");
  return new OgrtError("AMBIGUOUS_JOB", `job ${text} is one of ${clusters.join(" and ")}: ask for ${references}`, {
    value: text,
  });
}
