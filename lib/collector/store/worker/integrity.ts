import { randomBytes } from "node:crypto";
import { statSync } from "node:fs";
import type { BatchFacts } from "../../database/batch.js";
import type { Connection } from "../../database/engine.js";
import {
  COPIED,
  countStore,
  type Missing,
  missingRecords,
  STORE_ID,
  type StoreCounts,
} from "../../database/lost-commits.js";
import { unreadableTables } from "../../database/readable-tables.js";
import { CommitRecord, commitRecordPath, type RecordedCommits, readCommits } from "../../shared/commit-record.js";
import { type Loss, Losses } from "../../shared/losses.js";
import type { StartFindings } from "../protocol.js";
import { salvage, setAside } from "./salvage.js";

/** A larger store is compared by its counts only; `ogrt-query verify-store` reads it whole. */
const MAX_BYTES_READ_AT_START = 256 * 1024 * 1024;

/** Compares the store with the record of its commits when it is opened first, and keeps the record from then on. */
export class Integrity {
  readonly #path: string;
  readonly #recorded: RecordedCommits;
  readonly #kept: readonly string[];
  readonly #reasons: readonly string[];
  #record: CommitRecord | undefined;
  #store = "";
  #records = 0;

  /**
   * Before the store is opened for writing: what is damaged is set aside, so that the engine neither removes it nor fails.
   *
   * @throws {@link OgrtError} STORE_BUSY, STORE_UNREADABLE or FILE_UNWRITABLE.
   */
  static async prepare(path: string): Promise<Integrity> {
    const recordPath = commitRecordPath(path);
    const recorded = readCommits(recordPath);
    const { kept, reasons } = await salvage(path, recorded.commits.at(-1));
    if (recorded.problem !== undefined) kept.push(setAside(recordPath));
    return new Integrity(path, recorded, kept, reasons);
  }

  private constructor(path: string, recorded: RecordedCommits, kept: readonly string[], reasons: readonly string[]) {
    this.#path = path;
    this.#recorded = recorded;
    this.#kept = kept;
    this.#reasons = reasons;
  }

  /** After the store was opened: says what it lacks, and begins to record. */
  async compare(connection: Connection): Promise<Omit<StartFindings, "migration">> {
    const { commits } = this.#recorded;
    const counts = await countStore(connection);
    // A store of an earlier release has neither an identity nor a record.
    const isUnrecorded = commits.length === 0 && counts.store !== undefined;
    const problem = this.#recorded.problem ?? (isUnrecorded ? "the record of commits is missing" : undefined);
    const missing = await missingRecords(connection, commits, counts);
    const loss = missing && this.#lossOf(missing, counts);
    if (loss !== undefined) new Losses(this.#path).add(loss);
    const latest = commits.at(-1);
    this.#store = counts.store ?? latest?.store ?? randomBytes(16).toString("hex");
    this.#records = counts.records;
    // The sequences of lost records are not given out again: outputs and readers have seen them.
    const sequence = Math.max(counts.sequence, latest?.sequence ?? 0);
    await connection.run(`INSERT OR REPLACE INTO meta VALUES ('${STORE_ID}', $1), ('last_sequence', $2)`, [
      this.#store,
      `${sequence}`,
    ]);
    await connection.run(`DELETE FROM meta WHERE "key" = '${COPIED}'`);
    this.#record = CommitRecord.open(commitRecordPath(this.#path));
    if (
      latest === undefined ||
      problem !== undefined ||
      latest.sequence !== sequence ||
      latest.records !== counts.records
    ) {
      this.#write(sequence, 0, 0, true);
    }
    const notes = [
      ...this.#reasons.map((reason) => `the store: ${reason}`),
      ...this.#kept.map((name) => `damaged, and kept: ${name}`),
      ...(problem === undefined ? [] : [`${problem}: what was acknowledged before cannot be checked fully`]),
    ];
    const isSmall = statSync(this.#path).size <= MAX_BYTES_READ_AT_START;
    const copied = counts.copied === undefined ? undefined : Date.parse(counts.copied);
    return { loss, notes, damage: isSmall ? await unreadableTables(connection) : [], copied };
  }

  /** Records a batch that is on disk, before it is acknowledged. */
  recordCommit({ records, sequence, first, last }: BatchFacts): void {
    if (records === 0) return;
    this.#records += records;
    try {
      this.#write(sequence, Math.max(0, Math.min(first, last)), Math.max(0, last), false);
    } catch (error) {
      this.#records -= records;
      throw error;
    }
  }

  /** Records that the store holds this number of records from now on, as after retention. */
  recordBaseline(records: number): void {
    this.#records = records;
    this.#write(this.#record?.latest?.sequence ?? 0, 0, 0, true);
  }

  #write(sequence: number, first: number, last: number, isBaseline: boolean): void {
    this.#record?.add({ sequence, records: this.#records, first, last, store: this.#store, isBaseline });
  }

  #lossOf({ from, until, ...missing }: Missing, counts: StoreCounts): Loss {
    const latest = this.#recorded.commits.at(-1);
    const isOther = counts.store !== undefined && counts.store !== latest?.store;
    const reasons = [
      ...this.#reasons,
      ...(counts.copied === undefined ? [] : [`a backup of ${counts.copied} was put in its place`]),
      ...(isOther ? ["another store was put in its place"] : []),
    ];
    const time = (milliseconds: number | undefined) =>
      milliseconds === undefined ? null : new Date(milliseconds).toISOString();
    return {
      ...missing,
      found: new Date().toISOString(),
      from: time(from),
      until: time(until),
      reason: reasons.join("; ") || "its log is missing, or an older copy was put in its place",
      kept: this.#kept,
      accepted: null,
    };
  }
}
