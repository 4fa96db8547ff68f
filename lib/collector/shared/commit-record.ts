import { createHash } from "node:crypto";
import { closeSync, constants, fsyncSync, openSync, renameSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { readOwn } from "../../files/read-own.js";
import { syncDirectory } from "./sync-directory.js";

/*
 * The record of commits, a file beside the store: what was acknowledged, written after each commit and before its
 * acknowledgement. It tells at the next start, or after a restore, what the store lacks. It is a ring of slots, so that its
 * size is bounded and a torn write destroys at most the oldest entry.
 */

/** A commit, and the store after it. */
export interface Commit {
  /** Rises by one with every entry. */
  readonly number: number;
  /** The last sequence that was given out. */
  readonly sequence: number;
  /** Records in the store. */
  readonly records: number;
  /** When the records of the commit were received, in milliseconds since the epoch; 0 in a baseline. */
  readonly first: number;
  readonly last: number;
  /** Identity of the store, 32 hexadecimal digits. */
  readonly store: string;
  /** Begins the record anew: what older entries say does not hold any more, as after retention. */
  readonly isBaseline: boolean;
}

export type NewCommit = Omit<Commit, "number">;

/** Commits of more than an hour under load, and far more than a log that was not moved into the store yet. */
export const MAX_RECORDED_COMMITS = 4096;
const SLOT_BYTES = 64;
const FILE_BYTES = MAX_RECORDED_COMMITS * SLOT_BYTES;
const CHECKED_BYTES = 60;
/** A slot: mark, five 64-bit numbers, the store's identity and a checksum, little-endian. */
const MARKS = { commit: 0x4352474f, baseline: 0x4252474f };

export const commitRecordPath = (store: string): string => `${store}.commits`;

export interface RecordedCommits {
  /** Since the last baseline, in order. */
  readonly commits: readonly Commit[];
  /** Why they may not be all; undefined when they are. */
  readonly problem: string | undefined;
}

/** The commits in a record. A missing record has none. */
export function readCommits(path: string): RecordedCommits {
  let bytes: Buffer;
  try {
    // One byte more shows that the file is longer.
    bytes = readOwn(path, FILE_BYTES + 1);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return { commits: [], problem: undefined };
    throw error;
  }
  const found: Commit[] = [];
  const unreadable: number[] = [];
  for (let index = 0; (index + 1) * SLOT_BYTES <= Math.min(bytes.length, FILE_BYTES); index++) {
    const slot = bytes.subarray(index * SLOT_BYTES, (index + 1) * SLOT_BYTES);
    const commit = decode(slot);
    if (commit !== undefined && commit.number % MAX_RECORDED_COMMITS === index) found.push(commit);
    else if (slot.some((byte) => byte !== 0)) unreadable.push(index);
  }
  found.sort((a, b) => a.number - b.number);
  // A write that a crash cut short was not acknowledged.
  const next = ((found.at(-1)?.number ?? -1) + 1) % MAX_RECORDED_COMMITS;
  const isWhole =
    bytes.length === FILE_BYTES &&
    unreadable.every((index) => index === next) &&
    found.every(({ number }, index) => number === (found[0]?.number ?? 0) + index);
  const baseline = found.findLastIndex(({ isBaseline }) => isBaseline);
  return {
    commits: found.slice(Math.max(0, baseline)),
    problem: isWhole ? undefined : `the record of commits is damaged; ${found.length} of its entries can be read`,
  };
}

/** An open record. Its descriptor stays open as long as the thread. */
export class CommitRecord {
  readonly #descriptor: number;
  #next: number;
  #latest: Commit | undefined;

  /** Opens a record, or makes a new one. */
  static open(path: string): CommitRecord {
    const { commits } = readCommits(path);
    let descriptor: number;
    try {
      descriptor = openSync(path, constants.O_RDWR | constants.O_DSYNC);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
      create(path);
      descriptor = openSync(path, constants.O_RDWR | constants.O_DSYNC);
    }
    return new CommitRecord(descriptor, commits.at(-1));
  }

  private constructor(descriptor: number, latest: Commit | undefined) {
    this.#descriptor = descriptor;
    this.#latest = latest;
    this.#next = (latest?.number ?? -1) + 1;
  }

  get latest(): Commit | undefined {
    return this.#latest;
  }

  /** Adds an entry, which is on disk when this returns. */
  add(entry: NewCommit): void {
    const commit = { ...entry, number: this.#next };
    const slot = encode(commit);
    const at = (commit.number % MAX_RECORDED_COMMITS) * SLOT_BYTES;
    const written = writeSync(this.#descriptor, slot, 0, SLOT_BYTES, at);
    if (written < SLOT_BYTES) throw Object.assign(new Error("a write was cut short"), { code: "ENOSPC" });
    this.#next++;
    this.#latest = commit;
  }
}

/** All slots at once, so that later writes need no room and change no metadata. */
function create(path: string): void {
  const temporary = `${path}.new`;
  const descriptor = openSync(temporary, "w", 0o600);
  try {
    writeFileSync(descriptor, Buffer.alloc(FILE_BYTES));
    fsyncSync(descriptor);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
  renameSync(temporary, path);
  syncDirectory(dirname(path));
}

function encode({ number, sequence, records, first, last, store, isBaseline }: Commit): Buffer {
  const slot = Buffer.alloc(SLOT_BYTES);
  slot.writeUInt32LE(isBaseline ? MARKS.baseline : MARKS.commit, 0);
  for (const [index, value] of [number, sequence, records, first, last].entries()) {
    slot.writeBigUInt64LE(BigInt(value), 4 + 8 * index);
  }
  slot.write(store, 44, 16, "hex");
  checksum(slot).copy(slot, CHECKED_BYTES);
  return slot;
}

function decode(slot: Buffer): Commit | undefined {
  const mark = slot.readUInt32LE(0);
  if (mark !== MARKS.commit && mark !== MARKS.baseline) return undefined;
  if (!checksum(slot).equals(slot.subarray(CHECKED_BYTES))) return undefined;
  const integer = (index: number) => Number(slot.readBigUInt64LE(4 + 8 * index));
  return {
    number: integer(0),
    sequence: integer(1),
    records: integer(2),
    first: integer(3),
    last: integer(4),
    store: slot.toString("hex", 44, 60),
    isBaseline: mark === MARKS.baseline,
  };
}

const checksum = (slot: Buffer): Buffer =>
  createHash("sha256")
    .update(slot.subarray(0, CHECKED_BYTES))
    .digest()
    .subarray(0, SLOT_BYTES - CHECKED_BYTES);
