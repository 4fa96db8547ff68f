import type { Input } from "../../client/index.js";
import { jsonRow, type SqlFragment } from "../database/rows.js";
import { MAX_DISORDER_SEQUENCES } from "../database/schema.js";
import type { Context } from "./question.js";
import { DAY_NS, type Span, startedIn } from "./span.js";

/* What selects processes besides their names: whether they ended, and whether their program has a stamp. */

type Filters = Pick<Input<"processes">, "state" | "stamp">;

/** Ends are looked for as far back as this, unless a question names its start. */
const RUNNING_DAYS = 30n;

/** A question about what runs reads the ends since its first process: it covers some days unless it says since when. */
export function spanOfState(span: Span, { state }: Filters, now: bigint): Span {
  if (state === undefined || span.since !== undefined) return span;
  const end = span.until !== undefined && span.until < now ? span.until : now;
  return { ...span, since: end - RUNNING_DAYS * DAY_NS };
}

/** The conditions on a process `p` of the span. */
export async function filterProcesses(
  { connection }: Context,
  { state, stamp }: Filters,
  span: Span,
): Promise<SqlFragment[]> {
  const filters: SqlFragment[] = [];
  if (stamp !== undefined) filters.push({ sql: STAMPS[stamp], values: {} });
  if (state !== undefined) {
    const started = startedIn(span);
    const { first } = await jsonRow<{ first: number | null }>(
      connection,
      `SELECT min(p.sequence)::BIGINT AS first FROM process p WHERE ${started.sql}`,
      started.values,
    );
    filters.push({
      sql: `p.uuid ${state === "running" ? "NOT IN" : "IN"} (
        SELECT uuid FROM process_end WHERE part = 0 AND sequence > $firstEnd::BIGINT
      )`,
      values: { firstEnd: (first ?? 0) - MAX_DISORDER_SEQUENCES },
    });
  }
  return filters;
}

const STAMPED = "SELECT f.id FROM finding f JOIN object o ON o.id = f.object WHERE len(o.signatures) > 0";
const STAMPS = { some: `p.program IN (${STAMPED})`, none: `p.program NOT IN (${STAMPED})` } as const;
