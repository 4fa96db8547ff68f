import type { Answer, Input } from "../../client/index.js";
import { likePattern } from "../../shared/glob.js";
import { cpuOf } from "../database/expressions.js";
import { jsonRows, type SqlFragment } from "../database/rows.js";
import { rankedUsage } from "./ignored.js";
import { type JobSets, jobSetsIn, jobsBy, PERIODS } from "./job-sets.js";
import { writeSelected } from "./matches.js";
import { notesOnNames, notesOnUse } from "./notes.js";
import { type Counted, type Page, pageOf, paginate } from "./pagination.js";
import { isSoftware, NAMED_PROGRAMS, PROGRAMS_OF_USED } from "./programs.js";
import type { Context, Question } from "./question.js";
import { parseSpan } from "./span.js";
import { usageNamed } from "./usage.js";

type Use = Answer<"software">["software"][number];
type Sums = Answer<"software">["total"];

const NOTHING: Sums = { runs: 0, cpuSeconds: null, ended: 0 };
const sumsOf = ({ runs, cpuSeconds, ended }: Sums): Sums => ({ runs, cpuSeconds, ended });

/** What software is ranked by: the sum of a column of usage, or a number of distinct values. */
const SUMMED = { runs: "processes", cpu: "cpu" } as const;
const isSummed = (by: SoftwareUse["by"]): by is keyof typeof SUMMED => by in SUMMED;
/** The newest of these have their sums in an answer. Clients claim when processes started, so there may be any number. */
const MAX_PERIODS = 1000;
/** How periods are written. */
const PERIOD_FORMATS = { all: "%Y", month: "%Y-%m", day: "%Y-%m-%d" } as const;

interface SoftwareUse {
  readonly by: keyof typeof SUMMED | "users" | "jobs";
  readonly period: keyof typeof PERIODS;
  readonly name?: string | undefined;
}

/**
 * Software by use, the most used first; with periods, the newest period first. Usage is summed up by program before it is
 * by name: grouping by texts is slow. All software has only what orders it counted, the page has the rest.
 *
 * @param used - a query for rows like those of `daily_usage`.
 */
export function softwareUse(
  { connection }: Context,
  used: SqlFragment,
  jobSets: JobSets,
  { by, period, name }: SoftwareUse,
  page: Page,
): Promise<Counted<Use>[]> {
  const periodOfDay = PERIODS[period]("u.day");
  const distinct = {
    users: (programs: string) => `
      SELECT period, software, count(DISTINCT user_name) AS users FROM (
        SELECT DISTINCT ${periodOfDay} AS period, u.program, u.user_name FROM used u
        WHERE u.program IN (SELECT program FROM ${programs})
      ) JOIN ${programs} USING (program) GROUP BY period, software`,
    jobs: (programs: string) => jobsBy(jobSets, "software", `JOIN ${programs} USING (program)`),
  };
  const join = (rows: string, name: string) =>
    `LEFT JOIN ${rows} ${name} ON ${name}.software = r.software AND ${name}.period IS NOT DISTINCT FROM r.period`;
  const rank = isSummed(by)
    ? "SELECT period, software, amount AS rank FROM amounts"
    : `SELECT r.period, r.software, c.${by} AS rank FROM amounts r ${join(`(${distinct[by]("wanted")})`, "c")}`;
  return jsonRows<Counted<Use>>(
    connection,
    `WITH used AS NOT MATERIALIZED (${used.sql}),
    per AS MATERIALIZED (
      SELECT ${periodOfDay} AS period, u.program, sum(u.${isSummed(by) ? SUMMED[by] : "processes"}) AS amount
      FROM used u GROUP BY ALL
    ),
    ${PROGRAMS_OF_USED}, ${NAMED_PROGRAMS}, ${wanted(name)},
    amounts AS MATERIALIZED (
      SELECT per.period, n.software, sum(per.amount) AS amount FROM per JOIN wanted n USING (program) GROUP BY ALL
    ),
    ranked AS MATERIALIZED (
      FROM (${rank}) ORDER BY period DESC NULLS LAST, rank DESC NULLS LAST, software LIMIT $limit OFFSET $offset
    ),
    shown AS MATERIALIZED (FROM wanted WHERE software IN (SELECT software FROM ranked)),
    sums AS (
      SELECT ${periodOfDay} AS period, n.software, min(n.source) AS source, sum(u.processes) AS runs, sum(u.ended) AS ended,
        sum(u.cpu) AS cpu, min(u.first_use) AS first_use, max(u.last_use) AS last_use
      FROM used u JOIN shown n USING (program) GROUP BY ALL
    )
    SELECT strftime(r.period, '${PERIOD_FORMATS[period]}') AS period, r.software, s.source, s.runs::BIGINT AS runs,
      coalesce(users.users, 0)::BIGINT AS users, coalesce(jobs.jobs, 0)::BIGINT AS jobs,
      CASE WHEN s.ended > 0 THEN s.cpu / 1000 END AS cpuSeconds, s.ended::BIGINT AS ended, s.first_use AS firstUse, s.last_use AS lastUse,
      (SELECT count(*) FROM amounts) AS rowCount
    FROM ranked r ${join("sums", "s")} ${join(`(${distinct.users("shown")})`, "users")} ${join(`(${distinct.jobs("shown")})`, "jobs")}
    ORDER BY r.period DESC NULLS LAST, r.rank DESC NULLS LAST, r.software`,
    { ...used.values, ...jobSets.values, ...page, value: likePattern(name ?? "") },
  );
}

