import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CollectorClient } from "../../../lib/client/index.js";
import { DEFAULT_SETTINGS } from "../../../lib/collector/answers/settings.js";
import { encodeMessage, type ProcessStart } from "../../../lib/wire/index.js";
import { keepCollector, type RunningCollector, startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { source } from "../../support/toolchain.js";
import { tool } from "../../support/tools.js";
import { object, processStart } from "../../wire/samples.js";

/* What answers leave out: programs that a setting names, and environments that nobody collected. */

const folder = temporaryFolder();
const data = join(folder, "data");
const library = (path: string, soname: string) => ({ ...object(path), soname });
const OWN = "/opt/ogrt/lib/libogrt.so";
const usual = library("/sw/lib/libnum.so.1", "libnum.so.1");

const records: Partial<ProcessStart>[] = [
  // An application that TaskProlog tracks.
  { program: object("/sw/app"), preload: OWN, objects: [library(OWN, "libogrt.so"), usual] },
  {
    program: object("/sw/app"),
    preload: "/home/eve/libogrt.so",
    objects: [library("/home/eve/libogrt.so", "libogrt.so")],
  },
  { program: object("/sw/app"), preload: "/opt/ogrt/../x.so", objects: [library("/opt/ogrt/../x.so", "x.so")] },
  // Helpers of OGRT, of the scheduler, and of the site.
  ...Array.from({ length: 5 }, () => ({ program: object("/opt/ogrt/current/bin/tool"), user: "root", host: "head" })),
  { program: object("/etc/slurm/prolog.d/check"), objects: [library("/home/root/libnum.so.1", "libnum.so.1")] },
  { program: object("/site/hooks/notify"), environment: ["LANG=xx"] },
];

let collector: RunningCollector;
let client: CollectorClient;

beforeAll(async () => {
  const globs = [...DEFAULT_SETTINGS.ignoredPrograms, "/site/hooks/*"];
  const configuration = source(folder, "ogrt.toml", `[answers]\nignored-programs = ${JSON.stringify(globs)}\n`);
  collector = keepCollector(await startCollector(data, "--host-name", "node1", "--config", configuration));
  client = new CollectorClient({ url: collector.where.http, token: collector.token });
  await collector.send(...records.map((fields) => encodeMessage(processStart({ environment: [], ...fields }))));
  await collector.waitForFrames(records.length);
});
afterAll(() => collector.stop("SIGKILL"));

describe("programs that answers.ignored-programs names", () => {
  it("are left out of rankings, which say how many processes that were", async () => {
    const { software, total, ignored } = await client.software({});
    expect([software.map((row) => row.software), total.runs]).toEqual([["/sw/app"], 3]);
    expect(ignored).toEqual({ patterns: [...DEFAULT_SETTINGS.ignoredPrograms, "/site/hooks/*"], processes: 7 });
    const overview = await client.overview({});
    expect([overview.processes, overview.ignored.processes]).toEqual([10, 7]);
    expect(overview.software).toMatchObject([{ software: "/sw/app", runs: 3 }]);
    expect(overview.topUsers).toEqual([{ user: "alice", processes: 3, jobs: 1 }]);
    expect(overview.topHosts).toEqual([{ cluster: null, host: "node1", processes: 3, jobs: 1 }]);
    expect((await client.userPrograms({})).ignored.processes).toBe(7);
  });

  it("are not odd, nor are libraries with such a path, unless it leads elsewhere", async () => {
    const { libraries, ignored } = await client.oddLibraries({});
    expect(libraries.map(({ path }) => path).sort()).toEqual(["/home/eve/libogrt.so", "/opt/ogrt/../x.so"]);
    expect(ignored.processes).toBe(7);
    const odd = (await client.oddObjects({ verdict: "missing", limit: 1000 })).objects.map(({ path }) => path);
    expect(odd).toContain("/sw/app");
    expect(odd.filter((path) => /^\/(?:etc|site|opt\/ogrt\/(?!\.\.))/.test(path))).toEqual([]);
    // Its LANG is odd.
    expect((await client.oddEnvironments({})).environments).toEqual([]);
  });

  it("stay in the list of their job, and are found by their path", async () => {
    const { processes } = await client.job({ id: "4711" });
    expect(processes.filter(({ program }) => program.path.startsWith("/opt/ogrt/"))).toHaveLength(5);
    expect((await client.affected({ path: "/etc/slurm/*" })).processes).toBe(1);
  });

  it("are counted by ogrt-query, and the rule can be seen", () => {
    expect(tool("ogrt-query", "--data", data, "software").stderr).toContain(
      "7 processes left out by answers.ignored-programs",
    );
    expect(tool("ogrt-collector", "--help").stdout).toContain("--ignore-program");
    const printed = tool("ogrt-collector", "--print-config", "--ignore-program", "/a/*").stdout;
    expect(printed).toContain('ignored-programs = ["/a/*"]');
  });
});

type Rule = Record<"rule" | "processes" | "examined" | "reported", unknown>;

describe("odd environments", () => {
  it("say that no process reported its environment", async () => {
    const { collected, rules } = await collector.json("/api/v1/odd/environments");
    expect(collected).toEqual({ processes: 3, environments: 0 });
    expect(rules.find(({ rule }: { rule: string }) => rule === "locale")).toEqual({
      rule: "locale",
      variable: "LANG",
      examined: 0,
      reported: 0,
    });
    const { status, stdout, stderr } = tool("ogrt-query", "--data", data, "odd", "environments");
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("ogrt-query: nothing found in the collector at ");
    expect(stderr).toContain("no process of this span reported its environment");
  });

  it("examine LD_LIBRARY_PATH also where it is reported in its own field only, and nothing that is unknown", async () => {
    await collector.report(
      { job: "env", libraryPath: "/sw/lib:", environment: [], objects: [library("/sw/libgomp.so.1", "libgomp.so.1")] },
      { job: "env", environment: ["PATH=/bin"], objects: [library("/sw/libgomp.so.1", "libgomp.so.1")] },
      { job: "env", environment: ["PATH=/bin:.", "PATH=/bin"], objects: [] },
    );
    const { environments, collected, rules } = await collector.json("/api/v1/odd/environments");
    expect(environments.map(({ rule, processes }: Rule) => [rule, processes]).sort()).toEqual([
      ["ld-library-path-empty-element", 1],
      // Not the one that reported no environment.
      ["omp-num-threads-missing", 1],
      ["path-working-directory", 1],
    ]);
    expect(collected).toEqual({ processes: 6, environments: 2 });
    const applied = new Map(rules.map(({ rule, examined, reported }: Rule) => [rule, [examined, reported]]));
    expect(applied.get("ld-library-path-empty-element")).toEqual([3, 1]);
    expect(applied.get("omp-num-threads-missing")).toEqual([1, 0]);
    const { stderr } = tool("ogrt-query", "--data", data, "odd", "environments");
    expect(stderr).toContain("4 of 6 processes reported no environment");
    expect(stderr).toMatch(/no process reported OMP_NUM_THREADS, .*: nobody sets it, or the library/);
  });
});
