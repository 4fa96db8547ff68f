import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { QuestionRequest } from "../../../lib/collector/answers/registry.js";
import { ClosedStore } from "../../../lib/collector/query-target/store-file.js";
import { temporaryFolder } from "../../support/folder.js";
import { writeLongLists } from "../../support/long-lists.js";

/** Rows of each list: more than two pages. */
const ROWS = 230;

let store: ClosedStore;
beforeAll(async () => {
  const path = join(temporaryFolder(), "s.duckdb");
  await writeLongLists(path, ROWS);
  store = await ClosedStore.open(path);
}, 60_000);
afterAll(() => store.close());

const libodd = { soname: "libodd*" };
const LISTS: readonly (readonly [name: string, rows: string, input: object])[] = [
  ["affectedJobs", "jobs", libodd],
  ["affectedUsers", "users", libodd],
  ["affectedHosts", "hosts", libodd],
  ["affectedBuilds", "builds", libodd],
  ["jobs", "jobs", {}],
  ["software", "software", {}],
  ["userPrograms", "programs", {}],
  ["unusedModules", "modules", {}],
  ["oddLibraries", "libraries", {}],
  ["oddObjects", "objects", {}],
  ["coverage", "periods", { period: "hour", until: new Date(Date.now() - 86_400_000).toISOString() }],
  ["coverageHosts", "hosts", {}],
  ["coverageJobs", "jobs", {}],
];

describe("a page of a list", () => {
  it.each(LISTS)("says how many rows the whole list has: %s", async (name, rows, input) => {
    const page = async (more: object) =>
      (await store.answer({ name, input: { ...input, ...more } } as QuestionRequest)) as unknown as Record<
        string,
        unknown
      >;
    const first = await page({ limit: 100 });
    expect([(first[rows] as unknown[]).length, first["rowCount"], first["next"]]).toEqual([100, ROWS, "100"]);
    const last = await page({ limit: 100, cursor: "200" });
    expect([(last[rows] as unknown[]).length, last["rowCount"], last["next"]]).toEqual([ROWS - 200, ROWS, null]);
    const beyond = await page({ limit: 100, cursor: "300" });
    expect([beyond[rows], beyond["rowCount"], beyond["next"]]).toEqual([[], null, null]);
    expect(JSON.stringify([first, last].map((answer) => answer[rows]))).not.toContain("rowCount");
  });
});
