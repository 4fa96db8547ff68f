import { expect, it } from "vitest";
import { jobPage } from "../../../bin/query/job-page.js";
import type { Answer } from "../../../lib/client/index.js";

type Process = Answer<"job">["processes"][number];

const process = (pid: number, parentPid: number) =>
  ({
    pid,
    parentPid,
    started: "2026-03-01T10:00:00.000000000Z",
    claimed: { user: "alice", uid: 1000, gid: 100, host: "n1" },
    arguments: [],
    commandLine: null,
    modules: [],
    objects: [],
    execOf: null,
    end: null,
    counts: { modules: 0, environment: 0, objects: 0 },
    program: { path: `/bin/p${pid}`, signatures: [], software: [], verdict: "unsigned", reason: null, compared: null },
  }) as unknown as Process;

const pageOf = (...processes: Process[]) =>
  jobPage({ job: "1", processes, total: processes.length, truncated: false, events: [], next: null } as never);

it("shows children below their parents, and below the latest one when a pid was reused", () => {
  const shown = pageOf(process(10, 1), process(11, 10), process(10, 11), process(12, 10));
  const depths = shown.match(/^ *(?=\S+ \S+ {2}pid)/gm)?.map((indent) => indent.length / 2);
  expect(depths).toEqual([0, 1, 2, 3]);
});

it("shows every process, even those that claim to be each other's parent", () => {
  const shown = pageOf(process(10, 11), process(11, 10), process(12, 12));
  for (const pid of [10, 11, 12]) expect(shown).toContain(`pid ${pid} `);
});
