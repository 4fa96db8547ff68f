import { expect, it } from "vitest";
import { jobPage } from "../../../bin/query/job-page.js";
import type { Answer } from "../../../lib/client/index.js";
import { placedProcesses } from "../../../lib/lists/process-tree.js";

type Process = Answer<"job">["processes"][number];

/** A process with its level, the number of processes below it, and whether it is the last of its siblings. */
const process = (pid: number, level: number, descendants: number, isLast = false) =>
  ({
    uuid: `uuid${pid}`,
    pid,
    parentPid: 1,
    started: "2026-03-01T10:00:00.000000000Z",
    claimed: { user: "alice", uid: 1000, gid: 100, host: "n1" },
    placement: { arrayTask: null },
    arguments: [],
    commandLine: null,
    modules: [],
    objects: [],
    execOf: null,
    end: null,
    counts: { modules: 0, environment: 0, objects: 0 },
    program: { path: `/bin/p${pid}`, signatures: [], software: [], verdict: "unsigned", reason: null, compared: null },
    tree: { parent: null, level, descendants, isLast },
  }) as unknown as Process;

const above = (pid: number, level: number, isLast: boolean) => ({
  uuid: `uuid${pid}`,
  pid,
  path: `/bin/p${pid}`,
  tree: { parent: null, level, descendants: 9, isLast },
});

const answerOf = (processes: Process[], ancestors: Answer<"job">["ancestors"] = []) =>
  ({
    job: "1",
    cluster: null,
    tasks: null,
    ancestors,
    processes,
    total: 10,
    truncated: false,
    events: [],
    next: null,
  }) as unknown as Answer<"job">;

it("indents processes below the processes above the page", () => {
  const shown = jobPage(answerOf([process(12, 2, 0), process(13, 1, 0)], [above(10, 0, true), above(11, 1, false)]));
  expect(shown).toMatch(/^above: pid 10 .*\n {2}above: pid 11 .*\n {4}2026/m);
  const depths = shown.match(/^ *(?=\S+ \S+ {2}pid)/gm)?.map((indent) => indent.length / 2);
  expect(depths).toEqual([2, 1]);
});

it("says how many processes below one are elsewhere", () => {
  const shown = jobPage(answerOf([process(10, 0, 7), process(11, 1, 2), process(12, 1, 0)]));
  expect(shown).toContain("\n  5 processes more below: --root uuid10\n");
  expect(shown).toContain("\n    2 processes more below: --root uuid11\n");
  expect(shown).not.toContain("uuid12");
});

it("knows on which drawn levels a process follows, also of processes above the page", () => {
  const chain = Array.from({ length: 13 }, (_, level) => process(level, level, 0, level !== 1));
  expect(placedProcesses(answerOf(chain)).map(({ follows }) => follows.length)).toEqual([
    ...[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    ...[10, 10],
  ]);
  const page = answerOf([process(12, 2, 0, true), process(13, 1, 0, true)], [above(10, 0, false), above(11, 1, false)]);
  expect(placedProcesses(page).map(({ follows }) => follows)).toEqual([[true, false], [false]]);
});
