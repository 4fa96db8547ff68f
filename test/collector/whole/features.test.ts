import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import protobuf from "protobufjs";
import { describe, expect, it } from "vitest";
import WebSocket from "ws";
import { encodeMessage } from "../../../lib/wire/index.js";
import { type RunningCollector, sharedCollector, startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { root, tool } from "../../support/tools.js";
import { object, processStart } from "../../wire/samples.js";

const folder = temporaryFolder();
let stores = 0;
const shared = sharedCollector(join(folder, "shared"));
const freshData = () => join(folder, `data-${stores++}`);
const SIGNATURE = "5b8c8f5e-6d0b-4a7e-9d35-0a5f3c1f2b61";

async function subscribe(collector: RunningCollector, query: string, protocol: string) {
  const socket = new WebSocket(`${collector.where.http.replace("http", "ws")}/stream${query}`, [protocol], {
    headers: { authorization: `Bearer ${collector.token}` },
  });
  const messages: Buffer[] = [];
  socket.on("message", (data) => messages.push(data as Buffer));
  await once(socket, "open");
  return {
    socket,
    first: async (count: number) => {
      while (messages.length < count) await sleep(10);
      return messages;
    },
  };
}

describe("the live stream", () => {
  it("begins with the last records that match the filter, on request", async () => {
    const collector = await startCollector(freshData());
    const jobs = ["a", "b", "a", "b", "a"];
    await collector.send(...jobs.map((job, index) => encodeMessage(processStart({ job, pid: index + 1 }))));
    await collector.waitForFrames(jobs.length);
    const stream = await subscribe(collector, "?last=2&job=a", "ogrt.v1+json");
    await collector.send(encodeMessage(processStart({ job: "a", pid: 9 })));
    const messages = (await stream.first(3)).map((data) => JSON.parse(data.toString()));
    expect(messages.map(({ pid }) => pid)).toEqual([3, 5, 9]);
    for (const last of ["-1", "1001", "x", "1&last=2"]) {
      await expect(subscribe(collector, `?last=${last}`, "ogrt.v1+json")).rejects.toThrow("400");
    }
  });

  it("speaks protobuf by the published schema", async () => {
    const collector = shared();
    const stream = await subscribe(collector, "", "ogrt.v1+protobuf");
    expect(stream.socket.protocol).toBe("ogrt.v1+protobuf");
    const record = processStart({ job: "pb", environment: ["TOKEN=x"], objects: [object("/nowhere"), object("rel")] });
    await collector.send(encodeMessage(record));
    const [data] = await stream.first(1);
    const schema = new protobuf.Root()
      .loadSync(join(root, "proto/ogrt.proto"), { keepCase: true })
      .lookupType("ogrt.StreamMessage");
    const { process: found } = schema.toObject(schema.decode(data as Buffer), { bytes: String });
    const text = (bytes: string) => Buffer.from(bytes, "base64").toString();
    expect(text(found.start.job_id)).toBe("pb");
    expect(found.start.environment_variables.map(text)).toEqual(["TOKEN=[redacted]"]);
    expect(found.objects).toMatchObject([{ verdict: "unchecked" }, { verdict: "unchecked", reason: "relative-path" }]);
  });
});

describe("names of software", () => {
  it("come from the register and from catalogues, and follow their changes", async () => {
    const register = join(folder, "register");
    mkdirSync(register);
    const entry = (name: string) =>
      `${JSON.stringify({ uuid: SIGNATURE, scope: "package", name, version: "1.2", host: "h", user: "u", time: "2026-01-01T00:00:00Z" })}\n`;
    writeFileSync(join(register, "a.jsonl"), entry("zlib"));
    const catalogue = join(folder, "catalogue");
    const line = {
      path: "/opt/libz.so",
      kind: "shared-library",
      uuids: [SIGNATURE],
      package: { name: "zlib-ng", version: "2" },
    };
    writeFileSync(
      catalogue,
      `{"ogrt-catalogue":1,"created":"2026-01-01T00:00:00Z","roots":["/"]}\n${JSON.stringify(line)}\n`,
    );
    const collector = await startCollector(freshData(), "--register", register, "--catalogue", catalogue);
    const stream = await subscribe(collector, "", "ogrt.v1+json");
    await collector.send(encodeMessage(processStart({ job: "n", objects: [object("/x", [SIGNATURE]), object("/y")] })));
    await collector.waitForFrames(1);
    const [message] = await stream.first(1);
    const software = (objects: { software: string[] }[]) => objects.map((found) => found.software);
    expect(software(JSON.parse(`${message}`).objects)).toEqual([["zlib 1.2", "zlib-ng 2"], []]);
    expect(software((await collector.json("/api/v1/jobs/n")).processes[0].objects)[0]).toEqual([
      "zlib 1.2",
      "zlib-ng 2",
    ]);
    appendFileSync(join(register, "a.jsonl"), entry("zlib-fork"));
    for (;;) {
      const { software: names } = await collector.json(`/api/v1/affected?signature=${SIGNATURE}`);
      if (names.includes("zlib-fork 1.2")) break;
      await sleep(100);
    }
  });
});

describe("names of users", () => {
  it("are looked up for messages with a uid and no name", async () => {
    const collector = shared();
    const { received } = await collector.accounting();
    await collector.send(
      encodeMessage(processStart({ job: "u", user: undefined, uid: 0 })),
      encodeMessage(processStart({ job: "u", user: undefined, uid: 4_000_000_000 })),
      encodeMessage(processStart({ job: "u", user: "claimed", uid: 0 })),
    );
    await collector.waitForFrames(received + 3);
    const { processes } = await collector.json("/api/v1/jobs/u");
    const users = processes.map(({ claimed }: { claimed: { user: string | null } }) => claimed.user);
    expect(users.sort()).toEqual(["claimed", "root", null].sort());
  });
});

describe("an unchecked object", () => {
  it("gets its verdict by ogrt-query verify, for all processes that share it", async () => {
    const data = freshData();
    const path = join(folder, "later");
    const collector = await startCollector(data, "--verdict-deadline", "60000");
    spawnSync("gcc", ["-shared", "-o", `${path}.so`, "-xc", "/dev/null"]);
    const old = { nanoseconds: BigInt(Date.now() + 60_000) * 1_000_000n, precision: 1n };
    const record = () => processStart({ job: "v", host: hostname(), time: old, objects: [object(`${path}.so`)] });
    await collector.send(encodeMessage(record()), encodeMessage(record()));
    await collector.waitForFrames(2);
    await collector.stop();
    // As an overloaded collector leaves it.
    const { DuckDBInstance } = await import("@duckdb/node-api");
    const instance = await DuckDBInstance.create(join(data, "ogrt.duckdb"));
    const connection = await instance.connect();
    await connection.run("UPDATE finding SET verdict = 'unchecked', reason = 'overload', disk_signatures = NULL");
    connection.closeSync();
    instance.closeSync();
    const again = await startCollector(data);
    const { status, stdout } = tool("ogrt-query", "--data", data, "--json", "verify");
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ unresolved: 2, resolved: 2 });
    const { processes } = await again.json("/api/v1/jobs/v");
    for (const { objects } of processes) expect(objects).toMatchObject([{ verdict: "unsigned", reason: null }]);
    expect(JSON.parse(tool("ogrt-query", "--data", data, "--json", "verify").stdout)).toEqual({
      unresolved: 0,
      resolved: 0,
    });
    await again.send(encodeMessage(record()));
    await again.waitForFrames(1);
    expect((await again.json("/api/v1/jobs/v")).total).toBe(3);
    renameSync(`${path}.so`, path);
  });
});

