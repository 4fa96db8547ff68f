import type { Answer } from "../../client/index.js";
import { knownSince } from "../database/outages.js";
import { jsonRow, jsonRows, type SqlFragment } from "../database/rows.js";
import { isoTimeOrNull } from "../frames/json.js";
import { type Counted, pageOf, paginate } from "./pagination.js";
import type { Context, Question } from "./question.js";
import { parseSpan, type Span } from "./span.js";

type Outages = Pick<Answer<"overview">["completeness"], "outages" | "outageSeconds" | "watchedSince">;

/** A time before all others, in nanoseconds since the epoch. */
const FIRST_TIME = -(2n ** 62n);

const TOUCHING = `
  FROM outage
  WHERE epoch_ns(began) < $outagesTo AND (epoch_ns(ended) > $outagesFrom OR epoch_ns(began) >= $outagesFrom)`;

/** A query for the outages that touch a span, `low` to `high` in nanoseconds since the epoch, clipped to it. */
export function outagesOf({ now }: Context, { since, until }: Span): SqlFragment {
  return {
    sql: `SELECT greatest(epoch_ns(began), $outagesFrom::BIGINT) AS low, least(epoch_ns(ended), $outagesTo::BIGINT) AS high ${TOUCHING}`,
    values: { outagesFrom: since ?? FIRST_TIME, outagesTo: until === undefined || until > now ? now : until },
  };
}

/**
 * The seconds in the union of the intervals of a table `low` to `high`, as a query with one row for each value of a column,
 * or for all.
 */
export const unionSeconds = (table: string, by = "NULL"): string => `
  SELECT "by", count(*) AS outages, ceil(sum(greatest(0, high - greatest(low, coalesce(upto, low)))) / 1e9)::BIGINT AS seconds
  FROM (
    SELECT ${by} AS "by", low, high,
      max(high) OVER (PARTITION BY ${by} ORDER BY low, high ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS upto
    FROM ${table}
  ) GROUP BY "by"`;

/** How long there was no collector in a span; null for a span before the first start, about which nothing is known. */
export async function outagesIn(context: Context, span: Span): Promise<Outages> {
  const known = await knownSince(context.connection);
  const watchedSince = isoTimeOrNull(known ?? null);
  const { sql, values } = outagesOf(context, span);
  const isUnknown = known === undefined || (span.until !== undefined && span.until <= known);
  if (isUnknown) return { outages: null, outageSeconds: null, watchedSince };
  const found = await jsonRow<{ outages: number; seconds: number }>(
    context.connection,
    `WITH touching AS (${sql}), summed AS (${unionSeconds("touching")})
    SELECT coalesce(sum(outages), 0)::BIGINT AS outages, coalesce(sum(seconds), 0)::BIGINT AS seconds FROM summed`,
    values,
  );
  return { outages: found.outages, outageSeconds: found.seconds, watchedSince };
}

export const coverageOutages: Question<"coverageOutages"> = async (context, input) => {
  const span = parseSpan(input);
  const page = pageOf(input);
  const found = await jsonRows<Counted<Answer<"coverageOutages">["outages"][number]>>(
    context.connection,
    `SELECT began, ended, ceil((epoch_ns(ended) - epoch_ns(began)) / 1e9)::BIGINT AS seconds, how, count(*) OVER () AS rowCount ${TOUCHING}
    ORDER BY began DESC, ended DESC LIMIT $limit OFFSET $offset`,
    { ...outagesOf(context, span).values, ...page },
  );
  const { rows: outages, ...answer } = await paginate(found, page, () => ["no outage is known that touches this span"]);
  return { covers: span, ...answer, outages };
};
