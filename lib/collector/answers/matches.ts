import { joinAmendments, LAST_OBJECTS, laterLists } from "../database/amendments.js";
import { isSameJob } from "../database/expressions.js";
import { execute, jsonRow, rows, type SqlFragment } from "../database/rows.js";
import { jobSetsIn } from "./job-sets.js";
import { notesOnUse } from "./notes.js";
import type { Context } from "./question.js";
import { type Selection, type SelectionInput, selectionOf, selects } from "./selection.js";
import { parseSpan, type Span, startedIn } from "./span.js";
import { USAGE_COLUMNS, usageIn, writeUsage } from "./usage.js";

/*
 * Matches: the findings that a question is about. They are written to temporary tables of the connection, which answers one
 * question at a time.
 */

export interface Matches {
  /** Number of findings. */
  readonly findings: number;
  /** True when a process loaded a match after its start, or reported one in a later frame. */
  readonly hasLater: boolean;
  /**
   * The condition that a process `p` used a match. It reads the verdicts with which a record was stored: amendments change
   * the verdicts on objects, so only matches by verdict need them.
   */
  readonly condition: string;
}

/**
 * Writes the findings that a query selects to `matched_finding`, the lists that hold one of them to `matched_list`, and to
 * `matched_later` those lists that belong to an end or a later frame, with the process.
 */
export async function writeMatches({ connection }: Context, { sql, values }: SqlFragment): Promise<Matches> {
  const found = await rows<{ id: number }>(connection, sql, values);
  await execute(connection, "CREATE OR REPLACE TEMP TABLE matched_finding (id INTEGER)");
  const appender = await connection.createAppender("matched_finding", "main", "temp");
  for (const { id } of found) {
    appender.appendInteger(id);
    appender.endRow();
  }
  appender.closeSync();
  await execute(
    connection,
    `CREATE OR REPLACE TEMP TABLE matched_list AS
    SELECT DISTINCT list FROM object_list WHERE finding IN (SELECT id FROM matched_finding)`,
  );
  await execute(
    connection,
    `CREATE OR REPLACE TEMP TABLE matched_later AS ${laterLists("objects IN (SELECT list FROM matched_list)")}`,
  );
  const later = await jsonRow<{ lists: number }>(connection, "SELECT count(*) AS lists FROM matched_later");
  const hasLater = later.lists > 0;
  const orLater = hasLater ? " OR p.uuid IN (SELECT uuid FROM matched_later)" : "";
  return { findings: found.length, hasLater, condition: `(${AT_START}${orLater})` };
}

const AT_START = "p.program IN (SELECT id FROM matched_finding) OR p.objects IN (SELECT list FROM matched_list)";

/** Writes the findings on the selected objects. */
export function writeSelected(context: Context, selection: Selection): Promise<Matches> {
  const { sql, values } = selects(selection);
  return writeMatches(context, {
    sql: `SELECT f.id FROM finding f JOIN object o ON o.id = f.object WHERE ${sql}`,
    values,
  });
}

/**
 * Writes `later_use`: a row for each process that started in the span and each match that it loaded later, unless the match
 * is in the first list of the process as well.
 */
export async function writeLaterUse({ connection }: Context, span: Span): Promise<void> {
  const started = startedIn(span);
  await execute(
    connection,
    `CREATE OR REPLACE TEMP TABLE later_use AS
    WITH loaded AS (
      SELECT p.uuid, m.objects AS later, ${LAST_OBJECTS} AS objects, p.job, p.cluster, p.array_job, p.array_task, p.user_name, p.started
      FROM matched_later m JOIN process p ON p.uuid = m.uuid ${joinAmendments("uuid IN (SELECT uuid FROM matched_later)")}
      WHERE ${started.sql}
    ),
    member AS (SELECT DISTINCT list, finding FROM object_list WHERE finding IN (SELECT id FROM matched_finding)),
    used AS (
      SELECT DISTINCT l.uuid, m.finding, l.job, l.cluster, l.array_job, l.array_task, l.user_name, l.started FROM loaded l JOIN member m ON m.list = l.later
        ANTI JOIN member s ON s.list = l.objects AND s.finding = m.finding
    )
    SELECT t.finding, j.id AS job, u.id AS user_name, t.started FROM used t
      LEFT JOIN job_identity j ON ${isSameJob("j", "t")} LEFT JOIN name u ON u.value = t.user_name`,
    started.values,
  );
}

export interface SelectedUse {
  readonly selection: Selection;
  readonly span: Span;
  /** Queries for rows like those of `usage` and `daily_usage`: the processes that used the selection. */
  readonly usage: SqlFragment;
  readonly daily: SqlFragment;
  /** A query for the jobs that used the selection: `job`, and a time `first` before which none of them used it last. */
  readonly jobs: () => Promise<SqlFragment>;
  /** Notes on a selection that no process of the span used. */
  readonly notesIfUnused: () => Promise<string[]>;
}

/** Writes the matches of a selection, and finds their use in a span. */
export async function selectUse(
  context: Context,
  input: SelectionInput & { readonly since?: string | undefined; readonly until?: string | undefined },
): Promise<SelectedUse> {
  const selection = selectionOf(input);
  const span = parseSpan(input);
  const { findings, hasLater } = await writeSelected(context, selection);
  const started = startedIn(span);
  const later = `SELECT p.* FROM process p WHERE p.uuid IN (SELECT uuid FROM matched_later) AND ${started.sql}
    AND p.program NOT IN (SELECT id FROM matched_finding) AND p.objects NOT IN (SELECT list FROM matched_list)`;
  if (hasLater) await writeUsage(context, "later_usage", { sql: later, values: started.values });
  const matching = async (table: keyof typeof USAGE_COLUMNS): Promise<SqlFragment> => {
    const { sql, values } = await usageIn(context, span, table);
    const later = hasLater ? `UNION ALL SELECT ${USAGE_COLUMNS[table]} FROM later_usage` : "";
    return { sql: `FROM (${sql}) WHERE ${IS_MATCH} ${later}`, values };
  };
  return {
    selection,
    span,
    usage: await matching("usage"),
    daily: await matching("daily_usage"),
    jobs: () => matchingJobs(context, span, hasLater),
    notesIfUnused: () => notesOnUse(context, selection, findings),
  };
}

/** The condition that a row of usage, or a program of a set, is a match. */
const IS_MATCH = "(program IN (SELECT id FROM matched_finding) OR objects IN (SELECT list FROM matched_list))";

async function matchingJobs(context: Context, span: Span, hasLater: boolean): Promise<SqlFragment> {
  const { jobs, members, values } = await jobSetsIn(context, span, {});
  const matched = `SELECT job, first FROM (${jobs}) WHERE set_id IN (SELECT set_id FROM (${members}) WHERE ${IS_MATCH})`;
  if (!hasLater) return { sql: matched, values };
  const later = "SELECT job, max(last_use) AS first FROM later_usage WHERE job IS NOT NULL GROUP BY job";
  return { sql: `SELECT job, max(first) AS first FROM (${matched} UNION ALL ${later}) GROUP BY job`, values };
}
