import type { SqlFragment } from "../database/rows.js";
import { writeSelected } from "./matches.js";
import { DEFAULT_PAGE_ROWS, type PageInput, parseCursor } from "./pagination.js";
import { readRecords } from "./process-records.js";
import { readSummaries } from "./process-summaries.js";
import type { Context, Question } from "./question.js";
import { selectionOf } from "./selection.js";
import { parseSpan, type Span, startedIn } from "./span.js";

/** A page of processes, the last received first. Sequences give the order, because the start is only a claim. */
async function newest(
  context: Context,
  { sql, values }: SqlFragment,
  { limit = DEFAULT_PAGE_ROWS, cursor }: PageInput,
  span: Span,
) {
  const before = parseCursor(cursor);
  const started = startedIn(span);
  const conditions = [sql, started.sql, ...(before === undefined ? [] : ["p.sequence < $before::BIGINT"])];
  const { processes, lastSequence, truncated } = await readSummaries(context, {
    where: `WHERE ${conditions.join(" AND ")}`,
    order: "p.sequence DESC",
    values: { ...values, ...started.values, limit, before: before ?? 0n },
  });
  const isLast = (processes.length < limit && !truncated) || lastSequence === undefined;
  return { processes, truncated, next: isLast ? null : `${lastSequence}` };
}

export const processes: Question<"processes"> = async (context, input) => {
  const span = parseSpan(input);
  const filters = Object.entries({ job: input.job, user_name: input.user, host: input.host });
  const given = filters.filter((entry): entry is [string, string] => entry[1] !== undefined);
  const sql = given.map(([column]) => `p.${column} = $${column}`).join(" AND ") || "true";
  return { covers: span, ...(await newest(context, { sql, values: Object.fromEntries(given) }, input, span)) };
};

export const affectedProcesses: Question<"affectedProcesses"> = async (context, input) => {
  const span = parseSpan(input);
  const { condition } = await writeSelected(context, selectionOf(input));
  return { covers: span, ...(await newest(context, { sql: condition, values: {} }, input, span)) };
};

/** Covers the time since the day on which the process started. */
export const process: Question<"process"> = async (context, { uuid }) => {
  const { processes: found, truncated } = await readRecords(context, {
    where: "WHERE p.uuid = TRY_CAST($uuid AS UUID)",
    order: "p.sequence",
    values: { uuid, limit: 1 },
  });
  const [one = null] = found;
  return { covers: parseSpan({ since: one?.started.slice(0, 10) }), process: one, truncated };
};
