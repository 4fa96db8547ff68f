import { writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodeMessage, type Placement, type ProcessStart } from "../../../lib/wire/index.js";
import { keepCollector, type RunningCollector, startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { tool } from "../../support/tools.js";
import { object, processStart } from "../../wire/samples.js";

/** Two clusters that use the same ids, arrays of Slurm and of LSF, and a scheduler that names no cluster. */
const folder = temporaryFolder();
const data = join(folder, "data");
let collector: RunningCollector;
let pid = 1000;

const placed = (placement: Partial<Placement>, fields: Partial<ProcessStart>) => {
  const start = processStart({ pid: pid++, ...fields });
  return { ...start, placement: { ...start.placement, ...placement } };
};
const task = (number: number, job: string, step?: string) =>
  placed(
    { cluster: "alpha", arrayJob: "142", arrayTask: `${number}`, step },
    { job, program: object(`/bin/task${number}`) },
  );

const query = (...args: string[]) => tool("ogrt-query", "--data", data, ...args);
const json = async (...args: string[]) => JSON.parse((await query("--json", ...args)).stdout);
const pathsOf = (answer: { processes: { program: { path: string } }[] }) =>
  answer.processes.map(({ program }) => program.path).sort();

beforeAll(async () => {
  collector = keepCollector(await startCollector(data));
  const records = [
    placed({ cluster: "alpha" }, { job: "77", user: "alice", program: object("/bin/alpha77") }),
    placed({ cluster: "beta" }, { job: "77", user: "bob", program: object("/bin/beta77") }),
    // Slurm gives the last task the id of the array.
    task(1, "143"),
    task(2, "144", "4294967291"),
    task(3, "142", "0"),
    placed({ cluster: "alpha" }, { job: "143_1", program: object("/bin/underscore") }),
    placed({ arrayTask: "5" }, { job: "900", program: object("/bin/lsf5") }),
    placed({ arrayTask: "6" }, { job: "900", program: object("/bin/lsf6") }),
    placed({ arrayTask: "0" }, { job: "901", program: object("/bin/lsf") }),
    placed({ arrayTask: "4" }, { job: "88[4].server", program: object("/bin/pbs") }),
  ];
  await collector.send(...records.map(encodeMessage));
  await collector.waitForFrames(records.length);
});
afterAll(() => collector.stop("SIGKILL"));

describe("a job", () => {
  it("is its cluster and its id: an id that several clusters have is refused with the references to choose from", async () => {
    expect(await query("job", "77")).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringContaining("job 77 is one of alpha and beta: ask for alpha:77 or beta:77"),
    });
    const alpha = await json("job", "alpha:77");
    expect([alpha.cluster, pathsOf(alpha)]).toEqual(["alpha", ["/bin/alpha77"]]);
    expect(pathsOf(await json("job", "beta:77"))).toEqual(["/bin/beta77"]);
    expect(await query("job", "gamma:77")).toMatchObject({ status: 1 });
    expect(await query("processes", "--job", "77")).toMatchObject({ status: 2 });
    expect((await json("difference", "alpha:77", "beta:77")).onlyFirst).toEqual(["/bin/alpha77"]);
    const response = await collector.get("/api/v1/job?id=77");
    const { code } = (await response.json()) as { code: string };
    expect([response.status, code]).toEqual([400, "AMBIGUOUS_JOB"]);
  });

  it("is counted and listed once for each cluster", async () => {
    const { jobs } = await json("jobs");
    const listed = jobs.map(({ cluster, job }: { cluster: string | null; job: string }) => `${cluster} ${job}`).sort();
    expect(listed).toEqual(
      [
        ...["alpha 77", "beta 77", "alpha 142_1", "alpha 142_2", "alpha 142_3", "alpha 143_1"],
        ...["null 900_5", "null 900_6", "null 901", "null 88[4].server"],
      ].sort(),
    );
    expect((await json("overview")).jobs).toBe(10);
    expect((await json("jobs", "--cluster", "beta")).jobs).toMatchObject([
      { cluster: "beta", job: "77", users: ["bob"] },
    ]);
    expect((await json("overview", "--cluster", "alpha")).processes).toBe(5);
    expect((await json("software", "--cluster", "beta")).total.runs).toBe(1);
    expect(pathsOf(await json("processes", "--cluster", "beta"))).toEqual(["/bin/beta77"]);
    const affected = await json("affected", "/bin/*77");
    expect(affected.jobs.map(({ cluster }: { cluster: string }) => cluster).sort()).toEqual(["alpha", "beta"]);
  });

  it("that is an array is found whole and by task, whatever ids the scheduler gave its tasks", async () => {
    const whole = await json("job", "142");
    expect([whole.tasks, pathsOf(whole)]).toEqual([3, ["/bin/task1", "/bin/task2", "/bin/task3"]]);
    expect(pathsOf(await json("job", "142_3"))).toEqual(["/bin/task3"]);
    expect(pathsOf(await json("job", "alpha:142_2"))).toEqual(["/bin/task2"]);
    // By the id of the scheduler.
    expect(pathsOf(await json("job", "143"))).toEqual(["/bin/task1"]);
    expect(pathsOf(await json("processes", "--job", "142"))).toHaveLength(3);
    expect((await json("job", "900")).tasks).toBe(2);
    expect(pathsOf(await json("job", "900[5]"))).toEqual(["/bin/lsf5"]);
    expect(pathsOf(await json("job", "900_6"))).toEqual(["/bin/lsf6"]);
    expect(pathsOf(await json("job", "88[4].server"))).toEqual(["/bin/pbs"]);
    const { stdout } = await query("job", "142");
    expect(stdout).toMatch(/^job 142 on alpha, 3 tasks: 3 processes/);
  });

  it("has the records that name no cluster, where one cluster has its id", async () => {
    await collector.report(
      { job: "143_1", program: object("/bin/nowhere") },
      { job: "77", program: object("/bin/nowhere") },
    );
    expect(pathsOf(await json("job", "143_1"))).toEqual(["/bin/nowhere", "/bin/underscore"]);
    expect(pathsOf(await json("job", "alpha:143_1"))).toEqual(["/bin/underscore"]);
    expect(pathsOf(await json("job", ":77"))).toEqual(["/bin/nowhere"]);
    expect(await query("job", "77")).toMatchObject({ status: 2 });
  });

  it("is found by its whole text first", async () => {
    expect(pathsOf(await json("job", "alpha:143_1"))).toEqual(["/bin/underscore"]);
  });

  it("is narrowed to a step", async () => {
    expect(pathsOf(await json("job", "142.0"))).toEqual(["/bin/task3"]);
    expect(pathsOf(await json("job", "142_2.batch"))).toEqual(["/bin/task2"]);
    expect(await query("job", "142_2.0")).toMatchObject({ status: 1 });
  });

  it("has its cluster in tables only where clusters differ", async () => {
    expect((await query("jobs")).stdout).toMatch(/^JOB +CLUSTER /);
    expect((await query("jobs", "--cluster", "alpha")).stdout).not.toContain("CLUSTER");
    expect((await query("--csv", "jobs", "--cluster", "alpha")).stdout).toMatch(/^job,cluster,/);
  });
});

