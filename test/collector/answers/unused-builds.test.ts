import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CollectorClient } from "../../../lib/client/index.js";
import { encodeMessage } from "../../../lib/wire/index.js";
import { ALL_TIMES, keepCollector, type RunningCollector, startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { tool } from "../../support/tools.js";
import { object, processEnd, processStart } from "../../wire/samples.js";

const folder = temporaryFolder();
const data = join(folder, "data");
const query = (...args: string[]) => tool("ogrt-query", "--data", data, ...args);
const buildId = (path: string) => Buffer.from(path.padEnd(20).slice(-20)).toString("hex");
const entry = (path: string, size: number, software?: { name: string; version: string }) => ({
  kind: "executable",
  machine: "x86_64",
  modified: "2026-01-01T00:00:00Z",
  path,
  size,
  buildId: buildId(path),
  ...(software && { package: software }),
});
const ran = (path: string, time: number) =>
  processStart({
    program: object(path, [], buildId(path)),
    objects: [],
    time: { nanoseconds: BigInt(time) * 1_000_000n, precision: 1n },
  });
const MARCH = Date.parse("2026-03-01T10:00:00Z");
const HOUR_MS = 3_600_000;

describe("packages that nobody uses", () => {
  let collector: RunningCollector;
  let client: CollectorClient;
  beforeAll(async () => {
    const catalogue = join(folder, "catalogue");
    const lines = [
      { "ogrt-catalogue": 1, created: "2026-01-01T00:00:00Z", roots: ["/sw"] },
      entry("/sw/solver/bin/solve", 3000, { name: "solver", version: "2" }),
      entry("/sw/solver/lib/libsolve.so", 5000, { name: "solver", version: "2" }),
      entry("/sw/today/bin/today", 1, { name: "today", version: "1" }),
      entry("/sw/today/bin/never", 1, { name: "today", version: "1" }),
      entry("/sw/long/bin/long", 1, { name: "long", version: "1" }),
      entry("/sw/old/bin/old", 1_500_000, { name: "old", version: "1" }),
      entry("/sw/loose", 700),
    ];
    writeFileSync(catalogue, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    collector = keepCollector(await startCollector(data, "--catalogue", catalogue, ...ALL_TIMES));
    client = new CollectorClient({ url: collector.where.http, token: collector.token });
    const solved = ran("/sw/solver/bin/solve", MARCH);
    // Started months ago, ended today.
    const long = ran("/sw/long/bin/long", MARCH);
    const records = [solved, long, ran("/sw/today/bin/today", Date.now() - 10 * HOUR_MS)];
    await collector.send(...records.map(encodeMessage), encodeMessage(processEnd(long.uuid ?? "")));
    await collector.waitForFrames(4);
  });
  afterAll(() => collector.stop("SIGKILL"));

  it("are listed with their files and sizes, longest unused first, and nothing that was used today", async () => {
    const { builds, catalogued } = await client.unusedBuilds({});
    expect(catalogued).toBe(7);
    const never = { lastUse: null, processes: 0, withoutEnd: 0 };
    expect(builds).toEqual([
      { package: "old 1", paths: ["/sw/old/bin/old"], files: 1, size: 1_500_000, ...never },
      { package: null, paths: ["/sw/loose"], files: 1, size: 700, ...never },
      {
        package: "solver 2",
        paths: ["/sw/solver/bin/solve", "/sw/solver/lib/libsolve.so"],
        files: 2,
        size: 8000,
        lastUse: "2026-03-01T10:00:00.000000000Z",
        processes: 1,
        withoutEnd: 1,
      },
    ]);
    // A time to come does not add what was used today.
    expect((await client.unusedBuilds({ since: "2250-01-01" })).builds).toEqual(builds);
  });

  it("are selected by the time of their last use and by the path of a file", async () => {
    const packages = async (input: { since?: string; path?: string }) =>
      (await client.unusedBuilds(input)).builds.map((row) => row.package);
    expect(await packages({ since: "2026-02-01" })).toEqual(["old 1", null]);
    expect(await packages({ since: "2026-04-01" })).toEqual(["old 1", null, "solver 2"]);
    expect(await packages({ path: "/sw/*/lib/*" })).toEqual(["solver 2"]);
    expect(await packages({ path: "/sw/today/*" })).toEqual([]);
  });

  it("are printed with short sizes, and in CSV with bytes", () => {
    expect(query("unused", "builds").stdout).toMatch(/^old 1 +\/sw\/old\/bin\/old +1\.4 MiB +0 +0 +-$/m);
    expect(query("--csv", "unused", "builds").stdout).toContain("old 1,/sw/old/bin/old,1,1500000,0,0,\r\n");
  });
});

it("without a catalogue, no package is called unused, and the answer says why", async () => {
  const other = join(folder, "other");
  const collector = await startCollector(other);
  await collector.report({ job: "a" });
  for (const form of [[], ["--csv"]]) {
    const { status, stderr } = tool("ogrt-query", "--data", other, ...form, "unused", "builds");
    expect(status).toBe(1);
    expect(stderr).toContain("there is no catalogue, so nothing can be called unused: give the collector one");
  }
});
