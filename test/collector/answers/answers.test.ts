import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CollectorClient } from "../../../lib/client/index.js";
import { encodeMessage, type ProcessStart } from "../../../lib/wire/index.js";
import document from "../../../proto/openapi.json" with { type: "json" };
import { ALL_TIMES, keepCollector, type RunningCollector, startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { tool, toolPath } from "../../support/tools.js";
import { object, processEnd, processStart } from "../../wire/samples.js";
import { GET_OPERATIONS, neededQuery } from "./support/operations.js";

const folder = temporaryFolder();
const data = join(folder, "data");
const STAMP = "5b8c8f5e-6d0b-4a7e-9d35-0a5f3c1f2b61";
const SITE = "aa".repeat(20);
const OWN = "bb".repeat(20);
const day = (text: string) => ({ nanoseconds: BigInt(Date.parse(text)) * 1_000_000n, precision: 1n });
const library = (path: string, buildId: string) => ({ ...object(path, [], buildId), soname: "libnum.so.3" });
const gomp = { ...object("/usr/lib/libgomp.so.1.0"), soname: "libgomp.so.1" };

const site = (fields: Partial<ProcessStart>) =>
  processStart({
    program: object("/sw/app/1.0/bin/app", [STAMP], "cc".repeat(20)),
    objects: [library("/sw/num/3/lib/libnum.so.3.1", SITE), gomp],
    modules: ["app/1.0", "num/3"],
    environment: ["LANG=C.UTF-8", "OMP_NUM_THREADS=4"],
    ...fields,
  });

const first = site({ job: "100", user: "alice", host: "n1", pid: 10, time: day("2026-03-01T10:00:00Z") });
const again = site({ job: "101", user: "alice", host: "n2", pid: 11, time: day("2026-04-02T10:00:00Z") });
const changed = site({
  job: "102",
  user: "bob",
  host: "n1",
  pid: 12,
  time: day("2026-04-03T23:30:00Z"),
  objects: [library("/home/bob/lib/libnum.so.3", OWN), gomp],
  environment: ["LANG=de_DE", "LD_LIBRARY_PATH=/home/bob/lib:"],
  modules: ["app/1.0"],
  libraryPath: "/home/bob/lib:",
});
const built = processStart({
  job: "102",
  user: "bob",
  host: "n1",
  pid: 13,
  parentPid: 12,
  time: day("2026-04-03T23:40:00Z"),
  program: object("/home/bob/a.out", [], "dd".repeat(20)),
  objects: [library("/sw/num/3/lib/libnum.so.3.1", SITE)],
});
const records = [first, again, changed, built];

let collector: RunningCollector;
let client: CollectorClient;
const query = (...args: string[]) => tool("ogrt-query", "--data", data, ...args);

beforeAll(async () => {
  const entry = (fields: object) =>
    JSON.stringify({ kind: "shared object", machine: "x86_64", size: 1, modified: "2026-01-01T00:00:00Z", ...fields });
  const catalogue = join(folder, "catalogue");
  const lines = [
    JSON.stringify({ "ogrt-catalogue": 1, created: "2026-01-01T00:00:00Z", roots: ["/sw"] }),
    entry({ path: "/sw/num/3/lib/libnum.so.3.1", buildId: SITE, package: { name: "num", version: "3.1" } }),
    entry({
      path: "/sw/app/1.0/bin/app",
      buildId: "cc".repeat(20),
      uuids: [STAMP],
      package: { name: "app", version: "1.0" },
    }),
    entry({ path: "/sw/old/lib/libold.so", buildId: "ee".repeat(20) }),
  ];
  writeFileSync(catalogue, `${lines.join("\n")}\n`);
  collector = keepCollector(await startCollector(data, "--catalogue", catalogue, "--host-name", "n1", ...ALL_TIMES));
  client = new CollectorClient({ url: collector.where.http, token: collector.token });
  const ends = [first, built].map(({ uuid = "" }) => processEnd(uuid));
  const silent = { type: "job-start" as const, job: "silent", time: day("2026-04-05T00:00:00Z") };
  await collector.send(...records.map(encodeMessage), ...ends.map(encodeMessage), encodeMessage(silent));
  await collector.waitForFrames(records.length + ends.length + 1);
});

afterAll(() => collector.stop("SIGKILL"));

describe("who is affected", () => {
  it("is found by soname, build-id, path, signature and any text", async () => {
    const found = await client.affected({ soname: "libnum.so.3" });
    expect(found).toMatchObject({ processes: 4, jobs: 3, users: 2, hosts: 2, objectCount: 2 });
    expect(found).toMatchObject({
      firstUse: "2026-03-01T10:00:00.000000000Z",
      lastUse: "2026-04-03T23:40:00.000000000Z",
    });
    expect(await client.affected({ text: "libnum" })).toMatchObject({ processes: 4, selection: { kind: "soname" } });
    expect(await client.affected({ text: OWN })).toMatchObject({ processes: 1, selection: { kind: "buildId" } });
    expect(await client.affected({ text: "/home/*/libnum*" })).toMatchObject({ processes: 1, jobs: 1 });
    const stamped = await client.affected({ text: STAMP.toUpperCase() });
    expect(stamped).toMatchObject({
      processes: 3,
      software: ["app 1.0"],
      selection: { kind: "signature", value: STAMP },
    });
  });

  it("is limited to a span, which may begin or end within a day", async () => {
    const within = async (since: string, until?: string) =>
      (await client.affected({ soname: "libnum.so.3", since, ...(until && { until }) })).processes;
    expect(await within("2026-04-02")).toBe(3);
    expect(await within("2026-04-02T10:00:00Z", "2026-04-03T23:40:00Z")).toBe(2);
    expect(await within("2026-04-03T23:35:00Z", "2026-04-03T23:50:00Z")).toBe(1);
    expect(await within("2026-04-04T01:35:00+02:00", "2026-04-05")).toBe(1);
    expect(await within("2026-05-01")).toBe(0);
  });

  it("is listed by job, user, host and process, in pages, with addresses", async () => {
    const { users } = await client.affectedUsers({ soname: "libnum.so.3", domain: "site.example" });
    expect(users.map(({ user, address, processes }) => [user, address, processes])).toEqual([
      ["bob", "bob@site.example", 2],
      ["alice", "alice@site.example", 2],
    ]);
    expect((await client.affectedHosts({ soname: "libnum.so.3" })).hosts.map(({ host }) => host)).toEqual(["n1", "n2"]);
    const jobs: (string | null)[] = [];
    for (let cursor: string | null = "0"; cursor !== null; ) {
      const page: Awaited<ReturnType<typeof client.affectedJobs>> = await client.affectedJobs({
        soname: "libnum.so.3",
        limit: 2,
        cursor,
      });
      jobs.push(...page.jobs.map(({ job }) => job));
      cursor = page.next;
    }
    expect(jobs).toEqual(["102", "101", "100"]);
    const seen = await client.affectedProcesses({ buildId: SITE, limit: 2 });
    const rest = await client.affectedProcesses({ buildId: SITE, limit: 2, cursor: seen.next ?? "" });
    expect([...seen.processes, ...rest.processes].map(({ uuid }) => uuid).sort()).toEqual(
      [built, again, first].map(({ uuid }) => uuid).sort(),
    );
    expect(rest.next).toBe(null);
  });
});

describe("a job", () => {
  it("is compared with another job of the same program", async () => {
    const { identical, onlySecond, programs } = await client.jobDifference({ first: "101", second: "102" });
    expect([identical, onlySecond, programs.length]).toEqual([false, ["/home/bob/a.out"], 1]);
    const [app] = programs;
    expect(app?.objects.map(({ name, first, second }) => [name, first?.path, second?.path])).toEqual([
      ["libnum.so.3", "/sw/num/3/lib/libnum.so.3.1", "/home/bob/lib/libnum.so.3"],
    ]);
    expect(app?.modules).toEqual({ onlyFirst: ["num/3"], onlySecond: [] });
    expect(app?.environment.map(({ name }) => name)).toEqual(["LANG", "LD_LIBRARY_PATH", "OMP_NUM_THREADS"]);
    expect(await client.jobDifference({ first: "100", second: "101" })).toMatchObject({ identical: true });
    expect(query("difference", "101", "102").stdout).toContain("/home/bob/lib/libnum.so.3");
  });

  it("is printed as a tree: children below their parents", () => {
    const { stdout } = query("job", "102");
    expect(stdout).toMatch(/^\S.*pid 12 .*$/m);
    expect(stdout).toMatch(/^ {2}\S.*pid 13 \(parent 12\)/m);
    expect(stdout).toContain("used: 12 ms user, 3 ms system, 2048 KiB at most");
  });
});

describe("the CPU time of a process without an end", () => {
  it("is not known, not 0, and sums say of how many processes they are", async () => {
    const { jobs } = await client.jobs({});
    expect(jobs.map(({ job, cpuSeconds, ended, processes }) => [job, cpuSeconds, ended, processes])).toEqual([
      ["102", 0.015, 1, 2],
      ["101", null, 0, 1],
      ["100", 0.015, 1, 1],
    ]);
    const { software, total, unnamed } = await client.software({});
    expect(software.map(({ cpuSeconds, ended, runs }) => [cpuSeconds, ended, runs])).toEqual([
      [0.015, 1, 3],
      [0.015, 1, 1],
    ]);
    expect([total, unnamed]).toEqual([
      { runs: 4, cpuSeconds: 0.03, ended: 2 },
      { runs: 1, cpuSeconds: 0.015, ended: 1 },
    ]);
    expect(await client.overview({ since: "2026-04-02", until: "2026-04-03" })).toMatchObject({
      processes: 1,
      cpuSeconds: null,
      ended: 0,
    });
    expect((await client.userPrograms({})).programs).toMatchObject([{ cpuSeconds: 0.015, ended: 1, runs: 1 }]);
  });

  it("is printed as a dash, as an empty cell and as null", () => {
    const { stdout } = query("jobs");
    expect(stdout).toMatch(/^102 .* 15 ms \(1 of 2\) /m);
    expect(stdout).toMatch(/^101 +alice +n2 +1 +1 +- /m);
    expect(query("--csv", "jobs").stdout).toMatch(/^101,,alice,1,n2,1,1,1,,0,2026-/m);
    expect(JSON.parse(query("--json", "jobs").stdout).jobs[1]).toMatchObject({ job: "101", cpuSeconds: null });
    expect(query("overview").stdout).toContain("; 30 ms of CPU time (known for 2 of 4 processes)\n");
    expect(query("job", "102").stdout).toContain("15 ms of CPU time (known for 1 of 2 processes)\n");
    const running = query("job", "101").stdout;
    expect(running).toContain("CPU time not known: no process has ended\n");
    expect(running).toContain("  no end: CPU time not known\n");
  });
});

describe("software", () => {
  it("is counted by its name, or without one by its path", async () => {
    const { software, total, unnamed } = await client.software({});
    expect(software.map(({ software: name, source, runs, users, jobs }) => [name, source, runs, users, jobs])).toEqual([
      ["app 1.0", "catalogue", 3, 2, 3],
      ["/home/bob/a.out", "path", 1, 1, 1],
    ]);
    expect([total.runs, unnamed.runs]).toEqual([4, 1]);
    expect(total.cpuSeconds).toBeCloseTo(0.03);
    const { software: monthly, periods } = await client.software({ period: "month", by: "cpu" });
    expect(monthly.map(({ period, runs }) => [period, runs])).toEqual([
      ["2026-04", 1],
      ["2026-04", 2],
      ["2026-03", 1],
    ]);
    expect(periods.map(({ period, runs, ended }) => [period, runs, ended])).toEqual([
      ["2026-03", 1, 1],
      ["2026-04", 3, 1],
    ]);
    const { periods: ofOne } = await client.software({ period: "day", name: "app" });
    expect(ofOne.reduce((sum, { runs }) => sum + runs, 0)).toBe(3);
    expect((await client.software({})).periods).toEqual([]);
  });

  it("that is unused is listed, oldest use first", async () => {
    const { builds, catalogued } = await client.unusedBuilds({});
    expect(catalogued).toBe(3);
    // Processes that used the others ended today.
    expect(builds.map(({ paths, lastUse }) => [paths, lastUse])).toEqual([[["/sw/old/lib/libold.so"], null]]);
    const { modules } = await client.unusedModules({ since: "2026-04-03" });
    expect(modules.map(({ module }) => module)).toEqual(["num/3"]);
    const available = join(folder, "available");
    writeFileSync(available, "/sw/modules:\nnum/3\nnever/1(default)\n");
    expect(query("--csv", "unused", "modules", "--available", available).stdout).toMatch(/^never\/1,0,0,\r$/m);
    writeFileSync(available, "num/3 (D)\n");
    expect(query("--csv", "unused", "modules", "--available", available).stdout.match(/num\/3/g)).toHaveLength(1);
    writeFileSync(available, "num/3   never/1\n");
    const { status, stderr } = query("unused", "modules", "--available", available);
    expect([status, stderr]).toEqual([2, expect.stringContaining(`"num/3   never/1" is not a module: one per line`)]);
  });

  it("of users is listed with the libraries that it loads", async () => {
    const { programs } = await client.userPrograms({});
    expect(programs).toMatchObject([
      { paths: ["/home/bob/a.out"], users: ["bob"], runs: 1, buildId: "dd".repeat(20), libraries: ["libnum.so.3"] },
    ]);
  });
});

describe("an odd thing", () => {
  it("is a library from a user's directory, found through LD_LIBRARY_PATH", async () => {
    const { libraries } = await client.oddLibraries({});
    expect(libraries).toMatchObject([
      { path: "/home/bob/lib/libnum.so.3", reasons: ["user-directory", "library-path"], users: ["bob"], processes: 1 },
    ]);
    expect((await client.oddLibraries({ user: "alice" })).libraries).toEqual([]);
  });

  it("is an environment that breaks a rule", async () => {
    const { environments } = await client.oddEnvironments({ since: "2026-01-01" });
    expect(environments.map(({ rule, processes, lastJob }) => [rule, processes, lastJob]).sort()).toEqual([
      ["ld-library-path-empty-element", 1, "102"],
      ["locale", 1, "102"],
      ["omp-num-threads-missing", 1, "102"],
    ]);
  });

  it("is an object with a bad verdict", async () => {
    const { objects } = await client.oddObjects({ verdict: "missing" });
    expect(objects.map(({ path, processes }) => [path, processes])).toContainEqual(["/sw/app/1.0/bin/app", 2]);
  });
});

describe("completeness", () => {
  it("covers jobs that were announced, or listed, and have no process", async () => {
    expect((await client.coverageJobs({})).jobs).toMatchObject([{ job: "silent", processes: 0, source: "event" }]);
    const list = join(folder, "sacct");
    writeFileSync(
      list,
      "JobID|User|Start|End\n100|alice|2026-03-01T10:00:00|Unknown\n100.batch||x|y\n777|carol|None|None\n",
    );
    const { jobs, known } = JSON.parse(query("--json", "coverage", "jobs", "--jobs", list).stdout);
    expect([known, jobs]).toMatchObject([2, [{ job: "777", user: "carol", processes: 0, source: "list" }]]);
    writeFileSync(list, "JobID|JobIDRaw\n99_1|100\n99_2|778\n");
    expect(JSON.parse(query("--json", "coverage", "jobs", "--jobs", list).stdout).jobs).toMatchObject([{ job: "778" }]);
    const { hosts } = await client.coverageHosts({ host: "n1" });
    expect(hosts.map(({ day, processes, ended }) => [day, processes, ended])).toEqual([
      ["2026-04-03", 2, 1],
      ["2026-03-01", 1, 1],
    ]);
  });

  it("is part of every answer", async () => {
    const { completeness, span } = await client.overview({});
    expect(completeness).toMatchObject({ processes: 4, withoutEnd: 2, incomplete: 0 });
    expect(span.since).toBe("2026-03-01T10:00:00.000000000Z");
    // These processes started long before this collector.
    expect(query("overview").stderr).toMatch(
      /4 processes; whether there was a collector before .* is not known, 1 program not checked on disk, 2 processes without an end\)/,
    );
  });
});

