import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Batch } from "../../../lib/collector/database/batch.js";
import { verifyStore } from "../../../lib/collector/query-target/verify-store.js";
import { CommitRecord, MAX_RECORDED_COMMITS, readCommits } from "../../../lib/collector/shared/commit-record.js";
import { Losses } from "../../../lib/collector/shared/losses.js";
import { Appends } from "../../../lib/collector/store/worker/appends.js";
import { Copies } from "../../../lib/collector/store/worker/copies.js";
import { StoreFile } from "../../../lib/collector/store/worker/store-file.js";
import { jobEvents } from "../../support/batch.js";
import { temporaryFolder } from "../../support/folder.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const COMMITS = 20;
const RECORDS = 100;
const START_MS = Date.UTC(2026, 0, 1);
const secondOf = (commit: number) => new Date(START_MS + commit * 1000).toISOString();

/** Commit number n, from 1: a hundred job events that were received in second n. */
function batch(number: number): Promise<Batch> {
  const events = Array.from({ length: RECORDS }, (_, index) => ({
    job: `${number}.${index} ${"x".repeat(40)}`,
    receivedAt: START_MS + number * 1000,
  }));
  return jobEvents(events, (number - 1) * RECORDS);
}

async function commit(file: StoreFile, from: number, to: number): Promise<void> {
  const appends = new Appends(file);
  for (let number = from; number <= to; number++) await appends.append(await batch(number), number);
}

let crashes = 0;
/** The files of the present case. */
let name = "";

/** Copies the files of a store that may be open, as a crash would leave them, and returns the name of the copy. */
function crash(directory: string): string {
  const name = `crash${crashes++}`;
  cpSync(at(directory), at(name), { recursive: true });
  return name;
}

/** Starts on the files of a case. */
async function start(name: string) {
  const file = new StoreFile(at(`${name}/s`));
  const { maintenance } = await file.open();
  const found = await maintenance.runAndReadAll("SELECT count(*), coalesce(max(sequence), 0) FROM job_event");
  const [records, sequence] = (found.getRowsJson()[0] as string[]).map(Number);
  return { file, records, sequence, ...file.findings };
}

const change = (path: string, offset: number, edit: (byte: number) => number) => {
  const bytes = readFileSync(path);
  bytes[offset] = edit(bytes[offset] as number);
  writeFileSync(path, bytes);
};
const flip = (path: string, offset: number) => change(path, offset, (byte) => byte ^ 0xff);
const kept = (name: string) => readdirSync(at(name)).filter((file) => file.includes(".damaged-"));

/** Copies to damage. */
const cases = { log: "", both: "", foreign: "" };

beforeAll(async () => {
  for (const name of ["live", "later", "other"]) mkdirSync(at(name));
  // Everything stands in the log.
  const live = new StoreFile(at("live/s"));
  await commit(live, 1, COMMITS);
  cases.log = crash("live");
  await new Copies(live).backup(at("live/backup.duckdb"));
  copyFileSync(at("live/backup.duckdb"), at("backup.duckdb"));
  rmSync(at("live/backup.duckdb"));
  // The first half stands in the store, the second in the log.
  const later = new StoreFile(at("later/s"));
  await commit(later, 1, COMMITS / 2);
  await (await later.open()).maintenance.run("CHECKPOINT");
  copyFileSync(at("later/s"), at("half.duckdb"));
  await commit(later, COMMITS / 2 + 1, COMMITS);
  cases.both = crash("later");
  const other = new StoreFile(at("other/s"));
  await commit(other, 1, 3);
  cases.foreign = crash("other");
});

