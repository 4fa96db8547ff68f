import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodeMessage } from "../../../lib/wire/index.js";
import { ALL_TIMES, keepCollector, type RunningCollector, startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { tool } from "../../support/tools.js";
import { object, processStart } from "../../wire/samples.js";

/** What answers that found nothing say about their question, and questions by the name of software. */
const folder = temporaryFolder();
const data = join(folder, "data");
const STAMPS = ["5b8c8f5e-6d0b-4a7e-9d35-0a5f3c1f2b61", "5b8c8f5e-6d0b-4a7e-9d35-0a5f3c1f2b62"] as const;
const UNUSED = "5b8c8f5e-6d0b-4a7e-9d35-0a5f3c1f2b63";
let collector: RunningCollector;

const query = (...args: string[]) => tool("ogrt-query", "--data", data, ...args);
const json = (...args: string[]) => JSON.parse(query("--json", ...args).stdout);

beforeAll(async () => {
  const catalogue = join(folder, "catalogue");
  const entry = (path: string, uuid: string, version: string) =>
    JSON.stringify({
      kind: "executable",
      machine: "x86_64",
      size: 1,
      modified: "2026-01-01T00:00:00Z",
      path,
      uuids: [uuid],
      package: { name: "simulate", version },
    });
  const head = JSON.stringify({ "ogrt-catalogue": 1, created: "2026-01-01T00:00:00Z", roots: ["/sw"] });
  const lines = [
    head,
    entry("/sw/1.0/bin/sim", STAMPS[0], "1.0"),
    entry("/sw/2.0/bin/sim", STAMPS[1], "2.0"),
    entry("/sw/3.0/bin/sim", UNUSED, "3.0"),
  ];
  writeFileSync(catalogue, `${lines.join("\n")}\n`);
  collector = keepCollector(await startCollector(data, "--catalogue", catalogue, ...ALL_TIMES));
  const time = (text: string) => ({ nanoseconds: BigInt(Date.parse(text)) * 1_000_000n, precision: 1n });
  const records = [
    processStart({
      job: "4711",
      time: time("2026-03-01T10:00:00Z"),
      modules: [],
      program: object("/sw/1.0/bin/sim", [STAMPS[0]]),
    }),
    processStart({
      job: "4712",
      time: time("2026-03-02T10:00:00Z"),
      modules: [],
      program: object("/sw/1.0/bin/sim", [STAMPS[0]]),
    }),
    processStart({
      job: "4713",
      time: time("2026-03-03T10:00:00Z"),
      modules: [],
      program: object("/sw/2.0/bin/sim", [STAMPS[1]]),
    }),
  ];
  await collector.send(...records.map(encodeMessage));
  await collector.waitForFrames(records.length);
});
afterAll(() => collector.stop("SIGKILL"));

describe("software", () => {
  it("is asked by name and version, and versions sum up", () => {
    const { software, total } = json("software", "simulate");
    expect(total.runs).toBe(3);
    expect(software).toMatchObject([
      { software: "simulate 1.0", runs: 2, jobs: 2, source: "catalogue" },
      { software: "simulate 2.0", runs: 1, jobs: 1, source: "catalogue" },
    ]);
    expect(json("software", "simulate 2.*").total.runs).toBe(1);
    expect(
      json("affected", "simulate 1.0")
        .jobs.map(({ job }: { job: string }) => job)
        .sort(),
    ).toEqual(["4711", "4712"]);
    expect(json("affected", "--as", "software", "simulate").jobs).toHaveLength(3);
    expect(query("affected", "simulate 1.0").stdout).toMatch(/^software simulate 1\.0\n/);
  });
});

describe("an answer that found nothing", () => {
  it("says how it read the question, what else it may mean, and which collector answered", () => {
    const { status, stdout, stderr } = query("affected", "simul");
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(`nothing found in the collector at ${collector.where.http}`);
    expect(stderr).toContain("no process loaded a library whose name is simul*");
    expect(stderr).toContain(
      'software named simul: 3 (simulate 1.0, simulate 2.0, simulate 3.0), ask "software simul"',
    );
    expect(json("affected", "simul").completeness.notes).toHaveLength(2);
    expect(query("--csv", "affected", "simul", "--by", "users").stderr).toContain("software named simul: 3");
  });

  it("says that a signature is known, but was not used", () => {
    expect(json("affected", UNUSED).completeness.notes).toEqual([
      `no process reported the signature ${UNUSED}`,
      "it is the signature of simulate 3.0",
    ]);
  });

  it("says that a UUID is that of a process", () => {
    const { uuid } = json("processes").processes[0];
    expect(json("affected", uuid).completeness.notes).toEqual([
      `no process reported the signature ${uuid}`,
      `it is the UUID of a process: ask "process ${uuid}"`,
    ]);
  });

  it("says when what matches was used", () => {
    expect(json("affected", STAMPS[1], "--since", "2026-04-01").completeness.notes).toEqual([
      "what matches was used at other times or by others: from 2026-03-03T10:00:00Z to 2026-03-03T10:00:00Z",
      "no process started in this span: the store holds processes from 2026-03-01T10:00:00Z to 2026-03-03T10:00:00Z",
    ]);
  });

  it("names jobs that begin so, and the id that processes report", () => {
    expect(json("job", "471").completeness.notes).toContain("jobs that begin so: 4711, 4712, 4713");
    expect(json("job", "471_[1-3]").completeness.notes).toContain(
      "such a job runs under another id: ask for its JobIDRaw of sacct",
    );
    expect(json("job", "4711.5").completeness.notes[0]).toBe(
      "the job is known, but no process of it is what 4711.5 names",
    );
    expect(json("processes", "--job", "99").completeness.notes[0]).toContain("no process reported the job 99");
  });

  it("suggests the name that was meant", () => {
    expect(json("jobs", "--user", "alcie").completeness.notes).toEqual([
      "no process names the user alcie; did you mean alice?",
    ]);
    expect(json("processes", "--host", "node11").completeness.notes).toEqual([
      "no process names the host node11; did you mean node1?",
    ]);
  });

  it("says so when the store is empty, and which store answered without a collector", async () => {
    const empty = join(folder, "empty");
    const other = await startCollector(empty);
    expect(await other.stop()).toBe(0);
    const { status, stderr } = tool("ogrt-query", "--data", empty, "jobs");
    expect(status).toBe(1);
    expect(stderr).toContain(`nothing found in the store ${join(empty, "ogrt.duckdb")}, on which no collector runs`);
    expect(stderr).toContain("the store holds no process");
  });

  it("leaves other answers without notes", () => {
    expect(json("jobs").completeness.notes).toEqual([]);
    expect(json("affected", "simulate 1.0").completeness.notes).toEqual([]);
  });
});

describe("every answer without a row", () => {
  it.each([
    ["overview --cluster alhpa", "no process names the cluster alhpa"],
    ["affected libnone --by builds", "no process loaded a library whose name is libnone*"],
    ["affected libnone --by users", "no process loaded a library whose name is libnone*"],
    ["affected libnone --by hosts", "no process loaded a library whose name is libnone*"],
    ["affected libnone --by processes", "no process loaded a library whose name is libnone*"],
    ["jobs --user alice --cluster alpha", "no process names the cluster alpha"],
    [
      "processes --user alice --host node1 --since 2026-03-02T12:00Z --until 2026-03-02T13:00Z",
      "no process of this answer names the user alice and the host node1",
    ],
    ["affected ./bin/sim", "files whose path ends in /bin/sim: 2, ask \"affected '*/bin/sim'\""],
    ["jobs --since 2099-01-01", "the span begins in the future"],
    [`process ${STAMPS[0]}`, `it is the signature of simulate 1.0: ask "affected ${STAMPS[0]}"`],
    [`process ${UNUSED}`, `no start of a process ${UNUSED} is stored`],
    ["difference 4711x 4712x", "no process reported the job 4711x"],
    ["difference 4711 4712x", "no process reported the job 4712x"],
    ["difference 4712x 4711", "no process reported the job 4712x"],
    ["software simulat", "no file that a process used is known as the software simulat"],
    ["software simulate --user bob", "no process names the user bob"],
    ["software simulate --since 2026-03-04", "what matches was used at other times or by others: from 2026-03-01"],
    [
      "unused builds --since 2026-02-01 --path /sw/1.0/*",
      "each package of 1 catalogued file was used since 2026-02-01",
    ],
    ["unused builds --path /nowhere/*", "no catalogue lists a file whose path is /nowhere/*"],
    ["unused modules", "no process reported a module"],
    ["user-programs --user alcie", "no process names the user alcie; did you mean alice?"],
    ["odd libraries --soname libnone.so", "no process loaded a library whose name is libnone.so"],
    ["odd environments --user alcie", "no process names the user alcie; did you mean alice?"],
    ["odd objects --verdict stripped", "no object has the verdict stripped"],
    ["coverage --since 2020-01-01 --until 2020-01-02", "no frame was counted in this span"],
    ["coverage outages", "no outage is known that touches this span"],
    ["coverage hosts --host node11", "no process names the host node11; did you mean node1?"],
    ["coverage jobs", "no start of a job was reported in this span"],
    ["coverage jobs --jobs JOBS", "none of 2 jobs has fewer than 1 process"],
  ])("says why: %s", (line, note) => {
    writeFileSync(join(folder, "jobs"), "4711\n4712\n");
    const { status, stderr } = query(...line.replace("JOBS", join(folder, "jobs")).split(" "));
    expect(status).toBe(1);
    expect(stderr).toContain(`nothing found in the collector at ${collector.where.http}\n  `);
    expect(stderr).toContain(note);
  });
});
