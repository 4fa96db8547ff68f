import { existsSync } from "node:fs";
import { OgrtError } from "../../errors.js";
import { systemReason } from "../../files/file-errors.js";
import { openInstance } from "../database/engine.js";
import {
  countStore,
  type Missing,
  missingFromNothing,
  missingRecords,
  type StoreCounts,
} from "../database/lost-commits.js";
import { requireVersion, versionOf } from "../database/migrate.js";
import { unreadableTables } from "../database/readable-tables.js";
import { type Commit, CommitRecord, commitRecordPath, readCommits } from "../shared/commit-record.js";
import { type Loss, Losses } from "../shared/losses.js";

/** A store compared with the record of its commits. */
export interface StoreCheck {
  /** Null when it was not read: a collector has it open, or it is missing. */
  readonly store: Pick<StoreCounts, "sequence" | "records"> | null;
  readonly isOpen: boolean;
  readonly recorded: Pick<Commit, "sequence" | "records"> | null;
  /** What the store lacks now; null when nothing. */
  readonly missing: Loss | null;
  /** What cannot be read of store and record. */
  readonly damage: readonly string[];
  /** Losses that the collector found at its starts. */
  readonly losses: readonly Loss[];
}

const EMPTY: StoreCounts = { sequence: 0, records: 0, store: undefined, copied: undefined };

/**
 * Reads the whole store and compares it with its record. While a collector runs it has the store to itself, and its own
 * check at the start counts.
 *
 * @param accept - accepts what is missing, so that the collector does not report it any more.
 * @throws {@link OgrtError} STORE_UNREADABLE or STORE_VERSION.
 */
export async function verifyStore(path: string, accept: boolean): Promise<StoreCheck> {
  const losses = new Losses(path);
  const { commits, problem } = readCommits(commitRecordPath(path));
  const latest = commits.at(-1);
  const damage = problem === undefined ? [] : [problem];
  const now = new Date().toISOString();
  const finish = (store: StoreCounts | null, missing: Loss | null, isOpen = false): StoreCheck => {
    if (accept && missing !== null && latest !== undefined) {
      losses.add(missing);
      acceptBaseline(path, latest, store);
    }
    if (accept) losses.accept(now);
    const recorded = latest === undefined ? null : { sequence: latest.sequence, records: latest.records };
    const counts = store && { sequence: store.sequence, records: store.records };
    return { store: counts, isOpen, recorded, missing, damage, losses: losses.all() };
  };
  const wholeLoss = () => {
    const missing = missingFromNothing(commits);
    return missing === undefined ? null : lossOf(missing, now);
  };
  if (!existsSync(path)) return finish(null, wholeLoss());
  try {
    const instance = await openInstance(path, "READ_ONLY");
    try {
      const connection = await instance.connect();
      if ((await versionOf(connection)) === 0) return finish(EMPTY, wholeLoss());
      await requireVersion(connection, path);
      damage.push(...(await unreadableTables(connection)));
      const store = await countStore(connection);
      const missing = await missingRecords(connection, commits, store);
      return finish(store, missing ? lossOf(missing, now) : null);
    } finally {
      instance.closeSync();
    }
  } catch (error) {
    if (!(error instanceof OgrtError)) throw error;
    if (error.code === "STORE_BUSY") return finish(null, null, true);
    if (error.code !== "STORE_UNREADABLE" || systemReason(error) !== undefined) throw error;
    damage.push(`${error.message}; the collector sets damaged files aside when it starts`);
    return finish(null, null);
  }
}

/** The record continues from what the store holds. */
function acceptBaseline(path: string, latest: Commit, counts: StoreCounts | null): void {
  CommitRecord.open(commitRecordPath(path)).add({
    sequence: Math.max(latest.sequence, counts?.sequence ?? 0),
    records: counts?.records ?? 0,
    first: 0,
    last: 0,
    store: counts?.store ?? latest.store,
    isBaseline: true,
  });
}

function lossOf({ from, until, ...missing }: Missing, found: string): Loss {
  const time = (milliseconds: number | undefined) =>
    milliseconds === undefined ? null : new Date(milliseconds).toISOString();
  const reason = "found by ogrt-query verify-store";
  return { ...missing, from: time(from), until: time(until), found, reason, kept: [], accepted: null };
}
