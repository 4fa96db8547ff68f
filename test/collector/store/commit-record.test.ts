import { readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CommitRecord, MAX_RECORDED_COMMITS, readCommits } from "../../../lib/collector/shared/commit-record.js";
import { temporaryFolder } from "../../support/folder.js";

const folder = temporaryFolder();
const STORE = "00112233445566778899aabbccddeeff";
const SLOT_BYTES = 64;
let files = 0;

/** A record of commits of ten records each. */
function record(commits: number): string {
  const path = join(folder, `${files++}.commits`);
  const open = CommitRecord.open(path);
  for (let number = 1; number <= commits; number++) {
    const counts = { sequence: number * 10, records: number * 10, first: number, last: number + 1 };
    open.add({ ...counts, store: STORE, isBaseline: false });
  }
  return path;
}

describe("the record of commits", () => {
  it("has a fixed size, and continues after it was opened again", () => {
    const path = record(3);
    expect(statSync(path).size).toBe(MAX_RECORDED_COMMITS * SLOT_BYTES);
    CommitRecord.open(path).add({ sequence: 7e10, records: 1, first: 1, last: 2, store: STORE, isBaseline: false });
    expect(readCommits(path).commits.at(-1)).toMatchObject({ number: 3, sequence: 7e10, records: 1, store: STORE });
  });

  it("begins at the last baseline", () => {
    const path = record(5);
    const open = CommitRecord.open(path);
    open.add({ sequence: 50, records: 20, first: 0, last: 0, store: STORE, isBaseline: true });
    open.add({ sequence: 60, records: 30, first: 6, last: 7, store: STORE, isBaseline: false });
    expect(readCommits(path).commits.map(({ sequence, records }) => [sequence, records])).toEqual([
      [50, 20],
      [60, 30],
    ]);
  });

  it("takes a write that was cut short as not written, and any other damage as damage", () => {
    const path = record(5);
    const bytes = readFileSync(path);
    bytes.copy(bytes, 5 * SLOT_BYTES, 0, 30);
    writeFileSync(path, bytes);
    expect(readCommits(path)).toMatchObject({ problem: undefined, commits: { length: 5 } });
    for (const at of [0, 20, 50, 63]) {
      const damaged = Buffer.from(bytes);
      damaged[2 * SLOT_BYTES + at] = (damaged[2 * SLOT_BYTES + at] as number) ^ 1;
      writeFileSync(path, damaged);
      expect(readCommits(path)).toMatchObject({
        problem: expect.stringContaining("4 of its entries"),
        commits: { length: 4 },
      });
    }
    writeFileSync(path, bytes);
    truncateSync(path, 3 * SLOT_BYTES);
    expect(readCommits(path)).toMatchObject({ problem: expect.stringContaining("3 of its entries") });
  });

  it("is empty where there is none", () => {
    expect(readCommits(join(folder, "missing"))).toEqual({ commits: [], problem: undefined });
  });
});