/** What ran in each period, with all software or with that of one name, oldest first; nothing without periods. */
async function sumsByPeriod(
  { connection }: Context,
  used: SqlFragment,
  { period, name }: Omit<SoftwareUse, "by">,
): Promise<Answer<"software">["periods"]> {
  if (period === "all") return [];
  const named = `${PROGRAMS_OF_USED}, ${NAMED_PROGRAMS}, ${wanted(name)},`;
  const rows = await jsonRows<Answer<"software">["periods"][number]>(
    connection,
    `WITH used AS NOT MATERIALIZED (${used.sql}),
    per AS MATERIALIZED (
      SELECT ${PERIODS[period]("day")} AS period, program, sum(processes) AS runs, sum(ended) AS ended, sum(cpu) AS cpu
      FROM used GROUP BY ALL
    ),
    ${name === undefined ? "" : named}
    sums AS (FROM per ${name === undefined ? "" : "SEMI JOIN wanted USING (program)"})
    SELECT strftime(period, '${PERIOD_FORMATS[period]}') AS period, sum(runs)::BIGINT AS runs, ${cpuOf("sums")}
    FROM sums GROUP BY sums.period ORDER BY sums.period DESC LIMIT ${MAX_PERIODS}`,
    { ...used.values, ...(name !== undefined && { value: likePattern(name) }) },
  );
  return rows.reverse();
}

/** The table expression `wanted`: the named programs, or those of one name. */
const wanted = (name: string | undefined) =>
  `wanted AS NOT MATERIALIZED (FROM named ${name === undefined ? "" : `WHERE ${isSoftware("software")}`})`;

/** Notes on a list that is empty. */
async function notesOn(context: Context, { name, ...names }: Input<"software">): Promise<string[]> {
  const onNames = await notesOnNames(context, names);
  if (name === undefined) return onNames;
  const selection = { kind: "software", value: name } as const;
  const { findings } = await writeSelected(context, selection);
  return [...(await notesOnUse(context, selection, findings)), ...onNames];
}

export const software: Question<"software"> = async (context, input) => {
  const span = parseSpan(input);
  const page = pageOf(input);
  const { by = "runs", period = "all", name } = input;
  const { daily, ignored } = await rankedUsage(context, span);
  const used = usageNamed(daily, input);
  const jobSets = await jobSetsIn(context, span, input, period);
  const found = await softwareUse(context, used, jobSets, { by, period, name }, page);
  const [total = NOTHING, unnamed = NOTHING] = await jsonRows<Sums>(
    context.connection,
    `WITH used AS (${used.sql}),
    per AS MATERIALIZED (
      SELECT program, sum(processes) AS runs, sum(ended) AS ended, sum(cpu) AS cpu FROM used GROUP BY program
    ),
    ${PROGRAMS_OF_USED}, ${NAMED_PROGRAMS}, ${wanted(name)},
    sums AS MATERIALIZED (SELECT per.*, source = 'path' AS is_unnamed FROM per JOIN wanted USING (program))
    SELECT coalesce(sum(runs), 0)::BIGINT AS runs, ${cpuOf("sums")}, 1 AS place FROM sums
    UNION ALL SELECT coalesce(sum(runs), 0)::BIGINT, ${cpuOf("sums")}, 2 FROM sums WHERE is_unnamed ORDER BY place`,
    { ...used.values, value: likePattern(name ?? "") },
  );
  const periods = await sumsByPeriod(context, used, { period, name });
  const { rows: list, ...answer } = await paginate<Use>(found, page, () => notesOn(context, input));
  const sums = { total: sumsOf(total), unnamed: sumsOf(unnamed), periods };
  return { covers: span, ...answer, ignored, ...sums, software: list };
};
