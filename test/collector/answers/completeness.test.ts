import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { coverageOf } from "../../../lib/collector/answers/completeness.js";
import { NameTables } from "../../../lib/collector/answers/name-tables.js";
import type { Context } from "../../../lib/collector/answers/question.js";
import { DEFAULT_SETTINGS } from "../../../lib/collector/answers/settings.js";
import { parseSpan } from "../../../lib/collector/answers/span.js";
import { type Instance, openInstance } from "../../../lib/collector/database/engine.js";
import { migrate } from "../../../lib/collector/database/migrate.js";
import { temporaryFolder } from "../../support/folder.js";

const folder = temporaryFolder();
let instance: Instance;
let context: Omit<Context, "now">;
const at = (time: string) => BigInt(Date.parse(`2026-03-01T${time}Z`)) * 1_000_000n;
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
  // A collector ran from 10:00 to 10:09 and from 11:00 on, with a restart at 11:05. It lost a frame at 10:04.
  await connection.run(`INSERT INTO accounting
    SELECT m, 'received', NULL, 1 FROM (
      FROM range(TIMESTAMP '2026-03-01 10:00', TIMESTAMP '2026-03-01 10:10', INTERVAL 1 MINUTE) t(m)
      UNION ALL FROM range(TIMESTAMP '2026-03-01 11:00', TIMESTAMP '2026-03-01 12:00', INTERVAL 1 MINUTE) t(m)
      UNION ALL SELECT TIMESTAMP '2026-03-01 11:05'
    )`);
  await connection.run("INSERT INTO accounting VALUES (TIMESTAMP '2026-03-01 10:04', 'dropped', 'overload', 1)");
});

afterAll(() => instance.closeSync());

it("minutes without a collector are counted anywhere in the span", async () => {
  expect((await asked("12:01:10")).unseenMinutes).toBe(50);
  expect((await asked("12:01:10", "10:30:00", "11:30:00")).unseenMinutes).toBe(30);
  expect((await asked("12:01:10", "10:20:00", "10:40:00")).unseenMinutes).toBe(20);
  expect((await asked("12:01:10", "10:20:30", "10:40:30")).unseenMinutes).toBe(21);
  expect((await asked("12:31:10", "11:30:00")).unseenMinutes).toBe(30);
});

it("the time before the first collector and the current minute are not counted", async () => {
  expect((await asked("12:01:10", "08:00:00", "10:05:00")).unseenMinutes).toBe(0);
  expect((await asked("12:01:10", "11:00:00")).unseenMinutes).toBe(0);
  expect((await asked("12:00:59", "11:00:00")).unseenMinutes).toBe(0);
});

it("losses count for every minute that the span touches", async () => {
  expect((await asked("12:01:10", "10:04:30", "10:30:00")).dropped).toEqual({ overload: 1 });
  expect((await asked("12:01:10", "10:05:00", "10:30:00")).dropped).toEqual({});
  expect((await asked("12:01:10", "10:00:00", "10:04:00")).dropped).toEqual({});
});
