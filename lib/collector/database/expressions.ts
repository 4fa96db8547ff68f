/* SQL expressions that several statements share. */

/** Columns of `process` that `usage` stores as ids of `name`. */
const NAME_COLUMNS = ["cluster", "user_name", "host", "library_path", "preload"] as const;

/** Columns of `process` that identify a job. `usage` stores them as an id of `job_identity`. */
const JOB_COLUMNS = ["job", "cluster", "array_job", "array_task"] as const;

/** Columns of `process` whose texts `usage` stores as ids, and the columns of `usage` with these ids. */
export const TEXT_COLUMNS: readonly string[] = [...new Set([...JOB_COLUMNS, ...NAME_COLUMNS])];
export const ID_COLUMNS: readonly string[] = ["job", ...NAME_COLUMNS];

/** Columns of `process` that make rows of `usage`. Arguments and directories would take most of the time to read. */
export const PROCESS_COLUMNS = [
  "uuid",
  "started",
  "program",
  "objects",
  "modules",
  "omitted_objects",
  ...TEXT_COLUMNS,
].join(", ");

/** The ids of a row's texts, from the tables that {@link joinIds} joins, in the order of `usage`. */
export const TEXT_IDS = `job_id.id AS job, ${NAME_COLUMNS.map((column) => `${column}_name.id AS ${column}`).join(", ")}`;

/**
 * Joins the ids of a row's texts.
 *
 * @param names - a table like `name`.
 * @param jobs - a table like `job_identity`.
 * @param row - a table with {@link NAME_COLUMNS} and {@link JOB_COLUMNS}.
 */
export const joinIds = (names: string, jobs: string, row: string): string =>
  [
    `LEFT JOIN ${jobs} job_id ON ${isSameJob("job_id", row)}`,
    ...NAME_COLUMNS.map((column) => `LEFT JOIN ${names} ${column}_name ON ${column}_name.value = ${row}.${column}`),
  ].join("\n");

/** The condition that two rows have the same {@link JOB_COLUMNS}. A row without a job has none in common with any. */
export const isSameJob = (one: string, other: string): string =>
  JOB_COLUMNS.map(
    (column) => `${one}.${column} ${column === "job" ? "=" : "IS NOT DISTINCT FROM"} ${other}.${column}`,
  ).join(" AND ");

/** The condition that the clusters of two jobs may be the same. One that names no cluster is of every cluster. */
export const isOfCluster = (one: string, other: string): string =>
  `(${one}.cluster IS NULL OR ${other}.cluster IS NULL OR ${one}.cluster = ${other}.cluster)`;

/** The jobs of a table, each once, as a query for the columns of `job_identity` but `id`. */
export const distinctJobs = (table: string): string =>
  `SELECT DISTINCT cluster, job, array_job, array_task, ${jobNameOf(table)} AS name FROM ${table} WHERE job IS NOT NULL`;

/**
 * A row's job as people name it: a task of an array job as squeue(1) shows it. LSF says task 0 where there is no array, and
 * the ids of PBS have the task.
 */
export const jobNameOf = (row: string): string => `
  CASE WHEN ${row}.array_task IS NULL THEN ${row}.job
    WHEN ${row}.array_job IS NOT NULL THEN ${row}.array_job || '_' || ${row}.array_task
    WHEN ${row}.array_task = '0' OR contains(${row}.job, '[') THEN ${row}.job
    ELSE ${row}.job || '_' || ${row}.array_task END`;

/** All texts in {@link NAME_COLUMNS} of a table, each once, as a query for `value`. */
export const distinctTexts = (table: string): string =>
  NAME_COLUMNS.map((column) => `SELECT ${column} AS value FROM ${table}`).join(" UNION ");

/** The condition that an id of `name` stands for the text in a parameter. */
export const isNamed = (column: string, parameter: string): string =>
  `${column} = (SELECT id FROM name WHERE value = $${parameter})`;

/** CPU time of an end `e` in milliseconds. A client may claim any number: as DOUBLE, sums do not overflow. */
export const CPU_MS = "greatest(e.user_time, 0)::DOUBLE + greatest(e.system_time, 0)";

/**
 * What rows of `usage` sum up to: CPU time in seconds, NULL when no process has ended, and the number of processes that did.
 *
 * @param rows - the table of the rows.
 */
export const cpuOf = (rows: string): string => `
  CASE WHEN sum(${rows}.ended) > 0 THEN sum(${rows}.cpu) / 1000 END AS cpuSeconds, coalesce(sum(${rows}.ended), 0)::BIGINT AS ended`;

/** The distinct values of a column, sorted, limited to a number. */
export const distinctList = (column: string, max: number): string =>
  `list(DISTINCT ${column} ORDER BY ${column})[1:${max}]`;

/** The last component of a path. */
export const fileName = (path: string): string => `regexp_extract(${path}, '[^/]*$')`;

/** The soname of an object `o`, or the file name of one that has none. */
export const SONAME_OR_FILE_NAME = `coalesce(o.soname, ${fileName("o.path")})`;
