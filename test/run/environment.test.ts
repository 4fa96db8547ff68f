import { describe, expect, it } from "vitest";
import { trackingVariables } from "../../lib/run/environment.js";

const tracking = { library: "/opt/libogrt.so", server: "udp://127.0.0.1:7971" };

describe("the variables that enable tracking", () => {
  it("name the library and the server, and enable tracking", () => {
    expect(trackingVariables({ HOME: "/root" }, tracking)).toEqual({
      LD_PRELOAD: "/opt/libogrt.so",
      OGRT_ACTIVE: "1",
      OGRT_SERVER: "udp://127.0.0.1:7971",
    });
  });

  it("keep other preload libraries, after ours", () => {
    expect(trackingVariables({ LD_PRELOAD: "/a.so /b.so:/c.so" }, tracking)).toMatchObject({
      LD_PRELOAD: "/opt/libogrt.so:/a.so:/b.so:/c.so",
    });
  });

  it("are the same when set twice", () => {
    const once = trackingVariables({ LD_PRELOAD: "/a.so" }, { ...tracking, job: "7" });
    expect(trackingVariables(once, { ...tracking, job: "7" })).toEqual(once);
    expect(once).toMatchObject({ OGRT_JOB_ID: "7" });
  });

  it("keep the job id of an outer run if none is given", () => {
    const outer = trackingVariables({}, { ...tracking, job: "7" });
    expect(trackingVariables(outer, tracking)).not.toHaveProperty("OGRT_JOB_ID");
  });
});
