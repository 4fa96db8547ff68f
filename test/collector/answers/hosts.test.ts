import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CollectorClient } from "../../../lib/client/index.js";
import { encodeMessage } from "../../../lib/wire/index.js";
import { keepCollector, type RunningCollector, startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { tool } from "../../support/tools.js";
import { object, processStart } from "../../wire/samples.js";

/** Clusters that use the same names of hosts, and one cluster whose old clients do not name it. */
const folder = temporaryFolder();
const several = join(folder, "several");
const single = join(folder, "single");

const query = (data: string, ...args: string[]) => tool("ogrt-query", "--data", data, ...args);
type Row = { cluster: string | null; host: string | null; processes: number };
const shown = (rows: readonly Row[]) =>
  rows.map(({ cluster, host, processes }) => `${cluster} ${host} ${processes}`).sort();

async function fill(data: string, placed: readonly [cluster: string | undefined, host: string][]) {
  const collector = keepCollector(await startCollector(data));
  collectors.push(collector);
  const frames = placed.map(([cluster, host], pid) => {
    const start = processStart({ job: "7", user: `u${pid}`, host, pid, program: object("/sw/bin/app") });
    return encodeMessage({ ...start, placement: { ...start.placement, cluster } });
  });
  await collector.send(...frames);
  await collector.waitForFrames(frames.length);
  return new CollectorClient({ url: collector.where.http, token: collector.token });
}

afterAll(async () => {
  for (const collector of collectors) await collector.stop("SIGKILL");
});

const collectors: RunningCollector[] = [];
let ofSeveral: CollectorClient;
let ofSingle: CollectorClient;

beforeAll(async () => {
  ofSeveral = await fill(several, [
    ["alpha", "n1"],
    ["beta", "n1"],
    ["beta", "n1"],
    [undefined, "n1"],
    ["beta", "n2"],
    [undefined, "n2"],
    [undefined, "n3"],
  ]);
  ofSingle = await fill(single, [
    ["alpha", "n1"],
    [undefined, "n1"],
    [undefined, "login"],
  ]);
});

describe("hosts of the same name on two clusters", () => {
  const rows = ["alpha n1 1", "beta n1 2", "beta n2 2", "null n1 1", "null n3 1"];

  it("are two hosts in every answer, and a record without a cluster is on the only host of its name", async () => {
    const path = "/sw/*";
    expect((await ofSeveral.affected({ path })).hosts).toBe(5);
    expect(shown((await ofSeveral.affectedHosts({ path })).hosts)).toEqual(rows);
    expect((await ofSeveral.affectedUsers({ path })).users.map(({ hosts }) => hosts)).toEqual(Array(7).fill(1));
    expect(shown((await ofSeveral.coverageHosts({})).hosts)).toEqual(rows);
    const overview = await ofSeveral.overview({});
    expect([overview.hosts, shown(overview.topHosts)]).toEqual([5, rows]);
    expect(shown((await ofSeveral.coverageHosts({ cluster: "beta" })).hosts)).toEqual(["beta n1 2", "beta n2 1"]);
  });

  it("have their cluster in tables and in CSV", () => {
    for (const command of ["affected /sw/* --by hosts", "coverage hosts", "overview"]) {
      expect(query(several, ...command.split(" ")).stdout).toMatch(/^HOST +CLUSTER /m);
    }
    expect(query(several, "--csv", "coverage", "hosts").stdout).toMatch(/^host,cluster,day,/);
  });
});

describe("with one cluster", () => {
  it("no host is split, and no table shows the cluster", async () => {
    expect(shown((await ofSingle.coverageHosts({})).hosts)).toEqual(["alpha n1 2", "null login 1"]);
    expect((await ofSingle.overview({})).hosts).toBe(2);
    for (const command of ["affected /sw/* --by hosts", "coverage hosts", "overview"]) {
      const { stdout } = query(single, ...command.split(" "));
      expect(stdout).toMatch(/^HOST /m);
      expect(stdout).not.toContain("CLUSTER");
    }
  });
});