describe("ogrt-run", () => {
  it("reports the start and end of jobs over every transport, as prologs and epilogs do", async () => {
    const socket = join(folder, "jobs.sock");
    const collector = await startCollector(freshData(), "--unix", socket);
    const { udp, tcp } = collector.where;
    for (const [index, server] of [`udp://${udp[0]}`, `tcp://${tcp[0]}`, `unix://${socket}`].entries()) {
      for (const option of ["--job-start", "--job-end"]) {
        expect(tool("ogrt-run", "--server", server, option, `job-${index}`)).toMatchObject({
          status: 0,
          stdout: "",
          stderr: "",
        });
      }
    }
    await collector.waitForFrames(6);
    for (let index = 0; index < 3; index++) {
      const { events } = await collector.json(`/api/v1/jobs/job-${index}`);
      expect(events.map(({ kind }: { kind: string }) => kind)).toEqual(["start", "end"]);
    }
    const script = join(root, "integrations/slurm/prolog.sh");
    const env = {
      PATH: process.env["PATH"],
      SLURM_JOB_ID: "77",
      OGRT_SERVER: `udp://${udp[0]}`,
      OGRT_RUN: join(root, "dist/bin/ogrt-run.js"),
    };
    expect(spawnSync(script, { env, encoding: "utf8" })).toMatchObject({ status: 0, stdout: "", stderr: "" });
    await collector.waitForFrames(7);
    expect((await collector.json("/api/v1/jobs/77")).events).toHaveLength(1);
    expect(spawnSync(script, { env: { ...env, OGRT_RUN: "/nowhere" } }).status).toBe(0);
    expect(existsSync(script)).toBe(true);
  });

  it("fails when a stream transport finds no collector", () => {
    const refused = tool("ogrt-run", "--server", "tcp://127.0.0.1:1", "--job-start", "1");
    expect(refused.status).toBe(3);
    expect(refused.stderr).toContain("tcp://127.0.0.1:1 did not accept the frame");
    expect(tool("ogrt-run", "--job-start", "1", "--", "true").status).not.toBe(0);
  });
});
