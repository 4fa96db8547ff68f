import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { Durations } from "../../../lib/collector/measure/durations.js";
import { History } from "../../../lib/collector/measure/history.js";
import { encodeMessage } from "../../../lib/wire/index.js";
import { type RunningCollector, startCollector } from "../../support/collector.js";
import { parseExposition } from "../../support/exposition.js";
import { temporaryFolder } from "../../support/folder.js";
import { object, processStart } from "../../wire/samples.js";

const folder = temporaryFolder();
let stores = 0;
const start = (...options: string[]) => startCollector(join(folder, `data-${stores++}`), ...options);

async function scrape(collector: RunningCollector) {
  const response = await collector.get("/metrics");
  expect(response.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
  const families = parseExposition(await response.text());
  const value = (name: string, labels: Record<string, string> = {}) =>
    families
      .get(name.replace(/_(bucket|sum|count)$/, ""))
      ?.samples.find(
        (sample) => sample.name === name && Object.entries(labels).every(([k, v]) => sample.labels[k] === v),
      )?.value;
  return { families, value };
}

/** Sends a frame for each outcome, over two inputs. */
async function feed(collector: RunningCollector): Promise<void> {
  const frame = encodeMessage(processStart({ objects: [object("/nowhere/a.so"), object("relative.so")] }));
  await collector.send(frame, frame, encodeMessage(processStart()), Buffer.from("nonsense"));
  const socket = await collector.connect();
  socket.end(encodeMessage(processStart()));
  await collector.waitForFrames(5);
}

describe("/metrics", () => {
  it("follows the conventions of Prometheus, before and after the first frames", async () => {
    const collector = await start();
    const before = await scrape(collector);
    await feed(collector);
    const after = await scrape(collector);
    expect([...after.families.keys()]).toEqual([...before.families.keys()]);
    for (const [name, { type, help }] of after.families) {
      expect(name.endsWith("_total"), name).toBe(type === "counter");
      expect(name).toMatch(/^(ogrt|process|nodejs)_[a-z0-9_]+$/);
      expect(help, name).toMatch(/\S/);
      if (type === "histogram") expect(name).toMatch(/_seconds$/);
    }
  });

  it("counts frames and objects by outcome, input and verdict", async () => {
    const collector = await start();
    await feed(collector);
    const { value } = await scrape(collector);
    const counts = await collector.accounting();
    expect(value("ogrt_frames_received_total")).toBe(5);
    expect(value("ogrt_frames_stored_total")).toBe(3);
    expect(value("ogrt_frames_duplicate_total")).toBe(1);
    expect(value("ogrt_frames_rejected_total", { reason: Object.keys(counts.rejected)[0] ?? "" })).toBe(1);
    expect(value("ogrt_frames_dropped_total", { reason: "overload" })).toBe(0);
    expect(value("ogrt_frames_pending")).toBe(0);
    expect(value("ogrt_input_frames_total", { transport: "udp", address: collector.where.udp[0] })).toBe(4);
    expect(value("ogrt_input_frames_total", { transport: "tcp", address: collector.where.tcp[0] })).toBe(1);
    expect(value("ogrt_input_bytes_total", { transport: "tcp" })).toBeGreaterThan(100);
    expect(value("ogrt_objects_total", { verdict: "unchecked" })).toBeGreaterThan(0);
    expect(value("ogrt_commit_duration_seconds_count")).toBeGreaterThan(0);
    expect(value("ogrt_storing_duration_seconds_count", { transport: "udp" })).toBeGreaterThan(0);
    expect(value("ogrt_log_events_total", { event: "started" })).toBe(1);
    expect(value("ogrt_store_bytes", { file: "log" })).toBeGreaterThan(0);
    expect(value("ogrt_data_free_bytes")).toBeGreaterThan(0);
    expect(value("ogrt_ready")).toBe(1);
    expect(value("process_resident_memory_bytes")).toBeGreaterThan(1e6);
  });

  it("counts subscribers and WebSocket senders", async () => {
    const collector = await start();
    const headers = { authorization: `Bearer ${collector.token}` };
    const open = async (path: string) => {
      const socket = new WebSocket(new URL(path, collector.where.http.replace("http", "ws")), { headers });
      await once(socket, "open");
      return socket;
    };
    const subscriber = await open("/stream");
    const sender = await open("/ingest");
    const message = once(subscriber, "message");
    sender.send(encodeMessage(processStart()));
    await message;
    await collector.waitForFrames(1);
    const { value } = await scrape(collector);
    expect(value("ogrt_stream_subscribers")).toBe(1);
    expect(value("ogrt_stream_messages_total")).toBe(1);
    expect(value("ogrt_stream_lost_messages_total")).toBe(0);
    expect(value("ogrt_input_frames_total", { transport: "websocket" })).toBe(1);
    subscriber.close();
    sender.close();
  });
});

describe("/api/v1/stats", () => {
  it("has rates and durations by input", async () => {
    const collector = await start();
    await feed(collector);
    const stats = await collector.json("/api/v1/stats");
    const names = stats.inputs.map(({ name }: { name: string }) => name);
    expect(names).toEqual([
      `udp ${collector.where.udp[0]}`,
      `tcp ${collector.where.tcp[0]}`,
      `websocket ${new URL(collector.where.http).host}`,
    ]);
    const [udp, tcp, webSocket] = stats.inputs;
    expect([udp.frames, tcp.frames, webSocket.frames]).toEqual([4, 1, 0]);
    expect(udp.durations.count).toBeGreaterThan(0);
    expect(udp.durations.min).toBeLessThanOrEqual(udp.durations.median);
    expect(udp.durations.median).toBeLessThanOrEqual(udp.durations.max);
    expect(webSocket.durations).toEqual({ count: 0, min: null, median: null, max: null });
    for (const rates of [stats.received, stats.stored, udp.rates]) {
      for (const rate of [rates.last1, rates.last5, rates.last15]) expect(rate).toBeGreaterThan(0);
    }
    expect(stats.history).toMatchObject({ interval: 10, received: [], stored: [] });
  });
});

describe("outputs", () => {
  it("have metrics, and one that cannot deliver causes a warning while the collector stays ready", async () => {
    const config = join(folder, "outputs.toml");
    // Nothing listens on port 9 (discard).
    const waits = ["[[output]]", "kind = 'json-lines'", "name = 'waits'", "address = 'tcp://127.0.0.1:9'"];
    writeFileSync(config, ["[[output]]", "kind = 'null'", ...waits].join("\n"));
    const collector = await start("--config", config);
    await feed(collector);
    for (;;) {
      const { outputs } = await collector.json("/api/v1/stats");
      if (outputs[0].records === 3 && outputs[0].lag === 0 && outputs[1].failures > 0) break;
      await sleep(50);
    }
    const { outputs } = await collector.json("/api/v1/stats");
    expect(outputs).toMatchObject([
      { name: "null", kind: "null", error: null, records: 3, refused: 0, failures: 0, lag: 0 },
      { name: "waits", kind: "json-lines", error: expect.stringMatching(/\S/), records: 0, lag: 3 },
    ]);
    expect(outputs[0].rates.last1).toBeGreaterThan(0);
    expect(outputs[0].durations.count).toBeGreaterThan(0);
    const { value } = await scrape(collector);
    expect(value("ogrt_output_documents_total", { output: "null", kind: "null" })).toBe(3);
    expect(value("ogrt_output_waiting", { output: "null" })).toBe(0);
    expect(value("ogrt_output_waiting", { output: "waits" })).toBe(1);
    expect(value("ogrt_output_lag_events", { output: "waits" })).toBe(3);
    const ready = await collector.get("/readyz", {});
    expect(ready.status).toBe(200);
    expect(await ready.json()).toEqual({
      status: "ready",
      problems: [],
      warnings: ["the output waits cannot deliver"],
    });
    expect(collector.log().map(({ event }) => event)).toContain("output-waiting");
  });
});

describe("durations", () => {
  it("forgets what is older than 15 minutes, and all but the newest 1024", () => {
    let now = 0;
    const durations = new Durations(undefined, () => now);
    for (let value = 1; value <= 2000; value++) durations.add(value);
    expect(durations.summary()).toEqual({ count: 1024, min: 977, median: 1488.5, max: 2000 });
    now = 15 * 60_000;
    durations.add(5);
    expect(durations.summary().count).toBe(1024);
    now += 1;
    expect(durations.summary()).toEqual({ count: 1, min: 5, median: 5, max: 5 });
  });

  it("counts a negative duration, after the clock was set back, as 0", () => {
    const durations = new Durations();
    durations.add(-1000);
    expect(durations.summary().max).toBe(0);
  });
});

describe("a counter's history", () => {
  it("gives rates over its windows, or since the start while that is shorter", () => {
    let [now, count] = [0, 0];
    const history = new History(
      () => count,
      () => now,
    );
    expect(history.rates()).toEqual({ last1: 0, last5: 0, last15: 0 });
    const pass = (seconds: number, perSecond: number) => {
      for (let second = 0; second < seconds; second += 10) {
        now += 10_000;
        count += perSecond * 10;
        history.sample();
      }
    };
    pass(30, 100);
    expect(history.rates()).toEqual({ last1: 100, last5: 100, last15: 100 });
    pass(15 * 60, 10);
    expect(history.rates()).toEqual({ last1: 10, last5: 10, last15: 10 });
    pass(60, 40);
    expect(history.rates()).toEqual({ last1: 40, last5: 16, last15: 12 });
  });

  it("goes on when its counter restarts at 0", () => {
    let [now, count] = [0, 0];
    const history = new History(
      () => count,
      () => now,
    );
    for (const value of [100, 5, 50]) {
      now += 10_000;
      count = value;
      history.sample();
    }
    expect(history.growth()).toEqual([100, 5, 45]);
    expect(history.rates().last1).toBe(5);
  });

  it("covers one hour", () => {
    let [now, count] = [0, 0];
    const history = new History(
      () => count,
      () => now,
    );
    for (let sample = 1; sample <= 1000; sample++) {
      now += 10_000;
      count += sample;
      history.sample();
    }
    expect(history.growth()).toEqual(Array.from({ length: 360 }, (_, index) => 641 + index));
  });
});
