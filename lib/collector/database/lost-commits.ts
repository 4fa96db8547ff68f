import { systemReason } from "../../files/file-errors.js";
import type { Commit } from "../shared/commit-record.js";
import { type Connection, isInterrupt } from "./engine.js";
import { jsonRow, jsonRows, rows } from "./rows.js";
import { FACT_TABLES } from "./schema.js";

/** What a store says about itself. */
export interface StoreCounts {
  readonly sequence: number;
  readonly records: number;
  /** Identity that the collector gave it; undefined for an empty store and for one of an earlier release. */
  readonly store: string | undefined;
  /** Time at which the store was copied, for a backup that no collector has opened since. */
  readonly copied: string | undefined;
}

export const STORE_ID = "store_id";
export const COPIED = "copied";

export async function countStore(connection: Connection): Promise<StoreCounts> {
  const meta = await rows<{ key: string; value: string }>(connection, "FROM meta");
  const setting = (name: string) => meta.find(({ key }) => key === name)?.value;
  const counts = FACT_TABLES.map((table) => `(SELECT count(*) FROM ${table})`).join(" + ");
  const { records } = await jsonRow<{ records: number }>(connection, `SELECT (${counts})::BIGINT AS records`);
  return {
    sequence: Number(setting("last_sequence") ?? 0),
    records,
    store: setting(STORE_ID),
    copied: setting(COPIED),
  };
}

/** Records that were committed and that a store lacks. Times in milliseconds since the epoch. */
export interface Missing {
  readonly firstSequence: number;
  readonly lastSequence: number;
  readonly records: number;
  readonly from: number | undefined;
  readonly until: number | undefined;
}

/** Compares a store with the record of its commits. Undefined when it has all that was committed. */
export async function missingRecords(
  connection: Connection,
  commits: readonly Commit[],
  counts: StoreCounts,
): Promise<Missing | undefined> {
  const latest = commits.at(-1);
  if (latest === undefined) return undefined;
  const isOther = counts.store !== undefined && counts.store !== latest.store;
  if (!isOther && counts.sequence >= latest.sequence) {
    // What was committed after the last entry adds to both.
    if (counts.records - latest.records === counts.sequence - latest.sequence) return undefined;
  }
  return isOther
    ? missingFromNothing(commits)
    : missingFrom(commits, await countIn(connection, commits, counts.sequence));
}

/** What a store without any of the commits lacks. */
export const missingFromNothing = (commits: readonly Commit[]): Missing | undefined => missingFrom(commits, []);

/** @param stored - numbers of stored records of each commit. */
function missingFrom(commits: readonly Commit[], stored: readonly number[]): Missing | undefined {
  const short = commits.flatMap((commit, index) => {
    const before = commits[index - 1];
    const records = commit.records - (before?.records ?? 0) - (stored[index] ?? 0);
    return records > 0 ? [{ commit, before, records }] : [];
  });
  const [first, last] = [short[0], short.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  return {
    firstSequence: (first.before?.sequence ?? 0) + 1,
    lastSequence: last.commit.sequence,
    records: short.reduce((sum, { records }) => sum + records, 0),
    // The oldest entry also stands for all commits before it.
    from: first.before === undefined || first.commit.first === 0 ? undefined : first.commit.first,
    until: last.commit.last === 0 ? undefined : last.commit.last,
  };
}

/** Numbers of the stored records of each commit; those of the first one include all before it. */
async function countIn(connection: Connection, commits: readonly Commit[], last: number): Promise<number[]> {
  const ranges = commits.map(({ sequence }, index) => `(${index}, ${commits[index - 1]?.sequence ?? 0}, ${sequence})`);
  const facts = FACT_TABLES.map((table) => `SELECT sequence FROM ${table}`).join(" UNION ALL ");
  try {
    const found = await jsonRows<{ index: number; records: number }>(
      connection,
      `SELECT r.index, count(*)::BIGINT AS records
      FROM (VALUES ${ranges.join(", ")}) r("index", low, high) JOIN (${facts}) f ON f.sequence > r.low AND f.sequence <= r.high
      GROUP BY ALL`,
    );
    const byIndex = new Map(found.map(({ index, records }) => [index, records]));
    return commits.map((_, index) => byIndex.get(index) ?? 0);
  } catch (error) {
    if (isInterrupt(error) || systemReason(error) !== undefined) throw error;
    // Damaged blocks: of what cannot be counted, everything up to the store's last sequence is taken to be there.
    return commits.map(({ sequence, records }, index) =>
      sequence <= last ? records - (commits[index - 1]?.records ?? 0) : 0,
    );
  }
}
