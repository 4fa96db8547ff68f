import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { encodeMessage } from "../../../lib/wire/index.js";
import { ALL_TIMES, spawnCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { tool } from "../../support/tools.js";
import { object, processEnd, processStart } from "../../wire/samples.js";

/* What administrators and support people ask, each with one command. */

const data = join(temporaryFolder(), "data");
const ask = (command: string) => {
  const { status, stdout } = tool("ogrt-query", "--data", data, ...command.split(" "));
  expect([command, status]).toEqual([command, 0]);
  return stdout;
};
const rows = (command: string) =>
  ask(command)
    .trimEnd()
    .split("\n")
    .map((line) => line.split(/ {2,}/));

const at = (text: string) => ({ nanoseconds: BigInt(Date.parse(text)) * 1_000_000n, precision: 1n });
const mpi = (path: string) => ({ ...object(path), soname: "libmpi.so.40" });
const solver = (version: string, fields: object) =>
  processStart({
    ...{ program: object(`/sw/solver/${version}/bin/solver`), modules: [`solver/${version}`] },
    ...{ objects: [mpi("/sw/mpi/lib/libmpi.so.40")], user: "alice", host: "n0123", ...fields },
  });

beforeAll(async () => {
  const collector = await spawnCollector(data, ...ALL_TIMES);
  const starts = [
    solver("1.0", { job: "100", pid: 10, time: at("2026-03-01T10:00:00Z") }),
    solver("1.0", { job: "101", pid: 11, time: at("2026-04-02T10:00:00Z") }),
    solver("2.0", { job: "102", pid: 12, time: at("2026-04-03T10:00:00Z"), user: "bob", host: "n0124" }),
    solver("2.0", {
      ...{ job: "103", pid: 13, time: at("2026-05-03T10:00:00Z"), user: "bob" },
      ...{ objects: [mpi("/home/bob/lib/libmpi.so.40")], libraryPath: "/home/bob/lib", environment: ["LANG=C"] },
    }),
  ];
  const ends = starts.slice(0, 2).map(({ uuid }) => processEnd(uuid ?? ""));
  await collector.send(...[...starts, ...ends].map((message) => encodeMessage(message)));
  await collector.waitForFrames(starts.length + ends.length);
  await collector.stop();
}, 120_000);

describe("one command answers", () => {
  it("what ran last on a node", () => {
    expect(JSON.parse(ask("--json processes --host n0123")).processes.map(({ pid }: { pid: number }) => pid)).toEqual([
      ...[13, 11, 10],
    ]);
  });

  it("what runs now on a node, as far as its ends arrived", () => {
    const running = JSON.parse(ask("--json processes --host n0123 --state running --since 2026-01-01"));
    expect(running.processes.map(({ pid }: { pid: number }) => pid)).toEqual([13]);
  });

  it("which jobs used one library and not another", () => {
    expect(rows("--columns job jobs --used libmpi.so.40 --not-used /home/*")).toEqual([
      ...[["JOB"], ["102"], ["101"], ["100"]],
    ]);
    expect(rows("--columns job jobs --used libmpi.so.40 --also-used /home/*")).toEqual([["JOB"], ["103"]]);
  });

  it("which processes ran programs without a stamp", () => {
    expect(JSON.parse(ask("--json processes --stamp none")).processes).toHaveLength(4);
  });

  it("what a word means", () => {
    expect(rows("--columns kind,name,processes search solver")).toEqual([
      ["KIND", "NAME", "PROCESSES"],
      ...[
        ["software", "solver/2.0", "2"],
        ["software", "solver/1.0", "2"],
      ],
      ...[
        ["module", "solver/2.0", "2"],
        ["module", "solver/1.0", "2"],
      ],
      ...[
        ["path", "/sw/solver/1.0/bin/solver", "-"],
        ["path", "/sw/solver/2.0/bin/solver", "-"],
      ],
    ]);
    expect(ask("--ndjson search ali*")).toContain('{"kind":"user","name":"alice"');
    expect(JSON.parse(ask("--json search n012")).kinds).toMatchObject([{ kind: "host", count: 2 }]);
    const { status, stderr } = tool("ogrt-query", "--data", data, "search", "nowhere");
    expect([status, stderr]).toEqual([1, expect.stringContaining("contains this text")]);
    expect(tool("ogrt-query", "--data", data, "--limit", "1", "search", "solver").stdout).toContain("software: 1 of 2");
  });

  it("what a user ran, and where", () => {
    expect(rows("--columns job,hosts jobs --user bob")).toEqual([
      ...[
        ["JOB", "HOSTS"],
        ["103", "n0123"],
        ["102", "n0124"],
      ],
    ]);
  });

  it("which programs, libraries and modules a job had", () => {
    const text = ask("job 103");
    expect(text).toContain("/sw/solver/2.0/bin/solver");
    expect(text).toContain("/home/bob/lib/libmpi.so.40");
    expect(text).toContain("modules: solver/2.0");
  });

  it("why a job behaves otherwise than the one before", () => {
    expect(ask("difference 102 103")).toContain("/home/bob/lib/libmpi.so.40");
  });

  it("whom a broken library hit, to write to them", () => {
    expect(ask("--csv --columns user,address affected libmpi* --by users --domain site.example")).toMatch(
      /^user,address\r\n[\s\S]*bob,bob@site\.example\r\n/,
    );
  });

  it("which figures a monthly report has", () => {
    const [heading, ...months] = rows(
      "--columns period,software,runs,users,cpuSeconds --sort period software --period month",
    );
    expect(heading).toEqual(["PERIOD", "SOFTWARE", "RUNS", "USERS", "CPU TIME"]);
    expect([...new Set(months.map(([period]) => period))].slice(0, 3)).toEqual(["2026-03", "2026-04", "2026-05"]);
  });

  it("when a version came and went", () => {
    const periods = JSON.parse(ask("--json software --period month")).software;
    const monthsOf = (version: string) =>
      periods
        .filter(({ software }: { software: string }) => software.endsWith(version))
        .map(({ period }: { period: string }) => period)
        .sort();
    expect(monthsOf("1.0")).toEqual(["2026-03", "2026-04"]);
    expect(monthsOf("2.0")).toEqual(["2026-04", "2026-05"]);
  });

  it("which libraries come from users' own directories", () => {
    expect(ask("odd libraries --soname libmpi*")).toContain("/home/bob/lib/libmpi.so.40");
  });

  it("which software nobody uses any more", () => {
    expect(rows("--columns module,lastUse --sort -lastUse unused modules")[1]?.[0]).toBe("solver/1.0");
  });

  it("which nodes report less than usual", () => {
    expect(rows("--columns host,day,processes --sort -processes coverage hosts").slice(1)).toHaveLength(4);
  });

  it("how much of the cluster a program takes", () => {
    expect(ask("overview")).toMatch(/^4 processes in 4 jobs of 2 users on 2 hosts; /);
  });

  it("which jobs of a program the collector knows", () => {
    expect(ask("--columns job affected /sw/solver/1.0/*")).toMatch(/\nJOB\n101\n100\n/);
  });
});
