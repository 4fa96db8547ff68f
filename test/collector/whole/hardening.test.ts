import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { encodeMessage } from "../../../lib/wire/index.js";
import { startCollector } from "../../support/collector.js";
import { withEnvironment } from "../../support/environment.js";
import { temporaryFolder } from "../../support/folder.js";
import { root, tool, toolPath } from "../../support/tools.js";
import { processEnd, processStart } from "../../wire/samples.js";

const folder = temporaryFolder();
let stores = 0;
const freshData = () => join(folder, `data-${stores++}`);
const free = ["--udp", "127.0.0.1:0", "--tcp", "127.0.0.1:0", "--http", "127.0.0.1:0"];
const refusedStart = (data: string) => tool("ogrt-collector", "--data", data, ...free);

it("rejects a forged datagram alone, and stays ready", async () => {
  const collector = await startCollector(freshData());
  const honest = () => encodeMessage(processStart({ job: "honest" }));
  const forged = [
    encodeMessage(processStart({ part: { index: 4_000_000_000, totalObjects: 2 } })),
    encodeMessage(processStart({ part: { index: 1, totalObjects: 4_294_967_295 } })),
    encodeMessage(processEnd("5b8c8f5e-6d0b-4a7e-9d35-0a5f3c1f2b61", { part: { index: 4e9, totalObjects: 1 } })),
  ];
  await collector.send(honest(), ...forged, honest());
  expect(await collector.waitForFrames(5)).toMatchObject({
    stored: 2,
    rejected: { "malformed-payload": 3 },
    dropped: {},
  });
  expect((await collector.get("/readyz")).status).toBe(200);
});

it("stores and returns numbers at the ends of their ranges", async () => {
  const collector = await startCollector(freshData());
  const largest = 2n ** 63n - 1n;
  const start = processStart({
    job: "ends",
    time: { nanoseconds: 2n ** 63n - 2n, precision: 1n },
    uid: 0xffffffff,
    gid: 0xffffffff,
    effectiveUid: 0xffffffff,
    effectiveGid: 0xffffffff,
    parentPid: 2 ** 31 - 1,
    omitted: {
      arguments: 0xffffffff,
      environment: 0xffffffff,
      objects: 0xffffffff,
      modules: 0xffffffff,
      signatures: 0xffffffff,
    },
  });
  const usage = Object.fromEntries(Object.keys(processEnd("").usage).map((name) => [name, largest]));
  const end = processEnd(start.uuid ?? "", {
    usage: { ...processEnd("").usage, ...usage, majorFaults: -largest - 1n },
    childrenUsage: { userTime: largest, systemTime: -largest - 1n, maxResident: largest },
    unloadedObjects: 2n ** 64n - 1n,
    omitted: { arguments: 0, environment: 0, objects: 0xffffffff, modules: 0, signatures: 3 },
  });
  await collector.send(
    encodeMessage({ ...start, pid: -(2 ** 31) }),
    encodeMessage(end),
    encodeMessage(processStart({ job: "ends", uuid: undefined })),
  );
  expect(await collector.waitForFrames(3)).toMatchObject({ stored: 3, dropped: {} });
  const { processes } = await collector.json("/api/v1/job?id=ends");
  expect(processes.at(-1)).toMatchObject({
    started: "2262-04-11T23:47:16.854775806Z",
    claimed: { uid: 0xffffffff },
    end: { unloadedObjects: "18446744073709551615", omitted: { objects: 0xffffffff, signatures: 3 } },
  });
  expect((await collector.json("/api/v1/processes")).processes).toHaveLength(2);
});

describe("job ids", () => {
  it("may be any text in questions, over HTTP and to the file", async () => {
    const data = freshData();
    const collector = await startCollector(data);
    const ids = ["..", "a\\b", "%2e?x=1#caf\u00e9"];
    // Jobs of messages are reversible text, in which a backslash is two.
    await collector.send(...ids.map((id) => encodeMessage(processStart({ job: id.replaceAll("\\", "\\\\") }))));
    await collector.send(encodeMessage(processStart({ job: "caf\\xe9" })));
    await collector.waitForFrames(ids.length + 1);
    const ask = (...args: string[]) => tool("ogrt-query", "--data", data, "--json", ...args);
    // By the path of an address, by its query.
    for (const id of ids) expect(JSON.parse(ask("job", id).stdout)).toMatchObject({ total: 1 });
    expect(JSON.parse(ask("--escaped", "job", "caf\\xe9").stdout)).toMatchObject({ total: 1 });
    const hostile = ids.at(-1) ?? "";
    expect(JSON.parse(ask("processes", "--job", hostile).stdout).processes).toHaveLength(1);
    await collector.stop();
    for (const id of ids) expect(JSON.parse(ask("processes", "--job", id).stdout).processes).toHaveLength(1);
  });
});

