import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Heartbeat, HeartbeatFile, readHeartbeat } from "../../../lib/collector/shared/heartbeat.js";
import { outageUntil } from "../../../lib/collector/shared/outage.js";
import { temporaryFolder } from "../../support/folder.js";

const folder = temporaryFolder();
const beat = (time: number): Omit<Heartbeat, "number"> => ({
  time,
  uptime: time - 1_000_000,
  boot: "one",
  isStopped: false,
  frames: { mark: "a", counts: [{ minute: 0, kind: "received", reason: null, frames: time }] },
});

describe("the heartbeat file", () => {
  it("keeps its size, and has the last heartbeat of all collectors", async () => {
    const path = join(folder, "heartbeat");
    expect(readHeartbeat(path)).toBeUndefined();
    for (let start = 0; start < 3; start++) {
      const file = await HeartbeatFile.open(path, readHeartbeat(path));
      for (let second = 0; second < 5; second++) await file.write(beat(start * 10 + second));
      await file.close();
      expect(readHeartbeat(path)).toEqual({ ...beat(start * 10 + 4), number: start * 5 + 4 });
    }
    expect(statSync(path)).toMatchObject({ size: 32_768, mode: 0o100600 });
  });

  it("has the heartbeat before when the last write was torn, and none when both slots are damaged", async () => {
    const path = join(folder, "torn");
    const file = await HeartbeatFile.open(path, undefined);
    for (const time of [1, 2, 3]) await file.write(beat(time));
    await file.close();
    const bytes = readFileSync(path);
    bytes.fill(0, 100, 200);
    writeFileSync(path, bytes);
    expect(readHeartbeat(path)?.time).toBe(2);
    writeFileSync(path, bytes.fill("x"));
    expect(readHeartbeat(path)).toBeUndefined();
    writeFileSync(path, "");
    expect(readHeartbeat(path)).toBeUndefined();
  });

  it("leaves out counts that do not fit", async () => {
    const path = join(folder, "large");
    const file = await HeartbeatFile.open(path, undefined);
    const counts = Array.from({ length: 2000 }, (_, minute) => ({ minute, kind: "received", reason: null, frames: 1 }));
    await file.write({ ...beat(7), frames: { mark: "a", counts } });
    await file.close();
    expect(readHeartbeat(path)).toMatchObject({ time: 7, frames: null });
  });
});

describe("an outage", () => {
  const last: Heartbeat = { number: 1, time: 5000, uptime: 100, boot: "one", isStopped: false, frames: null };

  it("begins with the last heartbeat", () => {
    const now = { time: 46_000, uptime: 41_100, boot: "one" };
    expect(outageUntil(now, last, undefined)).toEqual({ began: 5000, ended: 46_000, how: "killed" });
    expect(outageUntil({ ...now, boot: "two" }, last, undefined)).toMatchObject({ began: 5000, ended: 46_000 });
    expect(outageUntil(now, { ...last, isStopped: true }, undefined).how).toBe("stopped");
    expect(outageUntil(now, undefined, undefined)).toEqual({ began: undefined, ended: 46_000, how: "unknown" });
  });

  it("has the right length within one boot, and never a negative one, when the clock was set", () => {
    const year = 365 * 86_400_000;
    for (const time of [year, 10]) {
      const { began = 0, ended } = outageUntil({ time, uptime: 41_100, boot: "one" }, last, undefined);
      expect([ended, ended - began]).toEqual([time, 41_000]);
    }
    expect(outageUntil({ time: 10, uptime: 3, boot: "two" }, last, undefined)).toMatchObject({ began: 10, ended: 10 });
  });

  it("begins with the copy in a backup that was put in the place of the store", () => {
    const now = { time: 46_000, uptime: 41_100, boot: "one" };
    expect(outageUntil(now, last, 2000)).toEqual({ began: 2000, ended: 46_000, how: "unknown" });
    expect(outageUntil(now, last, 99_000)).toMatchObject({ began: 46_000 });
  });
});
