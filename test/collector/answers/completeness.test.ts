import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { coverageOf } from "../../../lib/collector/answers/completeness.js";
import { NameTables } from "../../../lib/collector/answers/name-tables.js";
import type { Context } from "../../../lib/collector/answers/question.js";
import { DEFAULT_SETTINGS } from "../../../lib/collector/answers/settings.js";
import { parseSpan } from "../../../lib/collector/answers/span.js";
import { type Instance, openInstance } from "../../../lib/collector/database/engine.js";
import { migrate } from "../../../lib/collector/database/migrate.js";
import { recordOutage } from "../../../lib/collector/database/outages.js";
import { temporaryFolder } from "../../support/folder.js";

const folder = temporaryFolder();
let instance: Instance;
let context: Omit<Context, "now">;
const milliseconds = (time: string) => Date.parse(`2026-03-01T${time}Z`);
const at = (time: string) => BigInt(milliseconds(time)) * 1_000_000n;
const asked = async (now: string, since?: string, until?: string) => {
  const whole = (time?: string) => (time === undefined ? undefined : `2026-03-01T${time}Z`);
  const span = parseSpan({ since: whole(since), until: whole(until) });
  return (await coverageOf({ ...context, now: at(now) }, span)).completeness;
};

beforeAll(async () => {
  const path = join(folder, "ogrt.duckdb");
  instance = await openInstance(path, "READ_WRITE");
  const connection = await instance.connect();
  await migrate(connection, path);
  context = {
    connection,
    naming: await NameTables.create(connection, undefined),
    settings: DEFAULT_SETTINGS,
    rollupLag: 0,
  };
  // A collector ran from 10:00 to 10:10 and from 11:00 on, with a restart of 41 s at 11:05. It lost a frame at 10:04.
  await connection.run(`INSERT INTO accounting
    SELECT m, 'received', NULL, 2 FROM (
      FROM range(TIMESTAMP '2026-03-01 10:00', TIMESTAMP '2026-03-01 10:10', INTERVAL 1 MINUTE) t(m)
      UNION ALL FROM range(TIMESTAMP '2026-03-01 11:00', TIMESTAMP '2026-03-01 12:00', INTERVAL 1 MINUTE) t(m)
    )`);
  await connection.run(`INSERT INTO accounting SELECT "minute", 'stored', NULL, 1 FROM accounting`);
  await connection.run("INSERT INTO accounting VALUES (TIMESTAMP '2026-03-01 10:04', 'dropped', 'overload', 1)");
  await recordOutage(connection, { began: undefined, ended: milliseconds("10:00:00"), how: "unknown" });
  await recordOutage(connection, { began: milliseconds("10:10:00"), ended: milliseconds("11:00:00"), how: "killed" });
  await recordOutage(connection, {
    began: milliseconds("11:05:00.3"),
    ended: milliseconds("11:05:40.9"),
    how: "stopped",
  });
});

afterAll(() => instance.closeSync());

const outages = async (...asking: Parameters<typeof asked>) => {
  const { outages, outageSeconds } = await asked(...asking);
  return [outages, outageSeconds];
};

it("times without a collector are counted by the second, as far as they are in the span", async () => {
  expect(await outages("12:01:10")).toEqual([2, 3041]);
  expect(await outages("12:01:10", "10:30:00", "11:30:00")).toEqual([2, 1841]);
  expect(await outages("12:01:10", "10:20:00", "10:40:07")).toEqual([1, 1207]);
  expect(await outages("12:01:10", "11:05:10", "11:05:11")).toEqual([1, 1]);
  expect(await outages("12:01:10", "11:06:00")).toEqual([0, 0]);
  expect(await outages("10:30:00", "10:00:00")).toEqual([1, 1200]);
});

it("before the first start nothing is known, which differs from no outage", async () => {
  expect(await outages("12:01:10", "08:00:00", "10:00:00")).toEqual([null, null]);
  expect(await outages("12:01:10", "08:00:00", "10:05:00")).toEqual([0, 0]);
  expect((await asked("12:01:10", "08:00:00")).watchedSince).toBe("2026-03-01T10:00:00.000000000Z");
});

it("outages that overlap, as after a start that was killed, count once", async () => {
  const { connection } = context;
  await connection.run("BEGIN");
  await connection.run(
    "INSERT INTO outage VALUES (TIMESTAMP '2026-03-01 10:10:01', TIMESTAMP '2026-03-01 11:00:10', 'killed')",
  );
  expect(await outages("12:01:10", "10:00:00", "11:05:00")).toEqual([2, 3010]);
  await connection.run("ROLLBACK");
});

it("frames add up in every span", async () => {
  expect(await asked("12:01:10")).toMatchObject({ received: 140, stored: 70, dropped: { overload: 1 }, pending: 69 });
  expect(await asked("12:01:10", "10:04:00", "10:05:00")).toMatchObject({ received: 2, stored: 1, pending: 0 });
});

it("losses count for every minute that the span touches", async () => {
  expect((await asked("12:01:10", "10:04:30", "10:30:00")).dropped).toEqual({ overload: 1 });
  expect((await asked("12:01:10", "10:05:00", "10:30:00")).dropped).toEqual({});
  expect((await asked("12:01:10", "10:00:00", "10:04:00")).dropped).toEqual({});
});
