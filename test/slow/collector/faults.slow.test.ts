import { execFileSync, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import WebSocket from "ws";
import { encodeFrame, encodeMessage } from "../../../lib/wire/index.js";
import { type RunningCollector, startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { tool } from "../../support/tools.js";
import { object, processStart } from "../../wire/samples.js";

const folder = temporaryFolder();
let stores = 0;
const freshData = () => join(folder, `data-${stores++}`);
const sum = (reasons: Record<string, number>) => Object.values(reasons).reduce((total, count) => total + count, 0);
const residentMegabytes = (pid: number) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1]) / 1024;

async function webSocket(collector: RunningCollector, path: string): Promise<WebSocket> {
  const socket = new WebSocket(`${collector.where.http.replace("http", "ws")}${path}`, {
    headers: { authorization: `Bearer ${collector.token}` },
  });
  socket.on("error", () => {});
  await once(socket, "open");
  return socket;
}

describe("kill -9 under load, ten times", () => {
  it("loses nothing that was acknowledged", async () => {
    const data = freshData();
    const acknowledged = new Set<string>();
    for (let round = 0; round < 10; round++) {
      const collector = await startCollector(data);
      const socket = await webSocket(collector, "/ingest");
      const sent: string[] = [];
      let durable = 0;
      socket.on("message", (text) => {
        const { durable: now } = JSON.parse(text.toString()) as { durable: number };
        for (const uuid of sent.slice(durable, now)) acknowledged.add(uuid);
        durable = now;
      });
      const until = Date.now() + 500 + Math.random() * 1500;
      while (Date.now() < until) {
        for (let i = 0; i < 50; i++) {
          const record = processStart({ job: `round-${round}` });
          sent.push(record.uuid ?? "");
          socket.send(encodeMessage(record));
        }
        await sleep(5);
      }
      await collector.stop("SIGKILL");
    }
    expect(acknowledged.size).toBeGreaterThan(1000);
    await (await startCollector(data)).stop();
    const { DuckDBInstance } = await import("@duckdb/node-api");
    const instance = await DuckDBInstance.create(join(data, "ogrt.duckdb"), { access_mode: "READ_ONLY" });
    const connection = await instance.connect();
    const found = (
      await connection.runAndReadAll("SELECT uuid::VARCHAR, count(*)::INTEGER FROM process GROUP BY uuid")
    ).getRows();
    connection.closeSync();
    instance.closeSync();
    const stored = new Map(found.map(([uuid, count]) => [`${uuid}`, Number(count)]));
    expect([...acknowledged].filter((uuid) => !stored.has(uuid))).toEqual([]);
    expect([...stored.values()].every((count) => count === 1)).toBe(true);
  });
});

describe("a full disk", () => {
  const mount = join(folder, "small");
  mkdirSync(mount);
  const canMount = spawnSync("mount", ["-t", "tmpfs", "-o", "size=24m", "none", mount]).status === 0;

  it.skipIf(!canMount)("pauses storing, says so, and recovers when there is room", async () => {
    try {
      const ballast = join(mount, "ballast");
      const collector = await startCollector(join(mount, "data"));
      const socket = await webSocket(collector, "/ingest");
      let durable = 0;
      socket.on("message", (text) => {
        durable = JSON.parse(text.toString()).durable;
      });
      socket.send(encodeMessage(processStart({ job: "disk" })));
      while (durable < 1) await sleep(10);
      const free =
        Number(execFileSync("stat", ["-f", "-c", "%a %S", mount], { encoding: "utf8" }).split(" ")[0]) * 4096;
      writeFileSync(ballast, Buffer.alloc(free - 64 * 1024));
      const count = 300;
      for (let i = 0; i < count; i++) {
        socket.send(
          encodeMessage(processStart({ job: "disk", environment: [`X=${randomBytes(8000).toString("hex")}`] })),
        );
      }
      while ((await collector.get("/readyz")).status !== 503) await sleep(50);
      expect(JSON.stringify(await collector.json("/readyz"))).toContain("the store does not take records");
      expect((await collector.get("/livez")).status).toBe(200);
      const stuck = durable;
      expect(stuck).toBeLessThan(count + 1);
      rmSync(ballast);
      while (durable < count + 1) await sleep(50);
      expect((await collector.get("/readyz")).status).toBe(200);
      const counts = await collector.accounting();
      expect(counts).toMatchObject({ received: count + 1, stored: count + 1, dropped: {}, pending: 0 });
      expect((await collector.json("/api/v1/jobs/disk?limit=1")).total).toBe(count + 1);
      await collector.stop("SIGKILL");
      const again = await startCollector(join(mount, "data"));
      expect((await again.json("/api/v1/jobs/disk?limit=1")).total).toBe(count + 1);
      await again.stop();
    } finally {
      spawnSync("umount", ["-l", mount]);
    }
  });
});