describe("what was acknowledged and is not in the store any more is said at the start", () => {
  const ALL = COMMITS * RECORDS;
  const middle = (path: string) => Math.floor(statSync(path).size / 2);

  it("nothing after a crash", async () => {
    name = crash(cases.log);
    expect(await start(name)).toMatchObject({ loss: undefined, notes: [], damage: [], records: ALL, sequence: ALL });
  });

  it.each<[string, "log" | "both", (log: string, store: string) => void, "none" | "some" | "half", boolean]>([
    ["the log is missing", "log", (log) => rmSync(log), "none", false],
    ["the log is empty", "log", (log) => truncateSync(log, 0), "none", true],
    ["the log is zeroed", "log", (log) => writeFileSync(log, Buffer.alloc(statSync(log).size)), "none", true],
    ["the log is cut", "log", (log) => truncateSync(log, middle(log)), "some", true],
    ["the log lost its last bytes", "log", (log) => truncateSync(log, statSync(log).size - 1), "some", true],
    ["the log's first byte is flipped", "log", (log) => flip(log, 0), "none", true],
    ["a byte in the log's head is flipped", "log", (log) => flip(log, 12), "none", true],
    ["a byte in the middle of the log is flipped", "log", (log) => flip(log, middle(log)), "some", true],
    ["the log is of another store", "both", (log) => copyFileSync(at(`${cases.foreign}/s.wal`), log), "half", true],
    ["the log is older", "both", (log) => copyFileSync(at(`${cases.log}/s.wal`), log), "half", true],
    ["the log is missing beside a store", "both", (log) => rmSync(log), "half", false],
    ["the log is cut beside a store", "both", (log) => truncateSync(log, middle(log)), "some", true],
    ["the store is missing", "log", (_, store) => rmSync(store), "none", true],
    [
      "the store is missing with its log",
      "both",
      (log, store) => {
        rmSync(log);
        rmSync(store);
      },
      "none",
      false,
    ],
    ["the store is empty", "both", (_, store) => truncateSync(store, 0), "none", true],
    ["the store is cut", "both", (_, store) => truncateSync(store, middle(store)), "none", true],
    ["the store's header is damaged", "both", (_, store) => flip(store, 8), "none", true],
    [
      "the store is an older copy",
      "both",
      (log, store) => [rmSync(log), copyFileSync(at("half.duckdb"), store)],
      "half",
      false,
    ],
  ])("%s", async (_, base, damage, left, isKept) => {
    name = crash(cases[base]);
    damage(at(`${name}/s.wal`), at(`${name}/s`));
    const checked = await verifyStore(at(`${name}/s`), false);
    expect(checked.missing !== null || checked.damage.length > 0).toBe(true);
    const { loss, records = 0, file } = await start(name);
    if (left === "none") expect(records).toBe(0);
    if (left === "half") expect(records).toBe(ALL / 2);
    if (left === "some") expect([records % RECORDS, records > 0, records < ALL]).toEqual([0, true, true]);
    expect(loss).toMatchObject({
      firstSequence: records + 1,
      lastSequence: ALL,
      records: ALL - records,
      until: secondOf(COMMITS),
      from: secondOf(records / RECORDS + 1),
      accepted: null,
    });
    expect(kept(name).length > 0).toBe(isKept);
    expect(loss?.kept).toEqual(kept(name));
    expect(new Losses(at(`${name}/s`)).outstanding()).toEqual([loss]);
    // The collector continues after the sequences that were given out, and a second start finds nothing new.
    await new Appends(file).append(await batch(COMMITS + 1), 1);
    await file.end();
    const again = await start(name);
    expect(again).toMatchObject({ loss: undefined, notes: [], records: records + RECORDS, sequence: ALL + RECORDS });
    await again.file.end();
  });

  it("a restored backup and another store, by name", async () => {
    name = crash(cases.log);
    rmSync(at(`${name}/s.wal`));
    copyFileSync(at("half.duckdb"), at(`${name}/s`));
    const other = await start(name);
    expect(other.loss).toMatchObject({ records: ALL, reason: "another store was put in its place" });
    await other.file.end();
    name = crash(cases.log);
    // As an administrator restores: the log of the newer store stays.
    copyFileSync(at("backup.duckdb"), at(`${name}/s`));
    const file = new StoreFile(at(`${name}/s`));
    await file.open();
    expect(file.findings.loss).toBeUndefined();
    await commit(file, COMMITS + 1, COMMITS + 2);
    await file.end();
    copyFileSync(at("backup.duckdb"), at(`${name}/s`));
    const restored = await start(name);
    expect(restored.loss).toMatchObject({ firstSequence: ALL + 1, records: 2 * RECORDS });
    expect(restored.loss?.reason).toMatch(/^a backup of 20\d\d-.*Z was put in its place$/);
  });

  it("no loss after retention, also when the store is lost or restored later", async () => {
    name = crash(cases.log);
    const { file } = await start(name);
    const drop = { before: BigInt(START_MS + 11_000) * 1_000_000n };
    const copies = new Copies(file);
    await copies.copy(drop);
    await copies.swap(drop);
    await commit(file, COMMITS + 1, COMMITS + 1);
    expect(await start(crash(name))).toMatchObject({ loss: undefined, notes: [], records: 11 * RECORDS });
    name = crash(name);
    rmSync(at(`${name}/s`));
    expect((await start(name)).loss).toMatchObject({ firstSequence: 1, records: 11 * RECORDS });
  });

  it("a store with damaged blocks", async () => {
    name = crash(cases.both);
    rmSync(at(`${name}/s.wal`));
    const bytes = readFileSync(at(`${name}/s`));
    bytes.fill(0x55, bytes.indexOf("x".repeat(8)), bytes.indexOf("x".repeat(8)) + 8);
    writeFileSync(at(`${name}/s`), bytes);
    expect((await verifyStore(at(`${name}/s`), false)).damage[0]).toMatch(
      /^a part of the table job_event cannot be read/,
    );
    const file = new StoreFile(at(`${name}/s`));
    await file.open();
    expect(file.findings.damage[0]).toMatch(/^a part of the table job_event cannot be read/);
  });
});

