import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { encodeMessage } from "../../../lib/wire/index.js";
import { startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { tool } from "../../support/tools.js";
import { object, processStart } from "../../wire/samples.js";

const folder = temporaryFolder();
let stores = 0;
const freshData = () => join(folder, `data-${stores++}`);
const query = (data: string, ...args: string[]) => tool("ogrt-query", "--data", data, ...args);
const SIGNATURE = "5b8c8f5e-6d0b-4a7e-9d35-0a5f3c1f2b61";

it("a collector reports in one line why it cannot start, and exits with 3", async () => {
  const data = freshData();
  const collector = await startCollector(data);
  const free = ["--udp", "127.0.0.1:0", "--tcp", "127.0.0.1:0", "--http", "127.0.0.1:0"];
  const second = tool("ogrt-collector", "--data", data, ...free);
  expect(second).toMatchObject({ status: 3, stdout: "" });
  expect(second.stderr).toMatch(/^ogrt-collector: .*another process \(pid \d+\) has the store open\n$/);
  for (const [option, address] of [
    ["--udp", collector.where.udp[0]],
    ["--tcp", collector.where.tcp[0]],
    ["--http", new URL(collector.where.http).host],
  ] as const) {
    const rival = tool(
      "ogrt-collector",
      "--data",
      freshData(),
      ...free.filter((_, at) => free[at - 1] !== option && free[at] !== option),
      option,
      address,
    );
    expect(rival.status).toBe(3);
    // Its data directory is new.
    const [logged, ...said] = rival.stderr.split("\n");
    expect(logged).toContain('"token-created"');
    expect(said.join("\n")).toMatch(
      new RegExp(`^ogrt-collector: cannot listen on ${option.slice(2)} ${address}: .*\n$`),
    );
  }
  const damaged = freshData();
  await (await startCollector(damaged)).stop();
  writeFileSync(join(damaged, "ogrt.duckdb"), "this is no database ".repeat(1000));
  const refused = tool("ogrt-collector", "--data", damaged, ...free);
  expect(refused.status).toBe(3);
  expect(refused.stderr.split("\n")).toHaveLength(2);
});

it("a collector refuses a store of a newer release", async () => {
  const data = freshData();
  await (await startCollector(data)).stop();
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create(join(data, "ogrt.duckdb"));
  const connection = await instance.connect();
  await connection.run("UPDATE meta SET value = '999'");
  connection.closeSync();
  instance.closeSync();
  for (const refused of [
    tool("ogrt-collector", "--data", data, "--http", "0", "--udp", "0", "--tcp", "0"),
    query(data, "processes"),
  ]) {
    expect(refused.status).toBe(3);
    expect(refused.stderr).toContain("layout 999");
  }
});

it("ogrt-query gives the same answers from a running collector and from its file", async () => {
  const data = freshData();
  const collector = await startCollector(data);
  const stamped = object("/nowhere/libstamped.so", [SIGNATURE]);
  await collector.send(
    encodeMessage(processStart({ job: "q-1", objects: [stamped], user: "bob", host: "n1" })),
    encodeMessage(processStart({ job: "q-1", objects: [stamped], user: "eve", host: "n2" })),
    encodeMessage(processStart({ job: "q-2", program: object("/nowhere/app", [SIGNATURE]), user: "bob", host: "n1" })),
    encodeMessage(processStart({ job: "q-3" })),
  );
  await collector.waitForFrames(4);
  const questions = [
    ["processes"],
    ["processes", "--job", "q-1", "--user", "eve"],
    ["job", "q-1"],
    ["affected", SIGNATURE.toUpperCase()],
    ["job", "no such job"],
  ];
  const ask = () => questions.map((question) => query(data, "--json", ...question));
  const live = ask();
  await collector.stop();
  const stored = ask();
  // The span and the counted minutes depend on the time.
  const lasting = ({ stdout, status }: { stdout: string; status: number | null }) => ({
    answer: { ...JSON.parse(stdout), span: undefined, completeness: undefined },
    status,
  });
  expect(stored.map(lasting)).toEqual(live.map(lasting));
  expect(live.map(({ status }) => status)).toEqual([0, 0, 0, 0, 1]);

  const { jobs } = JSON.parse(live[3]?.stdout ?? "");
  const byJob = new Map(jobs.map((entry: { job: string }) => [entry.job, entry]));
  expect(byJob.get("q-1")).toMatchObject({ users: ["bob", "eve"], hosts: ["n1", "n2"], processes: 2 });
  expect(byJob.get("q-2")).toMatchObject({ users: ["bob"], hosts: ["n1"], processes: 1 });
  expect(byJob.size).toBe(2);
  expect(JSON.parse(live[1]?.stdout ?? "").processes).toHaveLength(1);
});
