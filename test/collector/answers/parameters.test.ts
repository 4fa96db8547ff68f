import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { encodeMessage } from "../../../lib/wire/index.js";
import { startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { processStart } from "../../wire/samples.js";
import { knock } from "../security/attack.js";

const folder = temporaryFolder();
let stores = 0;
const start = () => startCollector(join(folder, `data-${stores++}`));

describe("a parameter", () => {
  it("that is invalid is named", async () => {
    const collector = await start();
    for (const [path, parameter] of [
      ["/api/v1/processes?limit=0", "limit"],
      ["/api/v1/processes?limit=1e9", "limit"],
      ["/api/v1/processes?limit=many", "limit"],
      ["/api/v1/processes?limit=1&limit=2", "limit"],
      ["/api/v1/processes?job=", "job"],
      ["/api/v1/processes?nonsense=1", "nonsense"],
      ["/api/v1/jobs/1?limit=-1", "limit"],
      ["/api/v1/affected?signature=no-uuid", "signature"],
      [`/api/v1/affected?signature=${"x".repeat(36)}`, "signature"],
      ["/api/v1/affected/jobs", "text"],
      ["/api/v1/affected?text=libz&soname=libz.so.1", "text"],
      ["/api/v1/software?by=shoesize", "by"],
      ["/api/v1/software?since=yesterday", "since"],
      ["/api/v1/software?since=2026-02-30", "since"],
      ["/api/v1/software?since=2026-02-01&until=2026-01-01", "until"],
      ["/api/v1/jobs?cursor=x", "cursor"],
      ["/api/v1/odd/environments?rule=none", "rule"],
      ["/api/v1/affected/users?text=x&domain=a%40b", "domain"],
    ]) {
      const response = await collector.get(path ?? "");
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ code: "INVALID_PARAMETER", parameter });
    }
    const authorization = `Bearer ${collector.token}`;
    for (const query of ["verdict=bad", "nonsense=1", "job=1&job=2", `path=${"*".repeat(2000)}`]) {
      expect(await knock(collector, `/stream?${query}`, { authorization })).toBe(400);
    }
    expect(await knock(collector, "/stream", { authorization }, ["other.v1"])).toBe(400);
    expect(await knock(collector, "/other", { authorization })).toBe(404);
    expect((await collector.get("/nothing")).status).toBe(404);
  });

  it("with a hostile name is a name: never SQL, never a path", async () => {
    const collector = await start();
    const names = [
      "'; DROP TABLE process; --",
      "../../etc/passwd",
      "a/b",
      "%00",
      "\\x00",
      "x".repeat(300),
      "$1",
      "job' OR '1'='1",
    ];
    await collector.send(...names.map((job) => encodeMessage(processStart({ job, user: job, host: job }))));
    await collector.waitForFrames(names.length);
    for (const name of names) {
      const text = encodeURIComponent(name);
      expect((await collector.json(`/api/v1/jobs/${text}`)).total).toBe(1);
      for (const filter of ["job", "user", "host"]) {
        expect((await collector.json(`/api/v1/processes?${filter}=${text}`)).processes).toHaveLength(1);
      }
    }
  });
});
