import { execFileSync, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { connect, createServer } from "node:net";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { encodeMessage } from "../../../lib/wire/index.js";
import { startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { tool } from "../../support/tools.js";
import { object, processStart } from "../../wire/samples.js";
import { residentMegabytes } from "./support/resident.js";
import { webSocket } from "./support/web-socket.js";

const folder = temporaryFolder();
let stores = 0;
const freshData = () => join(folder, `data-${stores++}`);

describe("a peer that announces 4 GB", () => {
  it("costs nothing and is hung up on, by TCP and unix socket; on a WebSocket the message is refused", async () => {
    const path = join(folder, "announce.sock");
    const collector = await startCollector(freshData(), "--unix", path);
    const before = residentMegabytes(collector.where.pid);
    const announcement = Buffer.from("0000000cffffffff00", "hex");
    for (let i = 0; i < 100; i++) {
      for (const socket of [await collector.connect(), connect(path)]) {
        socket.on("error", () => {});
        socket.resume();
        socket.write(announcement);
        await once(socket, "close");
      }
      const socket = await webSocket(collector, "/ingest");
      socket.send(announcement);
      await once(socket, "message");
      socket.terminate();
    }
    expect(await collector.accounting()).toMatchObject({ rejected: { "too-large": 300 } });

    // The same in the length of a WebSocket's own frame (RFC 6455 section 5.2).
    const { hostname: host, port } = new URL(collector.where.http);
    const raw = connect(Number(port), host);
    raw.on("error", () => {});
    const upgrade = ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"];
    const key = `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}`;
    const token = `Authorization: Bearer ${collector.token}`;
    raw.write(["GET /ingest HTTP/1.1", `Host: ${host}`, ...upgrade, key, token, "", ""].join("\r\n"));
    await once(raw, "data");
    raw.resume();
    raw.write(Buffer.from("82ff00000000ffffffff00000000", "hex"));
    await once(raw, "close");
    expect(residentMegabytes(collector.where.pid) - before).toBeLessThan(64);
    expect((await collector.get("/livez")).status).toBe(200);
  });
});

describe("reported paths", () => {
  it("that are a FIFO, a device, a link out of the roots or a hung file get their verdict, and nothing waits", async () => {
    const inside = join(folder, "inside");
    mkdirSync(join(inside, "directory"), { recursive: true });
    execFileSync("mkfifo", [join(inside, "fifo")]);
    symlinkSync("/etc/passwd", join(inside, "out"));
    symlinkSync("/dev/zero", join(inside, "link-to-device"));
    const server = createServer().listen(join(inside, "socket"));
    // Only root may make one.
    const hasDevice = spawnSync("mknod", [join(inside, "device"), "c", "1", "5"]).status === 0;
    const collector = await startCollector(freshData(), "--root", inside);
    let jobs = 0;
    const report = async (path: string) => {
      const job = `j${jobs++}`;
      const time = { nanoseconds: BigInt(Date.now()) * 1_000_000n, precision: 1n };
      const before = (await collector.accounting()).received;
      const record = { job, time, host: hostname(), program: object("/vmlinux"), objects: [object(path)] };
      await collector.send(encodeMessage(processStart(record)));
      await collector.waitForFrames(before + 1);
      const [{ verdict, reason }] = (await collector.json(`/api/v1/jobs/${job}`)).processes[0].objects;
      return [verdict, reason];
    };
    const special = ["fifo", "directory", "socket", ...(hasDevice ? ["device"] : [])];
    for (const name of special) expect([name, ...(await report(join(inside, name)))]).toContain("not-regular");
    const outside = ["out", "../data-0", "directory/../../../../etc/passwd"];
    for (const path of outside.map((name) => `${inside}/${name}`)) {
      expect([path, ...(await report(path))]).toEqual([path, "unreadable", "outside-roots"]);
    }
    for (const path of [join(inside, "link-to-device"), "/dev/zero"]) {
      expect([path, ...(await report(path))]).toEqual([path, "unreadable", "pseudo-file-system"]);
    }
    server.close();
    const children = readFileSync(`/proc/${collector.where.pid}/task/${collector.where.pid}/children`, "utf8");
    for (const pid of children.trim().split(" ")) process.kill(Number(pid), "SIGSTOP");
    expect(await report(join(inside, "never-seen"))).toEqual(["unchecked", "timeout"]);
    expect(await report(join(inside, "another"))).toEqual(["missing", null]);
  });
});

describe("times that senders claim", () => {
  it("from the window of duplicates to the year 2262 are stored and answered, and older ones late", async () => {
    const collector = await startCollector(freshData());
    const at = (nanoseconds: bigint) => processStart({ job: "clock", time: { nanoseconds, precision: 1n } });
    const now = BigInt(Date.now()) * 1_000_000n;
    const times = [now, now - 3_600_000_000_000n, now + 3_600_000_000_000n, 2n ** 63n - 1n, now];
    await collector.send(...[...times, 1n].map((time) => encodeMessage(at(time))));
    expect(await collector.waitForFrames(times.length + 1)).toMatchObject({
      stored: times.length,
      rejected: { late: 1 },
    });
    expect((await collector.json("/api/v1/jobs/clock")).processes).toHaveLength(times.length);
    expect(tool("ogrt-query", "--data", collector.where.data, "job", "clock").status).toBe(0);
  });
});