describe("the token", () => {
  it("is not sent to a process that took over the port of a killed collector", async () => {
    const data = freshData();
    const collector = await startCollector(data);
    await collector.send(encodeMessage(processStart({ job: "mine" })));
    await collector.waitForFrames(1);
    await collector.stop("SIGKILL");
    const seen: string[] = [];
    const thief = createServer((request, response) => {
      seen.push(JSON.stringify([request.url, request.headers]));
      response.setHeader("content-type", "application/json");
      response.end(
        JSON.stringify({ status: "alive", proof: "0".repeat(64), processes: [], job: "mine", total: 7, events: [] }),
      );
    });
    thief.listen(Number(new URL(collector.where.http).port), "127.0.0.1");
    await once(thief, "listening");
    const child = spawn(process.execPath, [toolPath("ogrt-query"), "--data", data, "--json", "job", "mine"]);
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    await once(child, "close");
    thief.close();
    expect(seen).toHaveLength(1);
    expect(seen.join()).not.toContain(collector.token);
    expect(JSON.parse(stdout).total).toBe(1);
    expect(stderr).toBe(
      `ogrt-query: the store ${join(data, "ogrt.duckdb")}, on which no collector runs, answers: ` +
        `its last address, ${collector.where.http}, belongs to another process now\n`,
    );
  });

  it("is proved for the requested port only", async () => {
    const collector = await startCollector(freshData());
    const nonce = "0123456789abcdef0123456789abcdef";
    const { createHmac } = await import("node:crypto");
    const { port } = new URL(collector.where.http);
    const proof = createHmac("sha256", collector.token).update(`ogrt-collector:${port}:${nonce}`).digest("hex");
    expect(await (await collector.get(`/livez?nonce=${nonce}`, {})).json()).toEqual({ status: "alive", proof });
    expect(await (await collector.get("/livez", {})).json()).toEqual({ status: "alive" });
    expect((await collector.get("/livez?nonce=short", {})).status).toBe(400);
  });

  it("is the same for collectors that start at the same time", async () => {
    const data = freshData();
    mkdirSync(data, { mode: 0o700 });
    const script = `import(process.argv[1]).then(({ prepareDataDirectory, dataDirectory }) =>
      console.log(prepareDataDirectory(dataDirectory(process.argv[2]))))`;
    const module = join(folder, "data-directory.mjs");
    const bundle = spawnSync(
      join(root, "node_modules/.bin/esbuild"),
      [
        join(root, "lib/collector/shared/data-directory.ts"),
        "--bundle",
        "--platform=node",
        "--format=esm",
        `--outfile=${module}`,
      ],
      { encoding: "utf8" },
    );
    expect(bundle.status).toBe(0);
    const starts = Array.from({ length: 8 }, () => spawn(process.execPath, ["-e", script, module, data]));
    const tokens = await Promise.all(
      starts.map(async (child) => {
        let text = "";
        child.stdout.setEncoding("utf8").on("data", (piece: string) => {
          text += piece;
        });
        await once(child, "close");
        return text.trim();
      }),
    );
    expect(tokens[0]).toMatch(/^[\w-]{43}$/);
    expect(new Set(tokens)).toEqual(new Set([readFileSync(join(data, "token"), "utf8").trim()]));
  });
});

describe("a data directory", () => {
  it("that other users may enter is refused and not changed", () => {
    const data = freshData();
    mkdirSync(data);
    chmodSync(data, 0o755);
    const { status, stderr } = refusedStart(data);
    expect(status).toBe(3);
    expect(stderr).toMatch(/other users may enter it/);
    expect(stderr.split("\n")).toHaveLength(2);
    expect(statSync(data).mode & 0o777).toBe(0o755);
    expect(existsSync(join(data, "token"))).toBe(false);
  });

  it("that cannot be created makes the start fail at once", () => {
    const where = refusedStart("/proc/ogrt-nowhere/data");
    expect(where).toMatchObject({ status: 3, stdout: "" });
    expect(where.stderr.split("\n")).toHaveLength(2);
    const file = join(folder, "file");
    writeFileSync(file, "");
    expect(refusedStart(join(file, "data")).status).toBe(3);
    expect(refusedStart(file).status).toBe(3);
  });

  it("is not created in the working directory when there is no home", () => {
    const result = spawnSync(process.execPath, [toolPath("ogrt-collector"), ...free], {
      cwd: folder,
      env: { PATH: process.env["PATH"], HOME: "" },
      encoding: "utf8",
      timeout: 60_000,
    });
    expect(result.status).toBe(2);
    expect(result.stderr).toMatch(/--data/);
    expect(existsSync(join(folder, ".local"))).toBe(false);
  });
});

it("exits with an error when its store thread ends", async () => {
  const hook = join(folder, "hook.cjs");
  const sign = join(folder, "end-the-store-thread");
  // Loaded into every thread of the collector; ends the one that has the store.
  writeFileSync(
    hook,
    `const { workerData, isMainThread } = require("node:worker_threads");
    const check = () => require("node:fs").existsSync(${JSON.stringify(sign)}) && process.exit(1);
    if (!isMainThread && String(workerData?.path).endsWith(".duckdb")) setInterval(check, 50);`,
  );
  const collector = await withEnvironment({ NODE_OPTIONS: `--require ${hook}` }, () => startCollector(freshData()));
  // DuckDB aborts a process whose thread ends in the middle of a query, so this comes after the start.
  writeFileSync(sign, "");
  while (collector.child.exitCode === null && collector.child.signalCode === null) await sleep(50);
  expect(collector.child.exitCode).toBe(3);
  expect(collector.stderr).toContain("the store thread ended by itself");
});
