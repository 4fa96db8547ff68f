import { once } from "node:events";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import WebSocket from "ws";
import { parseUdpTable } from "../../../lib/collector/ingest/worker/kernel-drops.js";
import { encodeFrame, encodeMessage } from "../../../lib/wire/index.js";
import { type RunningCollector, startCollector } from "../../support/collector.js";
import { buildShim, withEnvironment } from "../../support/environment.js";
import { temporaryFolder } from "../../support/folder.js";
import { tool } from "../../support/tools.js";
import { processStart } from "../../wire/samples.js";

const folder = temporaryFolder();
let stores = 0;
const freshData = () => join(folder, `data-${stores++}`);

/** A WebSocket sender that notes the acknowledgements. */
async function ingest(collector: RunningCollector) {
  const socket = new WebSocket(`${collector.where.http.replace("http", "ws")}/ingest`, {
    headers: { authorization: `Bearer ${collector.token}` },
  });
  const state = { durable: 0, closed: undefined as number | undefined };
  socket.on("message", (data) => {
    const { durable } = JSON.parse(data.toString()) as { durable: number };
    expect(durable).toBeGreaterThan(state.durable);
    state.durable = durable;
  });
  socket.on("close", (code) => {
    state.closed = code;
  });
  socket.on("error", () => {});
  await once(socket, "open");
  const until = async (count: number) => {
    while (state.durable < count) await sleep(10);
  };
  return { socket, state, until };
}

describe("a unix socket", () => {
  it("receives frames of every user, and replaces a stale socket, but not that of a running collector", async () => {
    const path = join(folder, "ogrt.sock");
    const first = await startCollector(freshData(), "--unix", path);
    expect(first.where.unix).toEqual([path]);
    expect(statSync(path).mode & 0o777).toBe(0o666);
    const rival = tool(
      "ogrt-collector",
      "--data",
      freshData(),
      "--udp",
      "0",
      "--tcp",
      "0",
      "--http",
      "0",
      "--unix",
      path,
    );
    expect(rival.status).toBe(3);
    expect(rival.stderr).toContain(`cannot listen on unix ${path}`);
    await first.stop("SIGKILL");
    const second = await startCollector(freshData(), "--unix", path);
    const sender = connect(path);
    sender.end(Buffer.concat([encodeMessage(processStart({ job: "unix" })), encodeMessage(processStart())]));
    expect(await second.waitForFrames(2)).toMatchObject({ stored: 2 });
    expect((await second.json("/api/v1/jobs/unix")).total).toBe(1);
  });

  it("never replaces a file", async () => {
    const path = join(folder, "precious");
    writeFileSync(path, "text");
    const refused = tool(
      "ogrt-collector",
      "--data",
      freshData(),
      "--udp",
      "0",
      "--tcp",
      "0",
      "--http",
      "0",
      "--unix",
      path,
    );
    expect(refused.status).toBe(3);
    expect(readFileSync(path, "utf8")).toBe("text");
  });
});

