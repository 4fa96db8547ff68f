import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ClockWatch } from "../../../lib/collector/admin/clock-watch.js";
import { temporaryFolder } from "../../support/folder.js";

const folder = temporaryFolder();
const HOUR = 3_600_000;
const YEAR = 365 * 24 * HOUR;
let files = 0;

/** A watch whose clocks the test sets, and a function that starts another one on the same file. */
function watch(path = join(folder, `clock-${files++}`)) {
  const clocks = { wallTime: Date.parse("2026-11-22T00:00:00Z"), steadyTime: 1000 };
  const start = () => new ClockWatch(path, { wall: () => clocks.wallTime, steady: () => clocks.steadyTime });
  const pass = (time: number) => {
    clocks.wallTime += time;
    clocks.steadyTime += time;
  };
  return { path, clocks, start, pass, clock: start() };
}

describe("the clock of retention", () => {
  it("is trusted while it runs steadily, also when it is set by some hours", () => {
    const { path, clocks, pass, clock } = watch();
    for (let hour = 0; hour < 100; hour++) {
      expect(clock.now()).toBe(clocks.wallTime);
      pass(HOUR);
      if (hour % 10 === 0) clocks.wallTime += hour % 20 === 0 ? 3 * HOUR : -3 * HOUR;
    }
    expect(readFileSync(path, "utf8")).toBe("2026-11-26T03:00:00.000Z\n");
  });

  it.each([YEAR, -YEAR, 10 * YEAR])("is not trusted for a day when it was set by %d ms", (step) => {
    const { clocks, pass, clock } = watch();
    clock.now();
    clocks.wallTime += step;
    expect(() => clock.now()).toThrow("no data is deleted for a day: the clock went from 2026-11-22T00:00:00.000Z");
    for (let hour = 0; hour < 23; hour++) {
      pass(HOUR);
      expect(clock.now()).toBeUndefined();
    }
    pass(2 * HOUR);
    expect(clock.now()).toBe(clocks.wallTime);
  });

  it("stays distrusted after restarts", () => {
    const { clocks, pass, start, clock } = watch();
    clock.now();
    clocks.wallTime += YEAR;
    for (let restart = 0; restart < 3; restart++) {
      const again = start();
      expect(() => again.now()).toThrow("no data is deleted");
      pass(HOUR);
      expect(again.now()).toBeUndefined();
    }
    // The clock is corrected: the file never held the wrong time.
    clocks.wallTime -= YEAR;
    expect(start().now()).toBe(clocks.wallTime);
  });

  it("starts without a last time when the file holds none", () => {
    const { path, clocks, start } = watch();
    writeFileSync(path, "no time\n");
    expect(start().now()).toBe(clocks.wallTime);
  });
});
