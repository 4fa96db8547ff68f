import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { spawnCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { toolPath } from "../../support/tools.js";

const data = join(temporaryFolder(), "data");
const DAY_MS = 24 * 60 * 60 * 1000;

/** A store to ask. */
beforeAll(async () => {
  await (await spawnCollector(data)).stop();
}, 120_000);

/** Asks in a time zone that is always nine hours ahead of UTC. */
function ask(...options: string[]) {
  const args = [toolPath("ogrt-query"), "--data", data, "--json", "overview", ...options];
  return spawnSync(process.execPath, args, { encoding: "utf8", env: { ...process.env, TZ: "Asia/Tokyo" } });
}
function spanOf(...options: string[]) {
  const { stdout, stderr } = ask(...options);
  expect(stderr).toBe("");
  return JSON.parse(stdout).span as { since: string; until: string };
}

describe("--since and --until of ogrt-query", () => {
  it("take days and times of the local time zone", () => {
    const { since, until } = spanOf("--since", "2026-01-31", "--until", "2026-01-31 08:15");
    expect(since).toMatch(/^2026-01-30T15:00:00\.0+Z$/);
    expect(until).toMatch(/^2026-01-30T23:15:00\.0+Z$/);
    expect(spanOf("--since", "today").since).toMatch(/T15:00:00\.0+Z$/);
    const days = Date.parse(spanOf("--since", "today").since) - Date.parse(spanOf("--since", "yesterday").since);
    expect(days).toBe(DAY_MS);
  });

  it("take times before now", () => {
    for (const text of ["7d", "7 days ago"]) {
      const age = Date.now() - Date.parse(spanOf("--since", text).since);
      expect(Math.abs(age - 7 * DAY_MS)).toBeLessThan(60_000);
    }
  });

  it("take times with a zone as they are", () => {
    expect(spanOf("--since", "2026-01-31T08:00:00.123456789+01:00").since).toBe("2026-01-31T07:00:00.123456789Z");
  });

  it("refuse everything else, with the forms there are", () => {
    const { status, stdout, stderr } = ask("--since", "last tuesday");
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(
      /^error: option '--since <time>' argument 'last tuesday' is invalid\. Give a time such as 7d, /,
    );
  });
});