describe("the WebSocket /ingest", () => {
  it("acknowledges frames that are on disk, counted per connection", async () => {
    const collector = await startCollector(freshData());
    const [one, two] = [await ingest(collector), await ingest(collector)];
    for (let i = 0; i < 20; i++) one.socket.send(encodeMessage(processStart({ job: "one" })));
    two.socket.send(Buffer.concat(Array.from({ length: 5 }, () => encodeMessage(processStart({ job: "two" })))));
    await one.until(20);
    await two.until(5);
    await collector.stop("SIGKILL");
    // Acknowledged frames survive SIGKILL.
    const total = (job: string) =>
      JSON.parse(tool("ogrt-query", "--data", collector.where.data, "--json", "job", job).stdout).total;
    expect([total("one"), total("two")]).toEqual([20, 5]);
    expect([one.state.durable, two.state.durable]).toEqual([20, 5]);
  });

  it("acknowledges rejected frames and duplicates too, but a duplicate not before the frame that it repeats", async () => {
    const collector = await startCollector(freshData(), "--flush-interval", "1500");
    const { socket, state, until } = await ingest(collector);
    const frame = encodeMessage(processStart());
    await collector.send(frame);
    while ((await collector.accounting()).received < 1) await sleep(5);
    socket.send(frame);
    socket.send(encodeFrame(99, Buffer.alloc(3)));
    socket.send(frame.subarray(0, 20));
    while ((await collector.accounting()).received < 4) await sleep(5);
    expect(state.durable).toBe(0);
    await until(3);
    expect(await collector.waitForFrames(4)).toMatchObject({
      stored: 1,
      duplicate: 1,
      rejected: { "unknown-type": 1, truncated: 1 },
    });
  });

  it("refuses text, messages that are too large and clients without the token", async () => {
    const collector = await startCollector(freshData());
    const talker = await ingest(collector);
    talker.socket.send("hello");
    const giant = await ingest(collector);
    giant.socket.send(Buffer.alloc(2 * 1024 * 1024));
    while (talker.state.closed === undefined || giant.state.closed === undefined) await sleep(10);
    expect([talker.state.closed, giant.state.closed]).toEqual([1003, 1009]);
    const unauthenticated = new WebSocket(`${collector.where.http.replace("http", "ws")}/ingest`);
    const [error] = (await once(unauthenticated, "error")) as [Error];
    expect(error.message).toContain("401");
  });

  it("applies backpressure to a sender that is faster than the store, and loses nothing", async () => {
    const collector = await startCollector(freshData());
    const { socket, until } = await ingest(collector);
    const environment = Array.from({ length: 100 }, (_, index) => `VARIABLE_${index}=${"x".repeat(100)}`);
    const count = 3000;
    for (let i = 0; i < count; i++) socket.send(encodeMessage(processStart({ environment })));
    await until(count);
    expect(await collector.accounting()).toMatchObject({ received: count, stored: count, dropped: {} });
  });
});

describe("a receive buffer", () => {
  it("that the kernel makes smaller than requested is logged, with a remedy", async () => {
    const shim = buildShim(folder, "small-buffer");
    const start = (bytes: number) =>
      withEnvironment({ LD_PRELOAD: shim, SMALL_BUFFER: `${bytes}` }, () => startCollector(freshData()));
    // Even when it is larger than half: the kernel reports twice the size.
    for (const bytes of [212_992, 3_000_000]) {
      const collector = await start(bytes);
      while (!collector.stderr.includes("small-receive-buffer")) await sleep(10);
      const lines = collector.stderr.trim().split("\n");
      const logged = lines.map((line) => JSON.parse(line)).find(({ event }) => event === "small-receive-buffer");
      expect(logged).toMatchObject({ level: "warn", receiveBuffer: bytes });
      expect(logged.message).toBe(
        `udp ${collector.where.udp[0]} has a receive buffer of ${bytes} bytes; ` +
          "to enlarge it, run sysctl -w net.core.rmem_max=4194304 and restart the collector",
      );
    }
    const enough = Number(readFileSync("/proc/sys/net/core/rmem_max", "latin1")) >= 4_194_304;
    if (!enough) return;
    const roomy = await start(4_194_304);
    await roomy.stop();
    expect(roomy.stderr).not.toContain("small-receive-buffer");
  });
});

describe("datagrams", () => {
  it("that the kernel dropped are counted", async () => {
    const collector = await startCollector(freshData());
    const frame = encodeMessage(processStart({ arguments: ["x".repeat(20_000)] }));
    // While the collector stands still, its receive buffer fills up.
    process.kill(collector.where.pid, "SIGSTOP");
    for (let i = 0; i < 15; i++) await collector.send(...Array<Uint8Array>(50).fill(frame));
    process.kill(collector.where.pid, "SIGCONT");
    for (;;) {
      const { received, kernelDropped } = await collector.accounting();
      if (received + kernelDropped === 750 && kernelDropped > 0) break;
      await sleep(50);
    }
    const metrics = await (await collector.get("/metrics")).text();
    expect(metrics).toMatch(/^ogrt_kernel_dropped_datagrams_total [1-9]\d*$/m);
  });

  it("are counted by the columns of the kernel's table", () => {
    const text = readFileSync("/proc/net/udp", "latin1");
    const [heading = ""] = text.split("\n");
    expect(heading.trim().split(/\s+/).at(-1)).toBe("drops");
    const line =
      " 1234: 0100007F:1F23 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 98765 2 0000000000000000 42";
    expect(parseUdpTable(`${heading}\n${line}\nbroken\n`)).toEqual([{ port: 0x1f23, inode: "98765", drops: 42 }]);
  });
});
