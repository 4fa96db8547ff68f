import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CollectorClient, type Input } from "../../../lib/client/index.js";
import { encodeMessage, type ProcessStart } from "../../../lib/wire/index.js";
import { sharedCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { tool } from "../../support/tools.js";
import { object, processEnd, processStart } from "../../wire/samples.js";

const data = join(temporaryFolder(), "data");
const shared = sharedCollector(data);
const client = () => new CollectorClient({ url: shared().where.http, token: shared().token });

const BEGIN = BigInt(Date.now() - 3_600_000) * 1_000_000n;
let jobs = 0;

/** Reports processes of a new job: `[pid, parentPid]` each, one second after the other. */
async function report(...processes: [pid: number, parentPid: number, fields?: Partial<ProcessStart>][]) {
  const job = `tree${jobs++}`;
  const records = processes.map(([pid, parentPid, fields], index) =>
    processStart({
      ...{ job, pid, parentPid, program: object(`/bin/p${pid}`), objects: [] },
      time: { nanoseconds: BEGIN + BigInt(index) * 1_000_000_000n, precision: 1n },
      ...fields,
    }),
  );
  await shared().report(...records);
  return { job, uuids: records.map(({ uuid }) => uuid ?? "") };
}

const places = async (id: string, part: Omit<Input<"job">, "id"> = {}) =>
  (await client().job({ id, ...part })).processes.map(({ pid, tree }) => [pid, tree.level, tree.descendants]);

describe("the processes of a job", () => {
  it("stand below their parents, and below the latest one when a pid was reused", async () => {
    const { job, uuids } = await report([10, 1], [11, 10], [20, 1], [10, 11], [12, 10], [13, 20], [14, 11]);
    const { processes } = await client().job({ id: job });
    expect(processes.map(({ pid, tree }) => [pid, tree])).toEqual([
      [10, { parent: null, level: 0, descendants: 4, isLast: false }],
      [11, { parent: uuids[0], level: 1, descendants: 3, isLast: true }],
      [10, { parent: uuids[1], level: 2, descendants: 1, isLast: false }],
      [12, { parent: uuids[3], level: 3, descendants: 0, isLast: true }],
      [14, { parent: uuids[1], level: 2, descendants: 0, isLast: true }],
      [20, { parent: null, level: 0, descendants: 1, isLast: true }],
      [13, { parent: uuids[2], level: 1, descendants: 0, isLast: true }],
    ]);
  });

  it("are all shown, even those that claim to be each other's parent, or their own", async () => {
    const { job } = await report([10, 11], [11, 10], [12, 12]);
    expect(await places(job)).toEqual([
      [10, 0, 1],
      [11, 1, 0],
      [12, 0, 0],
    ]);
  });

  it("have parents on their own host only", async () => {
    const { job } = await report([10, 1], [11, 10, { host: "node2" }], [12, 10, { host: undefined }], [13, 10]);
    expect(await places(job)).toEqual([
      [10, 0, 1],
      [13, 1, 0],
      [11, 0, 0],
      [12, 0, 0],
    ]);
  });

  it("stand beside the image that they replaced by exec, not below the next image of its parent", async () => {
    // 10 starts 11 and replaces itself, then 11 does; 12 ended, so the next process with its pid is another.
    const { job, uuids } = await report([10, 1], [11, 10], [12, 10], [10, 1], [11, 10]);
    await shared().send(encodeMessage(processEnd(uuids[2] ?? "")));
    await shared().waitForFrames((await shared().accounting()).received);
    const { processes } = await client().job({ id: job });
    expect(processes.map(({ uuid, tree, execOf }) => [uuids.indexOf(uuid), tree.level, execOf])).toEqual([
      [0, 0, null],
      [1, 1, null],
      [2, 1, null],
      [4, 1, uuids[1]],
      [3, 0, uuids[0]],
    ]);
  });
});

describe("a page of a job", () => {
  it("continues in the middle of the tree, and names the processes above", async () => {
    const { job, uuids } = await report([10, 1], [11, 10], [12, 11], [13, 11], [14, 10]);
    const first = await client().job({ id: job, limit: 3 });
    expect(first.processes.map(({ pid }) => pid)).toEqual([10, 11, 12]);
    const second = await client().job({ id: job, limit: 3, cursor: first.next ?? "" });
    expect(second.processes.map(({ pid, tree }) => [pid, tree.level])).toEqual([
      [13, 2],
      [14, 1],
    ]);
    expect(second.ancestors.map(({ uuid, path }) => [uuid, path])).toEqual([
      [uuids[0], "/bin/p10"],
      [uuids[1], "/bin/p11"],
    ]);
    expect([second.next, second.total]).toEqual([null, 5]);
    const { stdout } = tool("ogrt-query", "--data", data, "--limit", "3", "--cursor", first.next ?? "", "job", job);
    expect(stdout).toContain(`above: pid 10  /bin/p10  ${uuids[0]}\n  above: pid 11  /bin/p11  ${uuids[1]}\n    2`);
  });

  it("continues after the last process of the page before, whatever arrived meanwhile", async () => {
    const { job } = await report([10, 1], [11, 10], [12, 10]);
    const first = await client().job({ id: job, limit: 2 });
    const late = { nanoseconds: BEGIN + 1n, precision: 1n };
    await shared().report(
      processStart({ job, pid: 13, parentPid: 10, time: late }),
      processStart({ job, pid: 14, parentPid: 11, time: { ...late, nanoseconds: BEGIN + 9_000_000_000n } }),
    );
    expect((await places(job, { cursor: first.next ?? "" })).map(([pid]) => pid)).toEqual([14, 12]);
  });

  it("whose predecessor was removed is refused, so that a client begins again", async () => {
    const { job } = await report([10, 1, { user: "gone" }], [11, 1]);
    const { next } = await client().job({ id: job, limit: 1 });
    await client().forget({ user: "gone" });
    await expect(client().job({ id: job, cursor: next ?? "" })).rejects.toMatchObject({ code: "CURSOR_EXPIRED" });
  });

  it("may begin at a process, and have few levels", async () => {
    const { job, uuids } = await report([10, 1], [11, 10], [12, 11], [13, 12], [14, 10], [15, 1], [16, 15]);
    expect(await places(job, { levels: 1 })).toEqual([
      [10, 0, 4],
      [15, 0, 1],
    ]);
    const root = uuids[1] ?? "";
    expect((await places(job, { root })).map(([pid]) => pid)).toEqual([11, 12, 13]);
    expect((await places(job, { root, levels: 2 })).map(([pid]) => pid)).toEqual([11, 12]);
    const pages: number[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await client().job({ id: job, levels: 2, limit: 1, ...(cursor !== undefined && { cursor }) });
      pages.push(...page.processes.map(({ pid }) => pid));
      cursor = page.next;
    }
    expect(pages).toEqual([10, 11, 14, 15, 16]);
    const { stdout } = tool("ogrt-query", "--data", data, "job", job, "--levels", "2");
    expect(stdout).toContain(`2 processes more below: --root ${root}\n`);
  });

  it("that begins at an unknown process says so", async () => {
    const { job } = await report([10, 1]);
    const root = "00000000-0000-4000-8000-000000000000";
    const { processes, total, completeness } = await client().job({ id: job, root });
    expect([processes, total, completeness.notes]).toEqual([[], 1, [`this job has no process ${root}`]]);
    expect(tool("ogrt-query", "--data", data, "job", job, "--root", root)).toMatchObject({ status: 1, stdout: "" });
    expect(tool("ogrt-query", "--data", data, "job", job, "--root", "x")).toMatchObject({ status: 2 });
  });
});
