import type { EngineValue } from "../database/engine.js";
import { assemble, summarize } from "./assemble.js";
import { coverageOf } from "./completeness.js";
import { nameProcess, nameSummary } from "./names.js";
import { place } from "./page.js";
import type { Context, Question } from "./question.js";
import { select, selectionOf } from "./selection.js";
import { parseSpan, type Span } from "./span.js";
import { startedIn } from "./usage.js";

const DEFAULT_LIMIT = 100;

/** A page of processes, last received first. When one says that it started is a claim. */
async function newest(
  context: Context,
  conditions: readonly string[],
  values: Record<string, EngineValue>,
  input: { readonly limit?: number | undefined; readonly cursor?: string | undefined },
  span: Span,
) {
  const { limit = DEFAULT_LIMIT } = input;
  const before = place(input.cursor);
  const started = startedIn(span);
  const all = [...conditions, started.sql, ...(before === undefined ? [] : ["p.sequence < $before::BIGINT"])];
  const { processes, truncated } = await summarize(context.connection, {
    where: `WHERE ${all.join(" AND ")}`,
    order: "p.sequence DESC",
    values: { ...values, ...started.values, limit, before: before ?? 0n },
  });
  const isWhole = processes.length < limit && !truncated;
  const last = processes.at(-1);
  return {
    processes: processes.map(({ sequence: _, ...process }) => nameSummary(process, context.naming)),
    truncated,
    next: isWhole || last === undefined ? null : `${last.sequence}`,
  };
}

export const processes: Question<"processes"> = async (context, input) => {
  const span = parseSpan(input);
  const wanted = { job: input.job, user_name: input.user, host: input.host };
  const given = Object.entries(wanted).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const conditions = given.map(([column]) => `p.${column} = $${column}`);
  const found = await newest(context, conditions, Object.fromEntries(given), input, span);
  return { ...(await coverageOf(context, span)), ...found };
};

export const affectedProcesses: Question<"affectedProcesses"> = async (context, input) => {
  const span = parseSpan(input);
  const { condition } = await select(context, selectionOf(input));
  const found = await newest(context, [condition], {}, input, span);
  return { ...(await coverageOf(context, span)), ...found };
};

/** One process. The span is that process's own day or more: what is known of its time. */
export const process: Question<"process"> = async (context, { uuid }) => {
  const { processes: found, truncated } = await assemble(context.connection, {
    where: "WHERE p.uuid = TRY_CAST($uuid AS UUID)",
    order: "p.sequence",
    values: { uuid, limit: 1 },
  });
  const [one] = found;
  const span = one === undefined ? {} : { since: one.started.slice(0, 10) };
  return {
    ...(await coverageOf(context, parseSpan(span))),
    process: one === undefined ? null : nameProcess(one, context.naming),
    truncated,
  };
};
