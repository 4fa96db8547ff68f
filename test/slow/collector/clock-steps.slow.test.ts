import { once } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import WebSocket from "ws";
import { encodeMessage } from "../../../lib/wire/index.js";
import { ALL_TIMES, type RunningCollector, startCollector } from "../../support/collector.js";
import { buildShim, withEnvironment } from "../../support/environment.js";
import { temporaryFolder } from "../../support/folder.js";
import { object, processStart } from "../../wire/samples.js";

const folder = temporaryFolder();
const shim = buildShim(folder, "clock-step");
const clock = join(folder, "clock");
const YEAR = 365 * 86_400;

/** Sets the collector's clock that many seconds forward, while it runs or not. */
function step(seconds: number): void {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt(seconds));
  writeFileSync(clock, bytes, { flag: existsSync(clock) ? "r+" : "w" });
}

const start = (data: string, ...options: string[]) =>
  withEnvironment({ LD_PRELOAD: shim, CLOCK_STEP: clock }, () => startCollector(join(folder, data), ...options));

/** The year in which the collector received the newest process. */
async function yearOf(collector: RunningCollector): Promise<number> {
  const [newest] = (await collector.json("/api/v1/processes?limit=1")).processes;
  return new Date(newest.received).getUTCFullYear();
}

describe("a clock that is set", () => {
  it("under load loses nothing and counts nothing twice, and lets nobody in or out", async () => {
    step(0);
    const collector = await start("load");
    const { pathname, search } = new URL(await collector.newLoginLink());
    const login = await collector.get(`${pathname}${search}`, {});
    const session = { cookie: login.headers.get("set-cookie")?.split(";")[0] ?? "" };
    const tcp = await collector.connect();
    const socket = new WebSocket(`${collector.where.http.replace("http", "ws")}/ingest`, {
      headers: { authorization: `Bearer ${collector.token}` },
    });
    await once(socket, "open");
    let durable = 0;
    socket.on("message", (text) => {
      durable = JSON.parse(text.toString()).durable;
    });
    const steps = [0, 3600, -3600, 10 * YEAR, 30, -20 * YEAR, 200 * YEAR, 0];
    let sent = 0;
    for (const seconds of steps) {
      step(seconds);
      for (let round = 0; round < 40; round++) {
        const [first, second, third] = [processStart(), processStart(), processStart()].map(encodeMessage);
        await collector.send(first as Buffer);
        tcp.write(second as Buffer);
        socket.send(third as Buffer);
        // A repeat stays one, whatever the time is.
        tcp.write(second as Buffer);
        sent += 4;
        await sleep(5);
      }
      expect((await collector.get("/api/v1/accounting", session)).status).toBe(200);
    }
    const rounds = steps.length * 40;
    const counts = await collector.waitForFrames(sent);
    expect(counts).toEqual({
      received: sent,
      stored: rounds * 3,
      duplicate: rounds,
      rejected: {},
      dropped: {},
      pending: 0,
      kernelDropped: 0,
      awaitingVerdicts: 0,
    });
    while (durable < rounds) await sleep(10);
    expect((await collector.json("/api/v1/jobs/4711?limit=1")).total).toBe(rounds * 3);
    expect(await collector.stop()).toBe(0);
    // Repeats are known after the restart, too: the newest records are those that came last, not those of the year 2226.
    const again = await start("load");
    const last = encodeMessage(processStart());
    await again.send(last);
    await again.waitForFrames(1);
    await again.stop("SIGKILL");
    const third = await start("load");
    await third.send(last);
    expect(await third.waitForFrames(1)).toMatchObject({ stored: 0, duplicate: 1 });
  });

  it("into the far future does not make retention remove everything, not even over restarts", async () => {
    step(0);
    const first = await start("keep", "--keep", "30");
    await first.send(...Array.from({ length: 50 }, () => encodeMessage(processStart())));
    await first.waitForFrames(50);
    await first.stop();
    step(10 * YEAR);
    for (let restart = 0; restart < 2; restart++) {
      const wrong = await start("keep", "--keep", "30");
      await wrong.send(encodeMessage(processStart()));
      await wrong.waitForFrames(1);
      expect(await yearOf(wrong)).toBe(new Date().getUTCFullYear() + 10);
      while (!wrong.stderr.includes("no data is deleted for a day")) await sleep(20);
      expect((await wrong.json("/api/v1/jobs/4711?limit=1")).total).toBe(51 + restart);
      expect(await wrong.stop()).toBe(0);
    }
    step(0);
    const right = await start("keep", "--keep", "30");
    expect((await right.json("/api/v1/jobs/4711?limit=1")).total).toBe(52);
    await right.stop();
    expect(right.stderr).not.toContain("nothing is removed");
  });

  it("makes outages neither negative nor longer than they were, and those of a clock that was wrong move", async () => {
    step(0);
    await (await start("outages")).stop();
    const outagesOf = async (collector: RunningCollector) => {
      const { outages, completeness } = await collector.json("/api/v1/coverage/outages");
      expect(completeness.outageSeconds).toBeLessThan(60);
      return outages as { began: string; seconds: number }[];
    };
    const yearOfOutage = async (collector: RunningCollector) =>
      new Date((await outagesOf(collector))[0]?.began ?? "").getUTCFullYear();
    const now = new Date().getUTCFullYear();
    step(10 * YEAR);
    const ahead = await start("outages");
    expect(await yearOfOutage(ahead)).toBe(now + 10);
    step(0);
    while ((await yearOfOutage(ahead)) !== now) await sleep(100);
    await ahead.stop("SIGKILL");
    step(-YEAR);
    const behind = await start("outages");
    const [latest] = await outagesOf(behind);
    expect(latest?.seconds).toBeLessThan(60);
    step(0);
    while ((await outagesOf(behind)).length < 2) await sleep(100);
    expect((await outagesOf(behind)).every(({ seconds }) => seconds > 0 && seconds < 60)).toBe(true);
  });

  it("back does not make verdicts last", async () => {
    step(YEAR);
    const collector = await start("verdicts", ...ALL_TIMES);
    const path = join(folder, "late.so");
    const verdict = async (job: string) => {
      const before = (await collector.accounting()).received;
      await collector.send(encodeMessage(processStart({ job, host: hostname(), objects: [object(path)] })));
      await collector.waitForFrames(before + 1);
      return (await collector.json(`/api/v1/jobs/${job}`)).processes[0].objects[0];
    };
    expect(await verdict("before")).toMatchObject({ verdict: "missing" });
    step(0);
    writeFileSync(path, "no ELF file");
    // As long as any answer is believed.
    await sleep(31_000);
    expect(await verdict("after")).toMatchObject({ verdict: "unreadable", reason: "not-elf" });
  });
});
