import type { Connection } from "../engine.js";
import { jsonRow } from "../rows.js";

/** The rollup is compacted when its rows exceed those after the last compaction by this factor and this number. */
const COMPACTION_GROWTH = 1.5;
const COMPACTION_SPARE_ROWS = 100_000;

interface Growth {
  readonly now: number;
  readonly compact: number;
}

export const growthOf = (connection: Connection, table: string, noted: string): Promise<Growth> =>
  jsonRow(
    connection,
    `SELECT (SELECT count(*) FROM ${table}) AS now, coalesce((SELECT max(${noted}) FROM rollup_progress), 0)::BIGINT AS compact`,
  );

export const isDue = ({ now, compact }: Growth): boolean => now >= compact * COMPACTION_GROWTH + COMPACTION_SPARE_ROWS;
