import { execFileSync, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { encodeMessage } from "../../../lib/wire/index.js";
import { startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { tool } from "../../support/tools.js";
import { processStart } from "../../wire/samples.js";
import { residentMegabytes } from "./support/resident.js";
import { webSocket } from "./support/web-socket.js";

const folder = temporaryFolder();
const mounts = ["one", "two", "three", "four"].map((name) => join(folder, name)) as [string, string, string, string];
for (const mount of mounts) mkdirSync(mount);
const mountSmall = (mount: string) => spawnSync("mount", ["-t", "tmpfs", "-o", "size=24m", "none", mount]).status === 0;
const canMount = mounts.every(mountSmall);
afterAll(() => {
  for (const mount of mounts) spawnSync("umount", ["-l", mount]);
});

/** Fills what is left of the disk but for so many bytes; removing the file makes room again. */
function fill(mount: string, left: number): string {
  const [blocks] = execFileSync("stat", ["-f", "-c", "%a", mount], { encoding: "utf8" }).split("\n");
  const ballast = join(mount, "ballast");
  writeFileSync(ballast, Buffer.alloc(Number(blocks) * 4096 - left));
  return ballast;
}

describe.skipIf(!canMount)("a full disk", () => {
  it("pauses storing, is told, and storing goes on when there is room", async () => {
    const [mount] = mounts;
    const collector = await startCollector(join(mount, "data"));
    const socket = await webSocket(collector, "/ingest");
    let durable = 0;
    socket.on("message", (text) => {
      durable = JSON.parse(text.toString()).durable;
    });
    socket.send(encodeMessage(processStart({ job: "disk" })));
    while (durable < 1) await sleep(10);
    const ballast = fill(mount, 64 * 1024);
    const count = 300;
    for (let i = 0; i < count; i++) {
      const environment = [`X=${randomBytes(8000).toString("hex")}`];
      socket.send(encodeMessage(processStart({ job: "disk", environment })));
    }
    while ((await collector.get("/readyz")).status !== 503) await sleep(50);
    expect(JSON.stringify(await collector.json("/readyz"))).toContain("the store does not take records");
    expect((await collector.get("/livez")).status).toBe(200);
    expect(durable).toBeLessThan(count + 1);
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
  });

  it("makes streams wait behind a bounded spool, and datagrams are dropped and counted", async () => {
    const [, mount] = mounts;
    const collector = await startCollector(join(mount, "data"), "--sender-rate", "0");
    await collector.send(encodeMessage(processStart()));
    await collector.waitForFrames(1);
    const ballast = fill(mount, 0);
    const before = residentMegabytes(collector.where.pid);
    // The same environment again and again: it takes room on the wire and in the spool, but hardly any on disk.
    const environment = Array.from({ length: 6 }, (_, index) => `V${index}=${"x".repeat(10_000)}`);
    const stream = await collector.connect();
    const count = 2000;
    for (let i = 0; i < count; i++) stream.write(encodeMessage(processStart({ job: "spool", environment })));
    // That took a while, in which nothing here heard that an idle connection was closed.
    await sleep(100);
    while ((await collector.get("/readyz")).status !== 503) await sleep(50);
    // 120 MB are on their way; no more of them come in than the spool of 64 MiB holds.
    let received = 0;
    for (let now = -1; now !== received; now = (await collector.accounting()).received) {
      received = now;
      await sleep(1000);
    }
    expect(received).toBeLessThan(1400);
    expect(residentMegabytes(collector.where.pid) - before).toBeLessThan(300);
    // A sender holds at most what others leave: the datagrams fill half of the rest, some 330 of them, before any is dropped.
    const datagrams = 600;
    for (let i = 0; i < datagrams; i++) {
      await collector.send(encodeMessage(processStart({ job: "lost", environment: environment.slice(0, 5) })));
    }
    const dropped = async () => (await collector.accounting()).dropped["overload"] ?? 0;
    while ((await dropped()) + (await collector.accounting()).kernelDropped < 200) await sleep(50);
    rmSync(ballast);
    while ((await collector.json("/api/v1/jobs/spool?limit=1")).total < count) await sleep(200);
    expect((await collector.get("/readyz")).status).toBe(200);
    const { kernelDropped } = await collector.accounting();
    const counts = await collector.waitForFrames(1 + count + datagrams - kernelDropped);
    expect(counts).toMatchObject({ duplicate: 0, rejected: {} });
    expect(counts.stored + (counts.dropped["overload"] ?? 0)).toBe(counts.received);
    expect(await collector.stop()).toBe(0);
  });

  it("ends a start, a backup and an export with its name, and leaves no partial file", async () => {
    const [, , mount] = mounts;
    const data = join(mount, "data");
    const start = () =>
      tool("ogrt-collector", "--data", data, "--udp", "127.0.0.1:0", "--tcp", "127.0.0.1:0", "--http", "127.0.0.1:0");
    const full = fill(mount, 0);
    for (const left of [0, 8 * 1024, 64 * 1024]) {
      truncateSync(full, statSync(full).size - left);
      const { status, stderr } = start();
      expect([left, status, stderr]).toEqual([
        left,
        3,
        expect.stringMatching(/^(?:\{.*"token-created".*\}\n)?ogrt-collector: .*no space left on the device\n$/),
      ]);
    }
    rmSync(full);
    const collector = await startCollector(data);
    const environment = Array.from({ length: 6 }, () => `X=${randomBytes(4000).toString("hex")}`);
    for (let i = 0; i < 40; i++) {
      await collector.send(encodeMessage(processStart({ environment: environment.map((text) => `${text}${i}`) })));
    }
    await collector.waitForFrames(40);
    fill(mount, 0);
    for (const operation of ["backup", "export"]) {
      const { status, stderr } = tool("ogrt-query", "--data", data, operation, "copy");
      expect([status, stderr]).toEqual([3, expect.stringMatching(/^ogrt-query: .*no space left on the device\n$/)]);
      expect(readdirSync(join(data, `${operation}s`))).toEqual([]);
    }
    await collector.stop("SIGKILL");
  });

  it("makes a stop that loses records end with 3", async () => {
    const [, , , mount] = mounts;
    const collector = await startCollector(join(mount, "data"));
    const ballast = fill(mount, 64 * 1024);
    const count = 100;
    for (let i = 0; i < count; i++) {
      await collector.send(encodeMessage(processStart({ environment: [`X=${randomBytes(8000).toString("hex")}`] })));
    }
    while ((await collector.get("/readyz")).status !== 503) await sleep(50);
    expect(await collector.stop()).toBe(3);
    rmSync(ballast);
    const again = await startCollector(join(mount, "data"));
    expect((await again.json("/api/v1/overview")).processes).toBeLessThan(count);
    expect(await again.stop()).toBe(0);
  });
});
