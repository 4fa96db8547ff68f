import { describe, expect, it } from "vitest";
import { trackingVariables } from "../../lib/run/environment.js";

const tracking = { library: "/opt/libogrt.so", server: "udp://127.0.0.1:7971" };

describe("the variables that switch tracking on", () => {
  it("name the library, the server and that it is wanted", () => {
    expect(trackingVariables({ HOME: "/root" }, tracking)).toEqual({
      LD_PRELOAD: "/opt/libogrt.so",
      OGRT_ACTIVE: "1",
      OGRT_SERVER: "udp://127.0.0.1:7971",
    });
  });

  it("keep other preloads, behind ours", () => {
    expect(trackingVariables({ LD_PRELOAD: "/a.so /b.so:/c.so" }, tracking)).toMatchObject({
      LD_PRELOAD: "/opt/libogrt.so:/a.so:/b.so:/c.so",
    });
  });

  it("are the same when made twice", () => {
    const once = trackingVariables({ LD_PRELOAD: "/a.so" }, { ...tracking, job: "7" });
    expect(trackingVariables(once, { ...tracking, job: "7" })).toEqual(once);
    expect(once).toMatchObject({ OGRT_JOB_ID: "7" });
  });

  it("leave the job that an outer run set alone, when none is named", () => {
    const outer = trackingVariables({}, { ...tracking, job: "7" });
    expect(trackingVariables(outer, tracking)).not.toHaveProperty("OGRT_JOB_ID");
  });
});
