import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { answer } from "../../../lib/collector/answers/registry.js";
import { temporaryFolder } from "../../support/folder.js";
import { openStore } from "../../support/store.js";

const folder = temporaryFolder();
let stores = 0;
let store: Awaited<ReturnType<typeof openStore>>;
let sequence = 0;

beforeEach(async () => {
  store = await openStore(join(folder, `${stores++}.duckdb`));
  sequence = 0;
  await store.run("INSERT INTO meta VALUES ('known_since', '0')");
});
afterEach(() => store.end());

const at = (clock: string) => `TIMESTAMP_NS '2026-03-01 ${clock}'`;
const uuid = (number: number) => `'00000000-0000-4000-8000-${`${number}`.padStart(12, "0")}'::UUID`;

async function insert(table: string, fields: Record<string, string | number>): Promise<void> {
  const columns = Object.entries({ ...fields, sequence: ++sequence }).map(([name, value]) => `${value} AS ${name}`);
  await store.run(`INSERT INTO ${table} BY NAME SELECT ${columns.join(", ")}`);
  await store.run(`INSERT OR REPLACE INTO meta VALUES ('last_sequence', '${sequence}')`);
}

/** A process of a job on node 1 that started then. */
const started = (clock: string, pid: number, parentPid: number, fields: Record<string, string | number> = {}) =>
  insert("process", {
    uuid: uuid(pid),
    started: at(clock),
    received: at(clock),
    job: "'7'",
    step: "'0'",
    host: "'n1'",
    pid,
    parent_pid: parentPid,
    program: 1,
    objects: 0,
    ...fields,
  });

const ended = (number: number, fields: Record<string, string | number>) =>
  insert("process_end", { uuid: uuid(number), part: 0, received: at("10:30:00"), objects: 0, ...fields });

async function withoutStart(since = "2026-03-01T00:00:00Z", until = "2026-03-02T00:00:00Z"): Promise<number> {
  const found = await store.questions.ask(
    (context) => answer(context, { name: "overview", input: { since, until } }),
    Date.now(),
    { beginMs: 60_000, answerMs: 60_000 },
  );
  return found.completeness.withoutStart;
}

describe("a process whose end is stored without its start", () => {
  it("counts in the span of its start, until its start comes", async () => {
    await ended(1, { started: at("09:00:00"), ended: at("10:00:00") });
    await ended(2, { ended: at("10:00:00") });
    await insert("process_part", { uuid: uuid(3), part: 1, received: at("10:00:00"), objects: 0 });
    await insert("process_part", { uuid: uuid(3), part: 2, received: at("10:00:00"), objects: 0 });
    expect(await withoutStart()).toBe(3);
    expect(await withoutStart("2026-03-01T08:00:00Z", "2026-03-01T09:30:00Z")).toBe(1);
    await started("09:00:00", 1, 5);
    expect(await withoutStart()).toBe(2);
    await started("09:00:00", 4, 5);
    await ended(4, { started: at("09:00:00") });
    expect(await withoutStart()).toBe(2);
  });

  it("does not count while its start may be in flight, nor when its start may have been removed", async () => {
    await ended(1, { started: at("09:00:00"), received: "now()::TIMESTAMP" });
    expect(await withoutStart()).toBe(0);
    await ended(2, { started: at("09:00:00") });
    expect(await withoutStart()).toBe(1);
    await store.run(`INSERT OR REPLACE INTO meta VALUES ('known_since', epoch_ns(${at("09:30:00")})::VARCHAR)`);
    expect(await withoutStart()).toBe(0);
  });
});

describe("a parent whose start fell into an outage", () => {
  const LAUNCHER = 50;
  beforeEach(async () => {
    await store.run(`INSERT INTO outage VALUES (${at("10:00:00")}, ${at("10:01:00")}, 'killed')`);
    await started("09:00:00", 100, LAUNCHER);
    await started("09:01:00", 101, 100);
  });
  const examined = async () => {
    while (await store.rollup.step());
    return withoutStart();
  };

  it("counts once, by its children", async () => {
    await started("10:01:30", 201, 200);
    await started("10:01:31", 202, 200);
    expect(await examined()).toBe(1);
    expect(await withoutStart("2026-03-01T10:02:00Z", "2026-03-01T11:00:00Z")).toBe(0);
    expect(await examined()).toBe(1);
  });

  it("does not count twice when its end came", async () => {
    await started("10:01:30", 201, 200);
    await ended(200, { started: at("10:00:30"), pid: 200 });
    expect(await examined()).toBe(1);
  });

  it("does not count when it is known, was there before, or may be no process of the step", async () => {
    // A known parent, of the time before and of the outage.
    await started("10:00:59", 300, 100);
    await started("10:01:10", 301, 300);
    // The launcher.
    await started("10:01:10", 302, LAUNCHER);
    // The launchers of another step, job and host.
    await started("10:01:10", 303, 60, { step: "'1'" });
    await started("10:01:10", 304, 61, { job: "'8'" });
    await started("10:01:10", 305, 62, { host: "'n2'" });
    // Too late, no job, and an orphan.
    await started("10:02:10", 306, 63);
    await started("10:01:10", 307, 64, { job: "NULL" });
    await started("10:01:10", 308, 1);
    expect(await examined()).toBe(0);
  });
});
