import type { Connection } from "../engine.js";
import { rows } from "../rows.js";
import { inTransaction } from "../transaction.js";
import { growthOf, isDue } from "./growth.js";
import { DAILY_SUMS, KEYS, SUMS } from "./usage.js";

/** Rows that are compacted at once, so that questions do not wait long. A day is never split. */
const COMPACTION_ROWS = 500_000;
const IN_DAYS = "day BETWEEN $first::DATE AND $last::DATE";

/** What compaction writes, and where the number of rows after the last one is noted. */
const COMPACTED = {
  usage: { sums: SUMS, noted: "compact_rows" },
  daily_usage: { sums: DAILY_SUMS, noted: "compact_daily_rows" },
} as const;
type CompactedTable = keyof typeof COMPACTED;

/** A range of days of a table, both inclusive, as DuckDB writes dates. */
export interface Days {
  readonly table: CompactedTable;
  readonly first: string;
  readonly last: string;
}

/**
 * Ranges of days to compact, each small enough for one transaction. There are none until a table has grown by half since its
 * last compaction, which keeps the work in proportion to what was stored.
 */
export async function daysToCompact(connection: Connection): Promise<Days[]> {
  for (const table of Object.keys(COMPACTED) as CompactedTable[]) {
    const found = await growthOf(connection, table, COMPACTED[table].noted);
    if (!isDue(found)) continue;
    return rows<Days>(
      connection,
      `WITH days AS (SELECT day, count(*) AS n FROM ${table} GROUP BY day),
      grouped AS (SELECT day, (sum(n) OVER (ORDER BY day) - n) // ${COMPACTION_ROWS} AS part FROM days)
      SELECT '${table}' AS "table", min(day)::VARCHAR AS first, max(day)::VARCHAR AS last FROM grouped GROUP BY part ORDER BY part`,
    );
  }
  return [];
}

/** Merges rows with the same key, which arise when later steps add processes or ends. */
export async function compactDays(connection: Connection, { table, ...days }: Days): Promise<void> {
  const key = KEYS[table];
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE compact AS
    SELECT ${key}, ${COMPACTED[table].sums} FROM ${table} WHERE ${IN_DAYS} GROUP BY ${key} ORDER BY program, objects, day`,
    days,
  );
  await inTransaction(connection, async () => {
    await connection.run(
      `DELETE FROM ${table} WHERE ${IN_DAYS} AND (SELECT count(*) FROM compact) < (SELECT count(*) FROM ${table} WHERE ${IN_DAYS})`,
      days,
    );
    await connection.run(`INSERT INTO ${table} FROM compact WHERE NOT EXISTS (FROM ${table} WHERE ${IN_DAYS})`, days);
  });
  await connection.run("DROP TABLE compact");
}

/** Notes the number of rows after a compaction, from which the next one is due. */
export async function noteCompact(connection: Connection, table: CompactedTable): Promise<void> {
  await connection.run(`UPDATE rollup_progress SET ${COMPACTED[table].noted} = (SELECT count(*) FROM ${table})`);
}