describe("malformed frames, 100,000 of each kind among good ones", () => {
  it("are counted by reason and harm nothing", async () => {
    const collector = await startCollector(freshData(), "--sender-rate", "0");
    const good = encodeMessage(processStart());
    const header = (type: number, length: number) => {
      const bytes = Buffer.alloc(8);
      bytes.writeUInt32BE(type);
      bytes.writeUInt32BE(length, 4);
      return bytes;
    };
    const kinds: (() => Uint8Array)[] = [
      () => Buffer.from("abc"),
      () => good.subarray(0, good.length - 1),
      () => Buffer.concat([good, Buffer.from("x")]),
      () => Buffer.concat([header(12, 0xffffffff), Buffer.from("x")]),
      () => Buffer.concat([header(12, 64), randomBytes(64)]),
      () => encodeFrame(99, Buffer.alloc(3)),
      () => encodeFrame(12, Buffer.alloc(0)),
    ];
    let sent = 0;
    let goodOnes = 0;
    for (const kind of kinds) {
      for (let round = 0; round < 200; round++) {
        await collector.send(...Array.from({ length: 500 }, kind), encodeMessage(processStart({ job: "good" })));
        sent += 501;
        goodOnes++;
      }
    }
    for (;;) {
      const { received, kernelDropped, pending } = await collector.accounting();
      if (received + kernelDropped === sent && pending === 0) break;
      await sleep(50);
    }
    const counts = await collector.accounting();
    expect(counts.received).toBe(counts.stored + counts.duplicate + sum(counts.rejected) + sum(counts.dropped));
    expect(counts.stored).toBeGreaterThan(goodOnes * 0.9);
    expect(collector.stderr).not.toContain("Error");
    expect(await collector.stop()).toBe(0);
  });
});

describe("a thousand slow subscribers", () => {
  it("lose messages with a count, and cost bounded memory", async () => {
    const collector = await startCollector(freshData());
    const slow: WebSocket[] = [];
    for (let i = 0; i < 1000; i++) slow.push(await webSocket(collector, "/stream"));
    for (const socket of slow) socket.pause();
    const refused = webSocket(collector, "/stream");
    const quick = new Promise<string>((resolve) => {
      refused.catch((error: Error) => resolve(error.message));
      setTimeout(() => resolve("no answer"), 5000);
    });
    await quick;
    const before = residentMegabytes(collector.where.pid);
    const objects = Array.from({ length: 30 }, (_, index) => object(`/nowhere/lib${index}.so`));
    const stream = await collector.connect();
    for (let i = 0; i < 1000; i++) stream.write(encodeMessage(processStart({ host: "far", objects })));
    await collector.settled(1000);
    expect(residentMegabytes(collector.where.pid) - before).toBeLessThan(300);
    const one = slow[0] as WebSocket;
    const types = new Set<string>();
    one.on("message", (data) => types.add(JSON.parse(data.toString()).type));
    one.resume();
    while (!types.has("lost")) await sleep(50);
    for (const socket of slow) socket.terminate();
    expect(await collector.stop()).toBe(0);
  });
});

describe("a TCP peer that announces 4 GB", () => {
  it("costs nothing and is hung up on", async () => {
    const collector = await startCollector(freshData());
    const before = residentMegabytes(collector.where.pid);
    for (let i = 0; i < 100; i++) {
      const socket = await collector.connect();
      socket.resume();
      socket.write(Buffer.from("0000000cffffffff00", "hex"));
      await once(socket, "close");
    }
    expect(residentMegabytes(collector.where.pid) - before).toBeLessThan(64);
    expect(await collector.accounting()).toMatchObject({ rejected: { "too-large": 100 } });
  });
});

describe("reported paths", () => {
  it("that are a FIFO, a device, a link out of the roots or a hung file get their verdict, and nothing waits", async () => {
    const inside = join(folder, "inside");
    mkdirSync(inside);
    execFileSync("mkfifo", [join(inside, "fifo")]);
    symlinkSync("/etc/passwd", join(inside, "out"));
    symlinkSync("/dev/zero", join(inside, "device"));
    const collector = await startCollector(freshData(), "--root", inside);
    const report = async (job: string, ...paths: string[]) => {
      const time = { nanoseconds: BigInt(Date.now()) * 1_000_000n, precision: 1n };
      const objects = paths.map((path) => object(path));
      const before = (await collector.accounting()).received;
      await collector.send(
        encodeMessage(processStart({ job, time, host: hostname(), program: object("/vmlinux"), objects })),
      );
      await collector.settled(before + 1);
      return (await collector.json(`/api/v1/jobs/${job}`)).processes[0].objects;
    };
    expect(
      await report("one", join(inside, "fifo"), join(inside, "out"), join(inside, "device"), "/dev/zero"),
    ).toMatchObject([
      { verdict: "unreadable", reason: "not-regular" },
      { verdict: "unreadable", reason: "outside-roots" },
      { verdict: "unreadable", reason: "outside-roots" },
      { verdict: "unreadable", reason: "outside-roots" },
    ]);
    const children = readFileSync(`/proc/${collector.where.pid}/task/${collector.where.pid}/children`, "utf8");
    for (const pid of children.trim().split(" ")) process.kill(Number(pid), "SIGSTOP");
    const [hung] = await report("two", join(inside, "never-seen"));
    expect(hung).toMatchObject({ verdict: "unchecked", reason: "timeout" });
    expect(await report("three", join(inside, "another"))).toMatchObject([{ verdict: "missing" }]);
  });
});

describe("a clock that steps", () => {
  it("does not matter to times that senders claim, from the year 1970 to 2262", async () => {
    const collector = await startCollector(freshData());
    const at = (nanoseconds: bigint) => processStart({ job: "clock", time: { nanoseconds, precision: 1n } });
    const now = BigInt(Date.now()) * 1_000_000n;
    const times = [now, now - 3_600_000_000_000n, now + 3_600_000_000_000n, 1n, 2n ** 63n - 1n, now];
    await collector.send(...times.map((time) => encodeMessage(at(time))));
    expect(await collector.settled(times.length)).toMatchObject({ stored: times.length });
    expect((await collector.json("/api/v1/jobs/clock")).processes).toHaveLength(times.length);
    expect(tool("ogrt-query", "--data", collector.where.data, "job", "clock").status).toBe(0);
  });
});
