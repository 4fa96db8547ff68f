import { cpSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { migrate } from "../../../lib/collector/database/migrate.js";
import { encodeMessage, type ProcessStart } from "../../../lib/wire/index.js";
import { startCollector } from "../../support/collector.js";
import { openDatabase } from "../../support/database.js";
import { temporaryFolder } from "../../support/folder.js";
import { root, tool } from "../../support/tools.js";
import { object, processEnd, processStart } from "../../wire/samples.js";

const folder = temporaryFolder();
let stores = 0;
const freshData = () => join(folder, `data-${stores++}`);
const query = (data: string, ...args: string[]) => tool("ogrt-query", "--data", data, ...args);

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
    expect(copied.processes).toEqual([job.processes[0]]);
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
    expect(query(data, "export", "all").stdout).toBe(`${join(data, "exports/all.parquet")}\n`);
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
    const { stdout, status } = query(data, "--json", "forget", "eve");
    expect(status).toBe(0);
    expect(JSON.parse(stdout).files).toHaveLength(3);
    await collector.report({ user: "alice", job: "stays" });
    expect((await collector.json("/api/v1/jobs/eves-job")).total).toBe(0);
    expect((await collector.json("/api/v1/jobs/stays")).processes).toHaveLength(2);
    expect((await collector.json("/api/v1/jobs/stays")).processes[1].objects).toHaveLength(2);
    expect(await collector.stop()).toBe(0);
    const files = ["ogrt.duckdb", "backups/old.duckdb", "exports/old.parquet"].map((name) => join(data, name));
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
    const collector = await startCollector(data);
    await collector.report({ user: "alice" });
    expect(query(data, "forget", "nobody-of-that-name").status).toBe(0);
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
      const last = await store.rows(`SELECT "value" FROM meta WHERE "key" = 'last_sequence'`);
      expect(last).toEqual([{ value: `${sequences.length}` }]);
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
    const collector = await startCollector(freshData());
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
    const collector = await startCollector(freshData());
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
