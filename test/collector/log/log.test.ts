import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { EVENTS } from "../../../lib/collector/log/events.js";
import { Throttle } from "../../../lib/collector/log/throttle.js";
import { encodeMessage } from "../../../lib/wire/index.js";
import { startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { object, processStart } from "../../wire/samples.js";

const folder = temporaryFolder();
let stores = 0;
const freshData = () => join(folder, `data-${stores++}`);

describe("the log", () => {
  it("has one JSON line for each event, and registered events only", async () => {
    const collector = await startCollector(freshData());
    await collector.send(encodeMessage(processStart()));
    await collector.waitForFrames(1);
    expect(await collector.stop()).toBe(0);
    const lines = collector.log();
    expect(lines.filter(({ level }) => level === "info").map(({ event }) => event)).toEqual([
      "token-created",
      "started",
      "stopping",
      "stopped",
    ]);
    for (const { time, level, event, message } of lines) {
      expect(new Date(time).toISOString()).toBe(time);
      expect(EVENTS[event as keyof typeof EVENTS][0]).toBe(level);
      expect(message).toMatch(/\S/);
    }
  });

  it("omits events below its level", async () => {
    const collector = await startCollector(freshData(), "--log-level", "error");
    await collector.stop();
    expect(collector.stderr).toBe("");
  });

  it("with --log-format text escapes characters that control a terminal", async () => {
    const catalogue = join(folder, "cata\u001b[2Jlogue");
    const collector = await startCollector(freshData(), "--log-format", "text", "--catalogue", catalogue);
    await collector.stop();
    const lines = collector.stderr.split("\n").slice(0, -1);
    for (const line of lines)
      expect(line).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z (info |warn |error) [a-z-]+: [^\u0000-\u001f]+$/);
    expect(lines.find((line) => line.includes("names-unreadable"))).toContain("cata\\x1b[2Jlogue");
  });

  it("holds no token, login code, session or redacted value", async () => {
    const data = freshData();
    const collector = await startCollector(data, "--log-level", "debug");
    const secret = "hunter2hunter2";
    await collector.send(
      encodeMessage(
        processStart({
          environment: [`MY_PASSWORD=${secret}`, `URL=https://me:${secret}@host/`],
          arguments: ["program", "--token", secret],
          commandLine: `program --token ${secret}`,
        }),
      ),
    );
    await collector.waitForFrames(1);
    const { pathname, search, searchParams } = new URL(await collector.newLoginLink());
    const login = await collector.get(pathname + search, {});
    const cookie = login.headers.get("set-cookie") ?? "";
    const code = searchParams.get("code") ?? "";
    expect(login.status).toBe(303);
    await collector.get(`/login?code=${code}`, {});
    await collector.get("/api/v1/accounting", { authorization: `Bearer ${secret}` });
    await collector.get(`/api/v1/nothing?password=${secret}`);
    await fetch(new URL("/api/v1/backups", collector.where.http), {
      method: "POST",
      headers: { authorization: `Bearer ${collector.token}`, "content-type": "application/json" },
      body: JSON.stringify({ name: `../${secret}` }),
    });
    await collector.stop();
    const session = /=([^;]{20,});/.exec(cookie)?.[1] ?? "no session";
    expect(session).not.toBe("no session");
    for (const hidden of [collector.token, code, session, secret]) expect(collector.stderr).not.toContain(hidden);
    expect(collector.log().map(({ event }) => event)).toContain("admin-operation-failed");
  });

  it("does not stop the collector when its reader closes stderr", async () => {
    const collector = await startCollector(freshData());
    collector.child.stderr?.destroy();
    for (let operation = 0; operation < 20; operation++) {
      await fetch(new URL("/api/v1/verify", collector.where.http), {
        method: "POST",
        headers: { authorization: `Bearer ${collector.token}` },
      });
    }
    await collector.send(encodeMessage(processStart()));
    await collector.waitForFrames(1);
    expect(await collector.stop()).toBe(0);
  });
});

it("an internal error is logged with its stack, and ends the collector", async () => {
  const hook = join(folder, "fault.cjs");
  // Every thread loads the hook, but only the main thread must fail.
  writeFileSync(
    hook,
    `if (require("node:worker_threads").isMainThread && process.argv[1]?.endsWith("ogrt-collector.js"))
      process.on("SIGUSR2", () => { throw new Error("made up"); });`,
  );
  vi.stubEnv("NODE_OPTIONS", `--require ${hook}`);
  const collector = await startCollector(freshData());
  vi.unstubAllEnvs();
  expect(await collector.stop("SIGUSR2")).toBe(3);
  // A line that was being written when the collector ended may follow.
  const failure = collector.log().find(({ event }) => event === "failed");
  expect(failure).toMatchObject({ level: "error", message: "made up" });
  expect(failure?.["stack"]).toContain("fault.cjs");
});

describe("a flood of one event", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("writes ten lines a minute and one with the number of suppressed lines, whatever other events occur", () => {
    const reported: [string, number][] = [];
    const throttle = new Throttle<string>((name, lines) => reported.push([name, lines]));
    const written = Array.from({ length: 100_000 }, () => throttle.allows("flood")).filter(Boolean);
    expect(written).toHaveLength(10);
    expect(throttle.allows("other")).toBe(true);
    expect(reported).toEqual([]);
    vi.advanceTimersByTime(60_000);
    expect(reported).toEqual([["flood", 99_990]]);
    expect(throttle.allows("flood")).toBe(true);
    vi.advanceTimersByTime(60_000);
    expect(reported).toHaveLength(1);
  });

  it("reports suppressed lines when the log closes", () => {
    const reported: [string, number][] = [];
    const throttle = new Throttle<string>((name, lines) => reported.push([name, lines]));
    for (let line = 0; line < 12; line++) throttle.allows("flood");
    throttle.flush();
    expect(reported).toEqual([["flood", 2]]);
  });
});

describe("a stop", () => {
  it("ends at once after a second signal", async () => {
    const data = freshData();
    const collector = await startCollector(data);
    const files = join(folder, `files-${stores}`);
    mkdirSync(files);
    const report = (name: string) => {
      writeFileSync(join(files, name), "not an ELF file");
      return encodeMessage(processStart({ host: hostname(), program: object(join(files, name)), objects: [] }));
    };
    await collector.send(report("first"));
    await collector.waitForFrames(1);
    // The stopped children do not examine the second file, so its record waits for a verdict, and the stop for the record.
    const { pid } = collector.where;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ");
    for (const child of children) process.kill(Number(child), "SIGSTOP");
    await collector.send(report("second"));
    while ((await collector.accounting()).received < 2) await sleep(10);
    collector.child.kill("SIGTERM");
    while (!collector.log().some(({ event }) => event === "stopping")) await sleep(10);
    expect(await collector.stop()).toBe(3);
    expect(collector.log().at(-1)).toMatchObject({ level: "warn", event: "stopped-early" });
    for (const child of children) if (existsSync(`/proc/${child}`)) process.kill(Number(child), "SIGKILL");
  });
});
