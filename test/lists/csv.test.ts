import { expect, it } from "vitest";
import { AFFECTED_JOBS } from "../../lib/lists/affected.js";
import { listCsv } from "../../lib/lists/csv.js";

const row = {
  job: "=1+1",
  cluster: "alpha",
  processes: 3,
  users: ["alice", "b;b", null],
  userCount: 120,
  hosts: [],
  hostCount: 0,
  firstUse: "2026-03-01T10:00:00.000000000Z",
  lastUse: "2026-03-02T10:00:00.000000000Z",
};

it("writes all names of a cell and their number, and no formula", () => {
  const { heading, lines } = listCsv(AFFECTED_JOBS.columns);
  expect(heading).toBe("job,cluster,processes,users,userCount,hosts,hostCount,firstUse,lastUse\r\n");
  expect(lines([row])).toBe(`'=1+1,alpha,3,alice; b;b,120,,0,${row.firstUse},${row.lastUse}\r\n`);
});
