/*
 * Jobs as people name them: `[CLUSTER:]ID`. The id is the scheduler's, or that of an array job with `_TASK`; it may end with
 * `.STEP`. The cluster is needed only where several clusters have a job of that id.
 */

/** How sacct(1) names tasks that wait, and the parts of a heterogeneous job. No process reports such an id. */
export const UNKNOWN_TO_PROCESSES = /_\[.*\]$|\+\d+$/;

/** The end of a step's id: a number, or one of Slurm's own. The ids of PBS end with `.SERVER` instead. */
export const SLURM_STEP = /^(.+)\.(\d+|batch|extern|interactive)$/s;

/** The reference to a job of an answer. */
export function jobReference(cluster: string | null, job: string): string {
  if (cluster !== null) return `${cluster}:${job}`;
  return job.includes(":") ? `:${job}` : job;
}

/** One way to read a reference. */
export interface JobReading {
  /** Null: a job without a cluster. Undefined: the reference names none. */
  readonly cluster: string | null | undefined;
  readonly id: string;
  readonly task: string | undefined;
  readonly step: string | undefined;
}

/**
 * All ways to read a reference, the most literal first: ids may contain each of the separators.
 *
 * @param text - reversible text.
 */
export function jobReadings(text: string): JobReading[] {
  const [, cluster = "", rest] = /^([^:]*):(.+)$/s.exec(text) ?? [];
  const clusters = [
    { cluster: undefined, text },
    ...(rest === undefined ? [] : [{ cluster: cluster === "" ? null : cluster, text: rest }]),
  ];
  return clusters.flatMap(({ cluster, text }) => {
    const [, ofStep, step] = SLURM_STEP.exec(text) ?? [];
    return [
      ...withTask(text).map((reading) => ({ cluster, ...reading, step: undefined })),
      ...(ofStep === undefined ? [] : withTask(ofStep).map((reading) => ({ cluster, ...reading, step }))),
    ];
  });
}

/** `7_3` (Slurm) and `7[3]` (LSF) are task 3 of array job 7. */
function withTask(text: string): Pick<JobReading, "id" | "task">[] {
  const [, job, underscore, bracket] = /^(.+?)(?:_(\d+)|\[(\d+)\])$/s.exec(text) ?? [];
  const task = underscore ?? bracket;
  return [{ id: text, task: undefined }, ...(job === undefined || task === undefined ? [] : [{ id: job, task }])];
}
