import type { Answer } from "../../client/index.js";
import { sumOf } from "../../shared/sum.js";
import { featuresOf, lossesOf } from "../database/agent-runs.js";
import { jsonRows } from "../database/rows.js";
import { SILENT_AFTER_MS } from "../frames/agent-run.js";
import { type Counted, pageOf, paginate } from "./pagination.js";
import type { Question } from "./question.js";
import { parseSpan } from "./span.js";

type Node = Answer<"coverageNodes">["nodes"][number];
type NodeRow = Omit<Node, "features" | "lost" | "lostInAll" | "isSilent"> & {
  features: string;
  lost: readonly string[];
};

/** A time after all others, in nanoseconds since the epoch. */
const LAST_TIME = 2n ** 62n;

/** Nodes with an agent, the one that has been silent longest first. */
export const coverageNodes: Question<"coverageNodes"> = async (context, input) => {
  const span = parseSpan(input);
  const page = pageOf(input);
  const found = await jsonRows<Counted<NodeRow>>(
    context.connection,
    `WITH runs AS (
      SELECT *, max(last_seen) OVER (PARTITION BY node ORDER BY began, last_seen ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
      FROM agent_run
      WHERE epoch_ns(began) < $until::BIGINT AND epoch_ns(last_seen) >= $since::BIGINT AND ($host IS NULL OR node = $host)
    ),
    nodes AS (
      SELECT node AS host, count(*) AS runs, min(began) AS since, max(last_seen) AS lastSeen,
        arg_max(version, last_seen) AS version, arg_max(kernel, last_seen) AS kernel, arg_max(features, last_seen) AS features,
        arg_max(spooled_records, last_seen) AS spooledRecords, arg_max(spooled_bytes, last_seen) AS spooledBytes,
        list(lost) AS lost,
        coalesce(sum(greatest(0, epoch_ns(began) - epoch_ns(before))), 0) AS absent
      FROM runs GROUP BY node
    )
    SELECT host, version, kernel, features, since, lastSeen, runs,
      greatest(0, ($now::BIGINT - epoch_ns(lastSeen)) // 1000000000)::BIGINT AS silentSeconds,
      ceil(absent / 1e9)::BIGINT AS absentSeconds, spooledRecords, spooledBytes, lost, count(*) OVER () AS rowCount
    FROM nodes ORDER BY lastSeen, host LIMIT $limit OFFSET $offset`,
    { since: span.since ?? 0n, until: span.until ?? LAST_TIME, now: context.now, host: input.host ?? null, ...page },
  );
  const nodes = found.map((row) => {
    const lost = totals(row.lost.map(lossesOf));
    const isSilent = row.silentSeconds * 1000 > SILENT_AFTER_MS;
    return { ...row, features: featuresOf(row.features), isSilent, lost, lostInAll: sumOf(lost) };
  });
  const { rows, ...answer } = await paginate<Node>(nodes, page, () => ["no agent gave a sign of life in this span"]);
  return { covers: span, ...answer, nodes: rows };
};

/** The losses of several runs. Reasons without a loss are left out. */
function totals(losses: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const lost of losses) {
    for (const [reason, count] of Object.entries(lost)) if (count > 0) sums[reason] = (sums[reason] ?? 0) + count;
  }
  return sums;
}