describe("the record of commits", () => {
  it("holds the newest commits in a fixed size", () => {
    const path = at("ring.commits");
    const ring = CommitRecord.open(path);
    const counts = (number: number) => ({
      sequence: number * 10,
      records: number * 10,
      first: number,
      last: number + 1,
    });
    for (let number = 1; number <= MAX_RECORDED_COMMITS + 10; number++) {
      ring.add({ ...counts(number), store: "0".repeat(32), isBaseline: false });
    }
    const { commits, problem } = readCommits(path);
    expect([commits.length, problem]).toEqual([MAX_RECORDED_COMMITS, undefined]);
    expect(commits[0]).toMatchObject(counts(11));
    expect(commits.at(-1)).toMatchObject(counts(MAX_RECORDED_COMMITS + 10));
  });

  it("that is damaged or missing is no loss, is said and begins anew", async () => {
    name = crash(cases.log);
    flip(at(`${name}/s.commits`), 64 * 5 + 20);
    const damaged = await start(name);
    expect(damaged).toMatchObject({ loss: undefined, records: COMMITS * RECORDS });
    expect(damaged.notes.at(-1)).toContain("the record of commits is damaged; 20 of its entries can be read");
    name = crash(cases.log);
    rmSync(at(`${name}/s.commits`));
    expect((await start(name)).notes).toEqual([expect.stringContaining("the record of commits is missing")]);
    expect(statSync(at(`${name}/s.commits`)).size).toBe(4096 * 64);
  });

  it("with a write that was cut short counts as it was before", async () => {
    name = crash(cases.log);
    const entries = readFileSync(at(`${name}/s.commits`));
    const next = entries.subarray(64 * 20, 64 * 21);
    entries.copy(next, 0, 64 * 21, 64 * 21 + 30);
    next.fill(7, 0, 30);
    writeFileSync(at(`${name}/s.commits`), entries);
    expect((await start(name)).notes.filter((note) => note.includes("record of commits"))).toEqual([]);
  });
});

describe("verify-store", () => {
  it("accepts a loss, before and after the collector's start", async () => {
    name = crash(cases.both);
    rmSync(at(`${name}/s.wal`));
    const { missing } = await verifyStore(at(`${name}/s`), false);
    expect(missing).toMatchObject({ firstSequence: 1001, lastSequence: 2000, records: 1000 });
    await verifyStore(at(`${name}/s`), true);
    expect((await verifyStore(at(`${name}/s`), false)).missing).toBeNull();
    const { loss, file } = await start(name);
    expect(loss).toBeUndefined();
    expect(new Losses(at(`${name}/s`)).outstanding()).toEqual([]);
    await file.end();
    rmSync(at(`${name}/s`));
    const second = await start(name);
    expect(second.loss).toMatchObject({ records: 1000 });
    await second.file.end();
    await verifyStore(at(`${name}/s`), true);
    expect(new Losses(at(`${name}/s`)).all().map(({ accepted }) => accepted !== null)).toEqual([true, true]);
    expect(existsSync(at(`${name}/s.losses`))).toBe(true);
  });
});
