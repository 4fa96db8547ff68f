import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { migrate } from "../../../lib/collector/database/migrate.js";
import { encodeMessage, type ProcessStart } from "../../../lib/wire/index.js";
import { ALL_TIMES, startCollector } from "../../support/collector.js";
import { openDatabase } from "../../support/database.js";
import { temporaryFolder } from "../../support/folder.js";
import { have } from "../../support/toolchain.js";
import { root, tool, toolPath } from "../../support/tools.js";
import { object, processEnd, processStart } from "../../wire/samples.js";

const folder = temporaryFolder();
let stores = 0;
const freshData = () => join(folder, `data-${stores++}`);
const query = (data: string, ...args: string[]) => tool("ogrt-query", "--data", data, ...args);

/** Runs ogrt-query on a terminal of script(1), types something after its question, and ends the input. */
async function queryOnTerminal(typed: string, ...args: string[]): Promise<{ code: number; text: string }> {
  const command = [process.execPath, toolPath("ogrt-query"), ...args].join(" ");
  const child = spawn("script", ["--quiet", "--return", "--command", command, "/dev/null"]);
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (shown: string) => {
    text += shown;
    if (shown.includes("[y/N]")) child.stdin.end(typed);
  });
  const [code] = await once(child, "close");
  return { code, text };
}

