import { expect, it } from "vitest";
import { foldRanks } from "../../../bin/query/job-fold.js";
import { jobPage } from "../../../bin/query/job-page.js";
import type { Answer } from "../../../lib/client/index.js";
import { placedProcesses } from "../../../lib/lists/process-tree.js";

type Process = Answer<"job">["processes"][number];

const object = (path: string, verdict = "verified") => ({
  ...{ path, buildId: null, signatures: [], software: [], verdict, reason: null, compared: null },
});

const process = (pid: number, level: number, descendants: number, fields: object = {}) =>
  ({
    ...{ uuid: `uuid${pid}`, pid, parentPid: 1, started: "2026-03-01T10:00:00.000000000Z", commandLine: null },
    claimed: { user: "alice", uid: 1000, gid: 100, host: `n${pid % 2}` },
    placement: { arrayTask: null },
    arguments: ["solver", "--rank", `${pid}`],
    modules: ["mpi/4"],
    objects: [object("/sw/libmpi.so")],
    execOf: null,
    end: { ended: null, objects: [], usage: { userTime: "60000", systemTime: "0", maxResident: "2048" } },
    counts: { modules: 0, environment: 0, objects: 1 },
    program: object("/sw/solver"),
    tree: { parent: level === 0 ? null : "uuid1", level, descendants, isLast: false },
    ...fields,
  }) as unknown as Process;

const answerOf = (...processes: Process[]) =>
  ({
    ...{ job: "1", cluster: null, tasks: null, ancestors: [], processes, total: processes.length },
    ...{ truncated: false, events: [], next: null },
  }) as unknown as Answer<"job">;

const ranks = Array.from({ length: 32 }, (_, index) => process(index + 2, 1, 0));
const job = answerOf(process(1, 0, 33, { program: object("/bin/mpirun") }), ...ranks);

it("a job shows the ranks of a program as one, with what they used together", () => {
  const text = jobPage(job);
  expect(text.match(/ pid /g)).toHaveLength(2);
  expect(text).toContain("solver × 32 on 2 hosts");
  expect(text).toContain("used: 32 min of CPU time together, 2.0 MiB at most each");
});

it("a job shows modules where they differ from those of the process above", () => {
  const other = process(40, 1, 0, { modules: ["mpi/5"] });
  expect(jobPage(answerOf(...job.processes, other)).match(/modules: .*/g)).toEqual([
    "modules: mpi/4",
    "modules: mpi/5",
  ]);
});

it("--wide shows each process with its modules", () => {
  const text = jobPage(job, undefined, true);
  expect(text.match(/ pid /g)).toHaveLength(33);
  expect(text.match(/modules: mpi\/4/g)).toHaveLength(33);
});

it("what differs is no rank of the same program", () => {
  const odd = [
    process(50, 1, 0, { objects: [object("/home/alice/libmpi.so")] }),
    process(51, 1, 0, { program: object("/sw/solver", "mismatch") }),
    process(52, 1, 0, { claimed: { user: "bob", uid: 1, gid: 1, host: "n1" } }),
    process(53, 1, 0, { end: null }),
    process(54, 1, 0),
  ];
  const folds = foldRanks(placedProcesses(answerOf(...ranks, ...odd)));
  expect(folds.map((fold) => fold.ranks.length)).toEqual([32, 1, 1, 1, 1, 1]);
});