describe("a list of jobs to check", () => {
  it("may name tasks, whole arrays and clusters", async () => {
    const list = join(folder, "jobs");
    writeFileSync(list, "JobID|Cluster\n142_1|alpha\n142_9|alpha\n142|alpha\n77|beta\n78|gamma\n900_5|\n");
    const { jobs, known } = await json("coverage", "jobs", "--jobs", list);
    expect(known).toBe(6);
    expect(jobs.map(({ cluster, job }: { cluster: string; job: string }) => [cluster, job])).toEqual([
      ["alpha", "142_9"],
      ["gamma", "78"],
    ]);
    writeFileSync(list, "142_[7-9]\n");
    expect(await query("coverage", "jobs", "--jobs", list)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("job 142_[7-9] runs under another id; print JobIDRaw"),
    });
  });

  it("may name jobs of PBS, whose ids end with that of the server", async () => {
    const list = join(folder, "jobs");
    writeFileSync(list, "5.pbs01\n142.batch\n142.7\n");
    const { jobs } = await json("coverage", "jobs", "--jobs", list);
    expect(jobs).toMatchObject([{ job: "5.pbs01" }]);
  });

  it("that names no job is not taken for the jobs that were announced", async () => {
    const list = join(folder, "jobs");
    writeFileSync(list, "JobID|User\n");
    const { status, stderr } = await query("coverage", "jobs", "--jobs", list);
    expect(status).toBe(1);
    expect(stderr).toContain("\n  the list names no job\n");
  });

  it.each(["JOBID PARTITION NAME", "142|alice", '{"job": 142}'])("does not take %s for a job id", async (line) => {
    const list = join(folder, "jobs");
    writeFileSync(list, `${line}\n`);
    const { status, stderr } = await query("coverage", "jobs", "--jobs", list);
    expect([status, stderr]).toEqual([2, expect.stringContaining(`${list}: "${line}" is not a job id: one per line`)]);
  });
});

describe("a record without a cluster", () => {
  it("gets that of its listener: processes, starts and ends of jobs", async () => {
    const own = join(folder, "listeners");
    const socket = join(folder, "beta.sock");
    const configuration = join(folder, "listeners.toml");
    writeFileSync(configuration, `[receive]\ncluster = "alpha"\nlistener-clusters = ["${socket}=beta"]\n`);
    const other = await startCollector(own, "--config", configuration, "--unix", socket);
    const start = (fields: Partial<ProcessStart>) => encodeMessage(processStart({ job: "5", ...fields }));
    const time = { nanoseconds: BigInt(Date.now()) * 1_000_000n, precision: 1_000_000n };
    await other.send(
      start({ program: object("/bin/default") }),
      encodeMessage(placed({ cluster: "gamma" }, { job: "5", program: object("/bin/named") })),
      encodeMessage({ type: "job-start", job: "6", time }),
      // The same job id of another cluster, at the same time.
      encodeMessage({ type: "job-start", job: "6", cluster: "gamma", time }),
    );
    const stream = connect(socket);
    stream.end(start({ program: object("/bin/listener") }));
    expect(await other.waitForFrames(5)).toMatchObject({ stored: 5, duplicate: 0 });
    const ask = async (...args: string[]) =>
      JSON.parse((await tool("ogrt-query", "--data", own, "--json", ...args)).stdout);
    expect(pathsOf(await ask("job", "alpha:5"))).toEqual(["/bin/default"]);
    expect(pathsOf(await ask("job", "beta:5"))).toEqual(["/bin/listener"]);
    expect(pathsOf(await ask("job", "gamma:5"))).toEqual(["/bin/named"]);
    const { jobs } = await ask("coverage", "jobs");
    expect(jobs.map(({ cluster }: { cluster: string }) => cluster).sort()).toEqual(["alpha", "gamma"]);
    expect((await ask("job", "gamma:6")).events).toHaveLength(1);
  });

  it("is refused for a listener that does not exist", async () => {
    const configuration = join(folder, "unknown.toml");
    writeFileSync(configuration, '[receive]\nlistener-clusters = ["127.0.0.1:1=beta"]\n');
    expect(await tool("ogrt-collector", "--config", configuration, "--check-config")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('receive.listener-clusters: "127.0.0.1:1" is not a listener'),
    });
  });
});