describe("an admin operation", () => {
  it("backs up the store while the collector runs, into a file that gives the same answers", async () => {
    const data = freshData();
    const collector = await startCollector(data);
    await collector.report({ job: "a", user: "alice" }, { job: "b", user: "bob" });
    const { status, stdout } = query(data, "--json", "backup", "monday");
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ files: [join(data, "backups/monday.duckdb")] });
    expect(statSync(join(data, "backups/monday.duckdb")).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(data, "backups"))).toEqual(["monday.duckdb"]);
    await collector.report({ job: "a" });
    const job = JSON.parse(query(data, "--json", "job", "a").stdout);
    expect(job.total).toBe(2);
    // The copy is a store: put in place, it answers.
    const other = freshData();
    mkdirSync(other);
    cpSync(join(data, "backups/monday.duckdb"), join(other, "ogrt.duckdb"));
    const copied = JSON.parse(query(other, "--json", "job", "a").stdout);
    // The process that came later is the last in the tree of the store alone.
    const [{ tree, ...process }] = job.processes;
    expect(copied.processes).toEqual([{ ...process, tree: { ...tree, isLast: true } }]);
    expect(query(data, "backup", "monday").status).toBe(2);
    expect(query(data, "backup", "../x").status).toBe(2);
  });

  it("writes one Parquet row for each process, with its lists and its end", async () => {
    const data = freshData();
    const collector = await startCollector(data);
    const start = processStart({ job: "whole", objects: [object("/a"), object("/b")] });
    const part = { ...processStart({ job: "parts", objects: [object("/1")] }), part: { index: 0, totalObjects: 2 } };
    await collector.send(
      encodeMessage(start),
      encodeMessage(processEnd(start.uuid ?? "")),
      encodeMessage(part),
      encodeMessage({ ...part, objects: [object("/2")], part: { index: 1, totalObjects: 2 } }),
      encodeMessage(processStart({ job: "bare", objects: [], environment: [], modules: [] })),
    );
    await collector.waitForFrames(5);
    const written = ["all.parquet", "all.outages.parquet"].map((name) => join(data, "exports", name));
    expect(query(data, "export", "all").stdout).toBe(written.map((path) => `${path}\n`).join(""));
    expect(query(data, "export", "all.outages")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("all.outages.parquet exists already"),
    });
    const reader = await openDatabase(":memory:");
    const found = await reader.rows(`SELECT job, started = received AS same, len(environment) AS environment,
      list_transform(objects, o -> o.path) AS paths, program, program_verdict, user_time
      FROM read_parquet('${join(data, "exports/all.parquet")}') ORDER BY job`);
    reader.close();
    expect(found).toMatchObject([
      { job: "bare", environment: "0", paths: [], user_time: null },
      { job: "parts", environment: "1", paths: ["/1", "/2"], program: "/usr/bin/true" },
      { job: "whole", environment: "1", paths: ["/a", "/b"], user_time: "12" },
    ]);
  });

  it("writes the Parquet columns of the documentation, with times that have a zone", async () => {
    const data = freshData();
    const collector = await startCollector(data, ...ALL_TIMES);
    const time = { nanoseconds: 1_782_000_000_123_456_789n, precision: 1n };
    const start = processStart({ job: "timed", time });
    const end = processEnd(start.uuid ?? "", { time: { ...time, nanoseconds: time.nanoseconds + 1_000n } });
    await collector.send(encodeMessage(start), encodeMessage(end));
    await collector.waitForFrames(2);
    query(data, "export", "timed");
    const from = `read_parquet('${join(data, "exports/timed.parquet")}')`;
    const reader = await openDatabase(":memory:");
    await reader.rows("SET TimeZone = 'America/New_York'");
    expect(
      await reader.rows(`SELECT epoch_us(started)::VARCHAR AS started, epoch_us(ended)::VARCHAR AS ended FROM ${from}`),
    ).toEqual([{ started: "1782000000123456", ended: "1782000000123457" }]);
    const written = await reader.rows(
      `SELECT column_name AS name, column_type AS type FROM (DESCRIBE SELECT * FROM ${from})`,
    );
    const zones =
      await reader.rows(`SELECT name, logical_type AS type FROM parquet_schema('${join(data, "exports/timed.parquet")}')
      WHERE logical_type LIKE 'TimestampType%'`);
    reader.close();
    expect(zones.map(({ name }) => name).sort()).toEqual(["ended", "received", "started"]);
    for (const { type } of zones) expect(type).toContain("isAdjustedToUTC=1");
    const page = readFileSync(join(root, "docs/reference/outputs.md"), "utf8");
    const section = page.slice(page.indexOf("## Parquet"), page.indexOf("### Outages of an export"));
    const rowsOf = section.matchAll(/^\| (`[^|]*) \| ([^|]*) \|/gm);
    const documented = [...rowsOf].flatMap(([, names = "", type]) =>
      [...names.matchAll(/`(\w+)`/g)].map(([, name]) => ({ name, type })),
    );
    const byName = (a: { name?: unknown }, b: { name?: unknown }) => `${a.name}`.localeCompare(`${b.name}`);
    const plain = (type: unknown) => `${type}`.replaceAll('"', "");
    expect(written.map(({ name, type }) => ({ name, type: plain(type) })).sort(byName)).toEqual(
      documented.sort(byName),
    );
  });

  it("writes the times without a collector beside an export, and since when they are known", async () => {
    const data = freshData();
    const first = await startCollector(data);
    await first.stop();
    await startCollector(data);
    query(data, "export", "all");
    const reader = await openDatabase(":memory:");
    const exported = await reader.rows(
      `SELECT began < ended AS "isSpan", how FROM read_parquet('${join(data, "exports/all.outages.parquet")}')`,
    );
    reader.close();
    expect(exported).toEqual([
      { isSpan: null, how: "not known" },
      { isSpan: true, how: "stopped" },
    ]);
    expect(query(data, "forget", "nobody", "--dry-run").stderr).toContain("no process of a user 'nobody'");
  });

  it("forgets a user in the store, in backups and in exports, and continues to store", async () => {
    const data = freshData();
    const collector = await startCollector(data);
    const secret = {
      user: "eve",
      job: "eves-job",
      environment: ["WHO=eve-was-here"],
      program: object("/home/eve/prog"),
    };
    await collector.report(secret, { ...secret, job: "more" }, { user: "alice", job: "stays" });
    query(data, "backup", "old");
    query(data, "export", "old");
    expect(readFileSync(join(data, "backups/old.duckdb")).includes("eve-was-here")).toBe(true);
    await collector.report(secret);
    const files = ["ogrt.duckdb", "backups/old.duckdb", "exports/old.parquet"].map((name) => join(data, name));
    const found = {
      processes: 3,
      jobs: 2,
      files: files.map((path, index) => ({ path, records: index === 0 ? 3 : 2 })),
    };
    const before = files.slice(1).map((path) => readFileSync(path));
    expect(JSON.parse(query(data, "--json", "forget", "eve", "--dry-run").stdout)).toEqual({ dryRun: true, ...found });
    // Vitest takes seconds to compare megabytes itself.
    expect(files.slice(1).map((path, index) => before[index]?.equals(readFileSync(path)))).toEqual([true, true]);
    const { stdout, status } = query(data, "--json", "forget", "eve", "--yes");
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ dryRun: false, ...found });
    await collector.report({ user: "alice", job: "stays" });
    expect((await collector.json("/api/v1/jobs/eves-job")).total).toBe(0);
    expect((await collector.json("/api/v1/jobs/stays")).processes).toHaveLength(2);
    expect((await collector.json("/api/v1/jobs/stays")).processes[1].objects).toHaveLength(2);
    expect(await collector.stop()).toBe(0);
    for (const path of files) {
      expect(readFileSync(path).includes("eve-was-here")).toBe(false);
      expect(readFileSync(path).includes("/home/eve")).toBe(false);
    }
    const lasting = [
      "backups",
      "duplicates",
      "duplicates-clock",
      "exports",
      "ogrt.duckdb",
      "ogrt.duckdb.commits",
      "ogrt.duckdb.heartbeat",
      "token",
    ];
    expect(readdirSync(data).sort()).toEqual(lasting);
    const parquet = await openDatabase(":memory:");
    expect(await parquet.rows(`SELECT user_name FROM read_parquet('${files[2]}')`)).toEqual([{ user_name: "alice" }]);
    parquet.close();
    // Numbers of removed rows are not given out again.
    const store = await openDatabase(files[0] ?? "");
    expect(await store.rows("SELECT sequence::INTEGER AS n FROM process ORDER BY n")).toEqual([{ n: 3 }, { n: 5 }]);
    store.close();
  });

  it("forgets nobody of an unknown name, and says so", async () => {
    const data = freshData();
    const collector = await startCollector(data);
    await collector.report({ user: "alice", job: "a" });
    query(data, "backup", "old");
    for (const option of ["--yes", "--dry-run"]) {
      const { status, stdout, stderr } = query(data, "forget", "alcie", option);
      expect({ status, stdout, stderr }).toEqual({
        status: 1,
        stdout: "",
        stderr: "ogrt-query: no process of a user 'alcie' is known; names must match exactly\n",
      });
    }
    expect((await collector.json("/api/v1/jobs/a")).total).toBe(1);
  });

  it.skipIf(!have("script"))("forgets without --yes only on a terminal, where it counts and asks", async () => {
    const data = freshData();
    const collector = await startCollector(data);
    await collector.report({ user: "eve", job: "a" }, { user: "alice", job: "a" });
    const total = async () => (await collector.json("/api/v1/jobs/a")).total;
    const { status, stdout, stderr } = query(data, "forget", "eve");
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^ogrt-query: forget deletes data for good: .*--yes/);
    for (const [typed, code, left] of [
      ["", 1, 2],
      ["n\n", 1, 2],
      ["y\n", 0, 1],
    ] as const) {
      const shown = await queryOnTerminal(typed, "--data", data, "forget", "eve");
      expect([typed, shown.code, await total()]).toEqual([typed, code, left]);
      expect(shown.text).toContain("would delete 1 process of 1 job in the store");
      expect(shown.text).toContain(code === 0 ? "deleted 1 process of 1 job" : "nothing was deleted");
    }
    expect(await queryOnTerminal("", "--data", data, "forget", "eve")).toMatchObject({ code: 1 });
  });

  it("needs a running collector, and says so", () => {
    const refused = query(freshData(), "verify");
    expect(refused.status).toBe(3);
    expect(refused.stderr).toMatch(/no collector is running/);
  });
});

describe("the layout", () => {
  const layouts = readdirSync(join(root, "test-fixtures/store"));
  const layoutOf = `SELECT table_name, column_name, ordinal_position, data_type FROM information_schema.columns
    WHERE table_schema = 'main' ORDER BY ALL`;

  async function writeLayout(layout: string, path: string): Promise<void> {
    const fixture = join(root, "test-fixtures/store", layout);
    const old = await openDatabase(path);
    await old.connection.run(readFileSync(join(fixture, "schema.sql"), "utf8"));
    for (const file of readdirSync(fixture).filter((name) => name.endsWith(".csv"))) {
      await old.connection.run(`COPY "${file.slice(0, -".csv".length)}" FROM '${join(fixture, file)}' (HEADER)`);
    }
    old.close();
  }

  it.each(layouts)("%s is read by this release", async (name) => {
    const data = freshData();
    mkdirSync(data, { mode: 0o700 });
    await writeLayout(name, join(data, "ogrt.duckdb"));
    const before = JSON.parse(readFileSync(join(root, "test-fixtures/store", name, "answer.json"), "utf8"));
    const collector = await startCollector(data);
    expect(collector.log().find(({ event }) => event === "store-migrated")).toMatchObject({ from: expect.any(Number) });
    // Later releases may say more.
    expect(await collector.json("/api/v1/jobs/fixture")).toMatchObject(before);
    await collector.report({ job: "fixture" });
    expect((await collector.json("/api/v1/jobs/fixture")).total).toBe(before.total + 1);
  });

  it.each(layouts)("%s becomes the same as a new one, with a sequence in the order of arrival", async (old) => {
    const data = freshData();
    mkdirSync(join(data, "backups"), { recursive: true, mode: 0o700 });
    await writeLayout(old, join(data, "ogrt.duckdb"));
    await writeLayout(old, join(data, "backups/old.duckdb"));
    // The last record of the backup is one that is removed.
    const backup = await openDatabase(join(data, "backups/old.duckdb"));
    await backup.connection.run(`INSERT INTO process SELECT * REPLACE (
      uuid() AS uuid, 'eve' AS user_name, (received + INTERVAL 1 DAY)::TIMESTAMP_NS AS received) FROM process LIMIT 1`);
    if (old !== "layout-1") {
      await backup.connection.run("UPDATE process SET sequence = 1000 WHERE user_name = 'eve'");
    }
    backup.close();
    const collector = await startCollector(data);
    await collector.report({ user: "alice" });
    expect(query(data, "forget", "eve", "--yes").status).toBe(0);
    await collector.stop();
    const fresh = await openDatabase(":memory:");
    await migrate(fresh.connection, "x");
    const layout = await fresh.rows(layoutOf);
    fresh.close();
    for (const name of ["ogrt.duckdb", "backups/old.duckdb"]) {
      const store = await openDatabase(join(data, name));
      expect(await store.rows(layoutOf)).toEqual(layout);
      const happened = await store.rows(`
        SELECT sequence::INTEGER AS sequence FROM (
          SELECT sequence, received FROM process UNION ALL SELECT sequence, received FROM process_end
          UNION ALL SELECT sequence, received FROM job_event
          UNION ALL SELECT s.sequence, p.received FROM process_part s JOIN process p USING (uuid)
        ) ORDER BY received, sequence`);
      const sequences = happened.map(({ sequence }) => sequence);
      expect(sequences).toEqual(sequences.map((_, index) => index + 1));
      const [last] = await store.rows(`SELECT "value" FROM meta WHERE "key" = 'last_sequence'`);
      expect(Number(last?.["value"])).toBeGreaterThanOrEqual(sequences.length);
      store.close();
    }
  });

  it("migrates step by step in one transaction, or not at all", async () => {
    const store = await openDatabase(join(folder, "migrating.duckdb"));
    const first = () => [
      'CREATE TABLE meta ("key" VARCHAR PRIMARY KEY, "value" VARCHAR)',
      "CREATE TABLE t (a INTEGER)",
    ];
    const second = () => ["ALTER TABLE t ADD COLUMN b INTEGER", "UPDATE t SET b = a * 2"];
    const broken = () => ["ALTER TABLE t ADD COLUMN c INTEGER", "nonsense"];
    await migrate(store.connection, "x", [first]);
    await store.connection.run("INSERT INTO t VALUES (21)");
    await migrate(store.connection, "x", [first, second]);
    expect(await store.rows("FROM t")).toEqual([{ a: 21, b: 42 }]);
    await expect(migrate(store.connection, "x", [first, second, broken])).rejects.toThrow();
    expect(await store.rows("FROM t")).toEqual([{ a: 21, b: 42 }]);
    await expect(migrate(store.connection, "x", [first])).rejects.toMatchObject({ code: "STORE_VERSION" });
    await migrate(store.connection, "x", [first, second]);
    store.close();
  });
});

describe("the processes of an exec chain", () => {
  it("are recognized by host, pid and a missing end, in any order of their frames", async () => {
    const collector = await startCollector(freshData(), ...ALL_TIMES);
    const at = (second: number) => ({
      nanoseconds: 1_800_000_000_000_000_000n + BigInt(second) * 1_000_000_000n,
      precision: 1n,
    });
    const image = (second: number, fields: Partial<ProcessStart> = {}) =>
      processStart({ job: "chain", pid: 77, parentPid: 7, time: at(second), ...fields });
    const [first, second, third] = [image(1), image(2), image(3)];
    const ended = image(10, { pid: 78 });
    const next = image(11, { pid: 78 });
    const elsewhere = image(12, { host: "node2" });
    const messages = [third, first, second, next, ended, elsewhere, processEnd(ended.uuid ?? "")];
    await collector.send(...messages.map(encodeMessage));
    await collector.waitForFrames(messages.length);
    const { processes } = await collector.json("/api/v1/jobs/chain");
    expect(processes.map(({ execOf }: { execOf: string | null }) => execOf)).toEqual([
      null,
      first?.uuid,
      second?.uuid,
      null,
      null,
      null,
    ]);
  });

  it("that start within one second, from clients that report only seconds, are not duplicates", async () => {
    const collector = await startCollector(freshData(), ...ALL_TIMES);
    const old = (path: string) =>
      encodeMessage(
        processStart({
          uuid: undefined,
          job: "old",
          program: object(path),
          firstSignatureOnly: true,
          time: { nanoseconds: 1_800_000_000_000_000_000n, precision: 1_000_000_000n },
        }),
      );
    await collector.send(old("/bin/sh"), old("/bin/env"), old("/bin/ls"), old("/bin/env"));
    expect(await collector.waitForFrames(4)).toMatchObject({ stored: 3, duplicate: 1 });
    const { processes } = await collector.json("/api/v1/jobs/old");
    const byUuid = new Map(processes.map((p: { uuid: string; program: { path: string } }) => [p.uuid, p.program.path]));
    const chain = processes.map((p: { program: { path: string }; execOf: string }) => [
      p.program.path,
      byUuid.get(p.execOf),
    ]);
    expect(Object.fromEntries(chain)).toEqual({ "/bin/sh": undefined, "/bin/env": "/bin/sh", "/bin/ls": "/bin/env" });
  });
});