const EXAMPLES: Record<string, string> = {
  id: "102",
  uuid: first.uuid ?? "",
  first: "101",
  second: "102",
  text: "num",
};

describe("the OpenAPI file", () => {
  it("is served by the collector, and describes its answers", async () => {
    expect(await collector.json("/api/v1/openapi.json")).toEqual(document);
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    formats.default(ajv);
    ajv.addSchema(document, "openapi");
    for (const operation of GET_OPERATIONS) {
      const query = neededQuery(operation, EXAMPLES);
      if (operation.operationId.startsWith("affected")) query.set("text", "libnum");
      const response = await collector.get(`${operation.path.replace("{id}", "102")}?${query}`);
      const answer = await response.json();
      expect([operation.operationId, response.status]).toEqual([operation.operationId, 200]);
      const pointer = `openapi#/paths/${operation.path.replaceAll("/", "~1")}/get/responses/200/content/application~1json/schema`;
      const validate = ajv.getSchema(pointer.replaceAll("{", "%7B").replaceAll("}", "%7D"));
      expect([operation.operationId, validate?.(answer), validate?.errors]).toEqual([
        operation.operationId,
        true,
        null,
      ]);
    }
  });
});

describe("ogrt-query", () => {
  it("exits with 1 when there was no use, for tables and for JSON", () => {
    for (const form of [[], ["--json"], ["--csv"]]) {
      expect(query(...form, "affected", "libnum", "--since", "2026-05-01").status).toBe(1);
      expect(query(...form, "affected", "libnum", "--since", "2026-03-01").status).toBe(0);
    }
  });

  it("refuses a span for the live stream", () => {
    expect(query("--follow", "--since", "2026-03-01")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("--follow excludes --since and --until"),
    });
  });

  it("prints CSV in which no cell is a formula", async () => {
    const { stdout } = query("--csv", "jobs");
    expect(stdout.split("\r\n")[0]).toBe(
      "job,cluster,users,userCount,hosts,hostCount,processes,programs,cpuSeconds,ended,firstUse,lastUse",
    );
    expect(stdout).toContain("102,,bob,1,n1,1,2,2,0.015,1,2026-04-03T23:30:00.000000000Z,");
    await collector.send(
      encodeMessage(processStart({ job: "=1+1", user: 'a,"b"', time: day("2026-04-10T00:00:00Z") })),
    );
    while (!query("--csv", "jobs").stdout.includes("'=1+1")) await collector.accounting();
    expect(query("--csv", "jobs").stdout).toContain(`'=1+1,,"a,""b""",`);
  });

  it("follows the live stream with the same filters", async () => {
    const child = spawn(
      process.execPath,
      [toolPath("ogrt-query"), "--data", data, "--json", "--follow", "--job", "live"],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    const line = once(createInterface({ input: child.stdout }), "line");
    const timer = setInterval(() => {
      void collector.send(encodeMessage(processStart({ job: "other" })), encodeMessage(processStart({ job: "live" })));
    }, 100);
    const [text] = await line;
    clearInterval(timer);
    child.kill("SIGTERM");
    expect(JSON.parse(`${text}`)).toMatchObject({ type: "process", job: "live" });
  });
});
