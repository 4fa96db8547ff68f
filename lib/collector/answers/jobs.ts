import type { Answer } from "../../client/index.js";
import { loadEngine } from "../database/engine.js";
import { cpuOf, distinctList } from "../database/expressions.js";
import { execute, integerList, jsonRows, rows, type SqlFragment } from "../database/rows.js";
import { selectJob } from "./job-selection.js";
import { ANY_TIME, jobSetsIn, recentJobs } from "./job-sets.js";
import { MAX_TREE_PROCESSES, readTreePage } from "./job-tree.js";
import { writeJobsByUse } from "./jobs-by-use.js";
import { notesOnJob, notesOnNames } from "./notes.js";
import { type Counted, DEFAULT_PAGE_ROWS, pageOf, paginate } from "./pagination.js";
import { type ProcessRecords, readRecords } from "./process-records.js";
import { isLocated, type Location, locationValues } from "./process-rows.js";
import type { Context, Question } from "./question.js";
import { parseSpan, type Span, spanOfStarts } from "./span.js";
import { MAX_LISTED_NAMES, type UsageNames, usageIn, usageNamed } from "./usage.js";

/** Limits the start and end frames that an answer about a job lists. */
const MAX_JOB_EVENTS = 1000;

export const jobs: Question<"jobs"> = async (context, input) => {
  const span = parseSpan(input);
  const page = pageOf(input);
  const byUse = await writeJobsByUse(context, input);
  const named = usageNamed(await usageIn(context, span), input);
  const usage =
    byUse.condition === undefined ? named : { ...named, sql: `FROM (${named.sql}) WHERE ${byUse.condition}` };
  const all = byUse.condition === undefined ? await jobsOfSpan(context, span, input) : undefined;
  const recent = all === undefined ? ANY_TIME : await recentJobs(context, all, page);
  const total = all === undefined ? "count(*) OVER ()" : `(SELECT count(*) FROM (${all.sql}))`;
  // Details are read for the jobs of the page only.
  const found = await jsonRows<Counted<Answer<"jobs">["jobs"][number]>>(
    context.connection,
    `WITH used AS (FROM (${usage.sql}) WHERE job IS NOT NULL),
    page AS (
      SELECT job, max(last_use) AS last, ${total} AS total FROM used WHERE ${recent.sql} GROUP BY job
      ORDER BY last DESC, job LIMIT $limit OFFSET $offset
    )
    SELECT j.cluster, j.name AS job, ${distinctList("u.value", MAX_LISTED_NAMES)} AS users,
      ${distinctList("h.value", MAX_LISTED_NAMES)} AS hosts, count(DISTINCT m.user_name) AS userCount,
      count(DISTINCT m.host) AS hostCount, count(DISTINCT m.program) AS programs, sum(m.processes)::BIGINT AS processes,
      ${cpuOf("m")}, min(m.first_use) AS firstUse, page.last AS lastUse, any_value(page.total) AS rowCount
    FROM page JOIN used m USING (job) JOIN job_identity j ON j.id = page.job
      LEFT JOIN name u ON u.id = m.user_name LEFT JOIN name h ON h.id = m.host
    GROUP BY page.job, j.cluster, j.name, page.last ORDER BY page.last DESC, page.job`,
    { ...usage.values, ...all?.values, ...recent.values, ...page },
  );
  const { rows: list, ...answer } = await paginate(found, page, async () => {
    const notes = [...(await notesOnNames(context, input)), ...byUse.notes];
    if (notes.length > 0) return notes;
    return [byUse.condition === undefined ? "no process of this span names a job" : "no job of this span fits"];
  });
  return { covers: span, ...answer, jobs: list };
};

/** Reads processes in the order of their locations. */
async function readPage(context: Context, locations: readonly Location[]): Promise<ProcessRecords> {
  const { listValue } = await loadEngine();
  if (locations.length === 0) return { processes: [], truncated: false };
  const positions = await integerList(locations.keys());
  await execute(
    context.connection,
    "CREATE OR REPLACE TEMP TABLE job_page AS SELECT unnest($rows) AS row, unnest($positions) AS position",
    { rows: listValue(locations.map(({ row }) => row)), positions },
  );
  return readRecords(context, {
    where: `WHERE ${isLocated("p")}`,
    order: "(SELECT g.position FROM job_page g WHERE g.row = p.rowid)",
    values: { ...(await locationValues(locations)), limit: locations.length },
  });
}

/** A query for all jobs of a span; undefined for those of a user, host or module, whose rows of usage are few. */
async function jobsOfSpan(context: Context, span: Span, names: UsageNames): Promise<SqlFragment | undefined> {
  if ([names.user, names.host, names.module].some((name) => name !== undefined)) return undefined;
  const { jobs: sql, values } = await jobSetsIn(context, span, names);
  return { sql, values };
}

/** Covers the time from the job's first start to its last. */
export const job: Question<"job"> = async (context, { id, limit = DEFAULT_PAGE_ROWS, ...part }) => {
  const { connection } = context;
  const selected = await selectJob(context, id);
  const { condition, eventCondition, cluster, tasks } = selected;
  const [starts] = await rows<{ total: bigint; first: bigint | null; last: bigint | null; sequence: bigint | null }>(
    connection,
    `SELECT count(*) AS total, epoch_ns(min(p.started)) AS first, epoch_ns(max(p.started)) AS last,
      min(p.sequence) AS sequence
    FROM process p WHERE ${condition.sql}`,
    condition.values,
  );
  const total = Number(starts?.total ?? 0);
  const page = await readTreePage(connection, condition, starts?.sequence ?? 0n, { ...part, limit });
  const { processes, truncated } = await readPage(context, page.locations);
  const events = await jsonRows<Answer<"job">["events"][number]>(
    connection,
    `SELECT e.kind, e.happened FROM job_event e WHERE ${eventCondition.sql} ORDER BY e.happened LIMIT ${MAX_JOB_EVENTS}`,
    eventCondition.values,
  );
  return {
    covers: spanOfStarts(starts),
    notes: total + events.length > 0 ? page.notes : await notesOnJob(context, id, selected),
    job: id,
    cluster,
    tasks,
    ancestors: page.ancestors,
    processes: processes.map((process) => ({ ...process, tree: page.placeOf(process.uuid) })),
    total,
    // A truncated answer holds fewer processes than the page.
    truncated: truncated || total > MAX_TREE_PROCESSES,
    events,
    next: page.next(processes.length),
  };
};

/** The same question with the job id in the path, for ids that are valid there. */
export const jobByPath: Question<"jobByPath"> = (context, input) => job(context, input);
