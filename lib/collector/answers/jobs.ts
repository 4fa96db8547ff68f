import type { Answer } from "../../client/index.js";
import { distinctList, isNamed } from "../database/expressions.js";
import { jsonRows, rows } from "../database/rows.js";
import { DEFAULT_PAGE_ROWS, pageOf, paginate } from "./pagination.js";
import { readRecords } from "./process-records.js";
import type { Question } from "./question.js";
import { parseSpan, spanOfStarts } from "./span.js";
import { MAX_LISTED_NAMES, usageIn } from "./usage.js";

/** Limits the start and end frames that an answer about a job lists. */
const MAX_JOB_EVENTS = 1000;

export const jobs: Question<"jobs"> = async (context, input) => {
  const span = parseSpan(input);
  const page = pageOf(input);
  const usage = await usageIn(context, span);
  const conditions = [
    "job IS NOT NULL",
    ...(input.user === undefined ? [] : [isNamed("user_name", "user")]),
    ...(input.host === undefined ? [] : [isNamed("host", "host")]),
  ];
  // Details are read for the jobs of the page only.
  const found = await jsonRows<Answer<"jobs">["jobs"][number]>(
    context.connection,
    `WITH used AS (FROM (${usage.sql}) WHERE ${conditions.join(" AND ")}),
    page AS (SELECT job, max(last_use) AS last FROM used GROUP BY job ORDER BY last DESC, job LIMIT $limit OFFSET $offset)
    SELECT j.value AS job, ${distinctList("u.value", MAX_LISTED_NAMES)} AS users,
      ${distinctList("h.value", MAX_LISTED_NAMES)} AS hosts, count(DISTINCT m.user_name) AS userCount,
      count(DISTINCT m.host) AS hostCount, count(DISTINCT m.program) AS programs, sum(m.processes)::BIGINT AS processes,
      sum(m.cpu) / 1000 AS cpuSeconds, min(m.first_use) AS firstUse, page.last AS lastUse
    FROM page JOIN used m USING (job) JOIN name j ON j.id = page.job
      LEFT JOIN name u ON u.id = m.user_name LEFT JOIN name h ON h.id = m.host
    GROUP BY page.job, j.value, page.last ORDER BY page.last DESC, page.job`,
    { ...usage.values, ...page, user: input.user ?? "", host: input.host ?? "" },
  );
  const { rows: list, next } = paginate(found, page);
  return { covers: span, jobs: list, next };
};

/** Covers the time from the job's first start to its last. */
export const job: Question<"job"> = async (context, { id, limit = DEFAULT_PAGE_ROWS, cursor }) => {
  const { connection } = context;
  const { offset } = pageOf({ cursor });
  const { processes, truncated } = await readRecords(context, {
    where: "WHERE p.job = $job",
    order: "p.started, p.sequence",
    values: { job: id, limit, offset },
  });
  const [starts] = await rows<{ total: bigint; first: bigint | null; last: bigint | null }>(
    connection,
    "SELECT count(*) AS total, epoch_ns(min(started)) AS first, epoch_ns(max(started)) AS last FROM process WHERE job = $id",
    { id },
  );
  const events = await jsonRows<Answer<"job">["events"][number]>(
    connection,
    `SELECT kind, happened FROM job_event WHERE job = $id ORDER BY happened LIMIT ${MAX_JOB_EVENTS}`,
    { id },
  );
  const total = Number(starts?.total ?? 0);
  // A truncated answer holds fewer processes than the page.
  const shown = offset + processes.length;
  return {
    covers: spanOfStarts(starts),
    job: id,
    processes,
    total,
    truncated,
    events,
    next: shown < total && processes.length > 0 ? `${shown}` : null,
  };
};

/** The same question with the job id in the path, for ids that are valid there. */
export const jobByPath: Question<"jobByPath"> = (context, input) => job(context, input);
