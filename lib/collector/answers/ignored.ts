import type { Answer } from "../../client/index.js";
import { matchesAny } from "../../shared/glob.js";
import { execute, jsonRow, type SqlFragment } from "../database/rows.js";
import type { Context } from "./question.js";
import type { AnswerSettings } from "./settings.js";
import type { Span } from "./span.js";
import { usageIn } from "./usage.js";

/*
 * The rule `answers.ignored-programs`: what OGRT itself and the scripts of a scheduler add to every job is left out of rankings
 * and of what is odd. Records keep all of it, and so do questions about one job or one file.
 */

type Ignored = Answer<"software">["ignored"];

/** The condition that the rule ignores a path. One through `..` may lead anywhere, so the rule ignores none of those. */
export function isIgnored(path: string, { ignoredPrograms }: AnswerSettings): SqlFragment {
  const { sql, values } = matchesAny(path, ignoredPrograms, "ignored");
  return { sql: `(${sql} AND NOT contains(${path}, '/../'))`, values };
}

/** Usage in a span without that of ignored programs, as rows of both tables, and what the answer says about these. */
export async function rankedUsage(
  context: Context,
  span: Span,
): Promise<{ readonly usage: SqlFragment; readonly daily: SqlFragment; readonly ignored: Ignored }> {
  const { connection, settings } = context;
  const usage = await usageIn(context, span);
  const daily = await usageIn(context, span, "daily_usage");
  const rule = isIgnored("o.path", settings);
  await execute(
    connection,
    `CREATE OR REPLACE TEMP TABLE ignored_program AS
    SELECT f.id FROM finding f JOIN object o ON o.id = f.object WHERE ${rule.sql}`,
    rule.values,
  );
  const { processes } = await jsonRow<{ processes: number }>(
    connection,
    `SELECT coalesce(sum(processes), 0)::BIGINT AS processes FROM (${daily.sql}) WHERE program IN (FROM ignored_program)`,
    daily.values,
  );
  const ranked = ({ sql, values }: SqlFragment) => ({
    sql: `FROM (${sql}) WHERE program NOT IN (FROM ignored_program)`,
    values,
  });
  return {
    usage: ranked(usage),
    daily: ranked(daily),
    ignored: { patterns: settings.ignoredPrograms, processes },
  };
}
