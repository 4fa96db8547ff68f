import { describe, expect, it } from "vitest";
import { trackedEnvironment } from "../../lib/run/environment.js";

const tracking = { library: "/opt/libogrt.so", server: "udp://127.0.0.1:7971" };

describe("the environment of a tracked command", () => {
  it("is the given one with the library switched on", () => {
    expect(trackedEnvironment({ HOME: "/root" }, tracking)).toEqual({
      HOME: "/root",
      LD_PRELOAD: "/opt/libogrt.so",
      OGRT_ACTIVE: "1",
      OGRT_SERVER: "udp://127.0.0.1:7971",
    });
  });

  it("keeps other preloads, behind ours", () => {
    expect(trackedEnvironment({ LD_PRELOAD: "/a.so /b.so:/c.so" }, tracking)).toMatchObject({
      LD_PRELOAD: "/opt/libogrt.so:/a.so:/b.so:/c.so",
    });
  });

  it("is the same when made twice", () => {
    const once = trackedEnvironment({ LD_PRELOAD: "/a.so" }, { ...tracking, job: "7" });
    expect(trackedEnvironment(once, { ...tracking, job: "7" })).toEqual(once);
    expect(once).toMatchObject({ OGRT_JOB_ID: "7" });
  });

  it("keeps the job that an outer run set, when none is named", () => {
    const outer = trackedEnvironment({}, { ...tracking, job: "7" });
    expect(trackedEnvironment(outer, tracking)).toMatchObject({ OGRT_JOB_ID: "7" });
  });
});
