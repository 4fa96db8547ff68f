import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { encodeMessage } from "../../../lib/wire/index.js";
import { startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { root, toolPath } from "../../support/tools.js";
import { processStart } from "../../wire/samples.js";

const folder = temporaryFolder();

it("a second signal while records are being stored ends the collector with 3, never with an abort", async () => {
  const frames = Buffer.concat(Array.from({ length: 500 }, () => encodeMessage(processStart({ job: "stop" }))));
  for (let round = 0; round < 8; round++) {
    const collector = await startCollector(join(folder, `data-${round}`), "--sender-rate", "0");
    const socket = await collector.connect();
    const load = setInterval(() => socket.writableLength < 1e6 && socket.write(frames), 50);
    await sleep(1000 + round * 100);
    const exit = once(collector.child, "exit");
    collector.child.kill("SIGTERM");
    await sleep(round * 20);
    // Without an effect on a collector that has ended by then.
    collector.child.kill("SIGTERM");
    const [code, signal] = await exit;
    clearInterval(load);
    socket.destroy();
    // When everything is stored and stopped, Node.js no longer hears signals, and one ends what is left of the process.
    if (signal === "SIGTERM") expect(collector.stderr).toContain('"event":"stopped"');
    else expect([code, signal]).toEqual([expect.toBeOneOf([0, 3]), null]);
  }
});

/** A collector whose start takes long: it migrates a large store of an earlier release. */
async function startMigrating(data: string): Promise<ChildProcess> {
  mkdirSync(data, { mode: 0o700 });
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create(join(data, "ogrt.duckdb"));
  const connection = await instance.connect();
  const fixture = join(root, "test-fixtures/store/layout-1");
  await connection.run(readFileSync(join(fixture, "schema.sql"), "utf8"));
  for (const table of ["meta", "process", "process_end"]) {
    await connection.run(`COPY ${table} FROM '${join(fixture, `${table}.csv`)}' (HEADER)`);
  }
  await connection.run("INSERT INTO process_end SELECT e.* FROM process_end e, range(1500000) LIMIT 1500000");
  await connection.run("CHECKPOINT");
  connection.closeSync();
  instance.closeSync();
  const free = ["--udp", "127.0.0.1:0", "--tcp", "127.0.0.1:0", "--http", "127.0.0.1:0", "--log-format", "json"];
  return spawn(process.execPath, [toolPath("ogrt-collector"), "--data", data, ...free], {
    stdio: ["ignore", "pipe", "pipe"],
  });
}

async function layoutOf(data: string): Promise<unknown> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create(join(data, "ogrt.duckdb"), { access_mode: "READ_ONLY" });
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll("SELECT value FROM meta WHERE key = 'schema_version'")).value(0, 0);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

it("a signal during a migration ends the collector with 0, and leaves the store in one whole layout", async () => {
  for (const delayMs of [600, 1200]) {
    const data = join(folder, `old-${delayMs}`);
    const child = await startMigrating(data);
    let printed = "";
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (text: Buffer) => (printed += text));
    const close = once(child, "close");
    await sleep(delayMs);
    child.kill("SIGTERM");
    expect(await close).toEqual([0, null]);
    expect(printed).not.toContain('"started"');
    expect(printed).toContain("had not started");
    // Each layout is reached in a transaction of its own.
    expect(["1", "2", "3"]).toContain(await layoutOf(data));
  }
});
