import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodeMessage, type ProcessStart } from "../../../lib/wire/index.js";
import { keepCollector, type RunningCollector, startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { freshUuid } from "../../support/toolchain.js";
import { object, processEnd, processStart } from "../../wire/samples.js";

const STAMP = freshUuid();
const DAY_MS = 86_400_000;
let collector: RunningCollector;
let pid = 100;

const library = (soname: string) => ({ ...object(`/sw/lib/${soname}`), soname });
const openmpi = library("libmpi.so.40");
const mpich = library("libmpi.so.12");
const start = (job: string, objects: ProcessStart["objects"], fields: Partial<ProcessStart> = {}) =>
  processStart({ job, objects, pid: pid++, host: "n1", program: object("/sw/bin/solver"), ...fields });
const daysAgo = (days: number) => ({
  nanoseconds: BigInt(Date.now() - days * DAY_MS) * 1_000_000n,
  precision: 1n,
});

beforeAll(async () => {
  collector = keepCollector(await startCollector(temporaryFolder()));
  const starts = [
    start("two", [openmpi]),
    start("two", [library("libblas.so.3")]),
    start("two", [mpich]),
    start("one", [openmpi]),
    start("later", [openmpi], { host: "n2" }),
    start("stamped", [], { program: object("/sw/bin/stamped", [STAMP]), host: "n3" }),
    start("old", [], { host: "n3", time: daysAgo(5) }),
  ];
  const later = processEnd(starts[4]?.uuid ?? "", { objects: [mpich] });
  const frames = [...starts, processEnd(starts[3]?.uuid ?? ""), later];
  await collector.send(...frames.map(encodeMessage));
  await collector.waitForFrames(frames.length);
});
afterAll(() => collector.stop("SIGKILL"));

const jobs = async (query: string): Promise<{ names: string[]; notes: string[] }> => {
  const answer = await collector.json(`/api/v1/jobs?${query}`);
  return { names: answer.jobs.map(({ job }: { job: string }) => job).sort(), notes: answer.completeness.notes };
};
const processes = async (query: string): Promise<string[]> =>
  (await collector.json(`/api/v1/processes?${query}`)).processes.map(({ job }: { job: string }) => job).sort();

describe("jobs", () => {
  it("are those that used two files, in one process or in several, at the start or later", async () => {
    expect((await jobs("used=libmpi.so.40&alsoUsed=libmpi.so.12")).names).toEqual(["later", "two"]);
    expect((await jobs("used=libmpi.so.40&alsoUsed=libblas")).names).toEqual(["two"]);
  });

  it("are those that used one file and not another", async () => {
    expect((await jobs("used=libmpi.so.40&notUsed=libmpi.so.12")).names).toEqual(["one"]);
    expect((await jobs("notUsed=libmpi")).names).toEqual(["old", "stamped"]);
    expect((await jobs(`used=${STAMP}&host=n3`)).names).toEqual(["stamped"]);
  });

  it("say why none of them fits", async () => {
    expect(await jobs("used=libmpi.so.40&alsoUsed=libnone.so")).toEqual({
      names: [],
      notes: [expect.stringContaining("no process loaded a library whose name is libnone.so")],
    });
    expect((await jobs("used=libblas&notUsed=libmpi")).notes).toEqual(["no job of this span fits"]);
  });
});

describe("processes", () => {
  it("are those that run, or those that ended", async () => {
    expect(await processes("state=running&host=n1")).toEqual(["two", "two", "two"]);
    expect(await processes("state=ended")).toEqual(["later", "one"]);
    expect(await processes("state=running&job=old")).toEqual(["old"]);
    expect(await processes(`state=running&until=${new Date(Date.now() - DAY_MS).toISOString()}`)).toEqual(["old"]);
  });

  it("are those whose program has a stamp, or none", async () => {
    expect(await processes("stamp=some")).toEqual(["stamped"]);
    expect(await processes("stamp=none&host=n3")).toEqual(["old"]);
  });

  it("of a state are those of the last 30 days, which the answer states, unless it is asked since when", async () => {
    const { span } = await collector.json("/api/v1/processes?state=running");
    const days = (Date.parse(span.until) - Date.parse(span.since)) / DAY_MS;
    expect(days).toBeCloseTo(30, 1);
    expect((await collector.json("/api/v1/processes?state=running&since=2020-01-01")).span.since).toMatch(
      /^2020-01-01/,
    );
  });
});
