import { request } from "node:http";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import WebSocket from "ws";
import { encodeMessage } from "../../lib/wire/index.js";
import { type RunningCollector, startCollector } from "../support/collector.js";
import { temporaryFolder } from "../support/folder.js";
import { processStart } from "../wire/samples.js";

const folder = temporaryFolder();
let stores = 0;
const start = () => startCollector(join(folder, `data-${stores++}`));

/** A request with any Host header, which fetch does not allow. */
function raw(collector: RunningCollector, path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request(new URL(path, collector.where.http), { headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    call.on("error", reject);
    call.end();
  });
}

/** What a WebSocket client gets: `open`, or the HTTP status that refused it. */
function knock(collector: RunningCollector, path: string, headers: Record<string, string>, protocols: string[] = []) {
  const url = `${collector.where.http.replace("http", "ws")}${path}`;
  const socket = new WebSocket(url, protocols, { headers });
  return new Promise<string | number>((resolve) => {
    socket.on("open", () => {
      resolve(`open ${socket.protocol}`);
      socket.terminate();
    });
    socket.on("unexpected-response", (_request, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    socket.on("error", () => resolve("error"));
  });
}

const GUARDED = [
  "/api/v1/accounting",
  "/api/v1/processes",
  "/api/v1/jobs/1",
  "/api/v1/signatures/5b8c8f5e-6d0b-4a7e-9d35-0a5f3c1f2b61/jobs",
];

describe("every door", () => {
  it("but the two for health checks needs the token", async () => {
    const collector = await start();
    const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
    const wrong = collector.token.replace(/.$/, (last) => (last === "A" ? "B" : "A"));
    for (const path of GUARDED) {
      expect((await collector.get(path)).status).toBe(200);
      const refusals = [
        {},
        bearer(wrong),
        bearer(""),
        { authorization: collector.token },
        { cookie: `ogrt_session=${collector.token}` },
      ];
      for (const headers of refusals) {
        const response = await collector.get(path, headers as Record<string, string>);
        expect(response.status).toBe(401);
        expect(await response.json()).toMatchObject({ code: "TOKEN_REQUIRED" });
      }
    }
    for (const path of ["/livez", "/readyz"]) expect((await collector.get(path, {})).status).toBe(200);
    expect(await knock(collector, "/stream", bearer(collector.token))).toBe("open ");
    expect(await knock(collector, "/stream", {})).toBe(401);
    expect(await knock(collector, "/stream", bearer(wrong))).toBe(401);
  });

  it("is closed to other sites: names that are not ours (DNS rebinding), foreign origins", async () => {
    const collector = await start();
    const { port, host } = new URL(collector.where.http);
    const authorization = `Bearer ${collector.token}`;
    for (const path of ["/livez", "/api/v1/accounting"]) {
      for (const own of [host, `localhost:${port}`, `${hostname()}:${port}`, "127.0.0.1", "[::1]:80"]) {
        expect(await raw(collector, path, { authorization, host: own })).toBe(200);
      }
      for (const foreign of [
        "evil.example",
        `evil.example:${port}`,
        "127.0.0.1.evil.example",
        "localhost.evil:1",
        "a@b",
      ]) {
        expect(await raw(collector, path, { authorization, host: foreign })).toBe(403);
      }
      expect(await raw(collector, path, { authorization, origin: `http://${host}` })).toBe(200);
      for (const origin of [
        "http://evil.example",
        "null",
        `http://evil.example:${port}`,
        `http://${host}.evil.example`,
      ]) {
        expect(await raw(collector, path, { authorization, origin })).toBe(403);
      }
    }
    expect(await knock(collector, "/stream", { authorization, origin: "http://evil.example" })).toBe(403);
    expect(await knock(collector, "/stream", { authorization, host: "evil.example" })).toBe(403);
    expect(await knock(collector, "/stream", { authorization, origin: `http://${host}` })).toBe("open ");
  });

  it("is open by further names that the site gives it", async () => {
    const names = ["--http-name", "ogrt.cluster.example", "--http-name", "Alias"];
    const collector = await startCollector(join(folder, `data-${stores++}`), ...names);
    for (const host of ["ogrt.cluster.example", "OGRT.cluster.example:80", "alias"]) {
      expect(await raw(collector, "/livez", { host })).toBe(200);
    }
    expect(await raw(collector, "/livez", { host: "cluster.example" })).toBe(403);
  });

  it("names the parameter that makes no sense", async () => {
    const collector = await start();
    for (const [path, parameter] of [
      ["/api/v1/processes?limit=0", "limit"],
      ["/api/v1/processes?limit=1e9", "limit"],
      ["/api/v1/processes?limit=many", "limit"],
      ["/api/v1/processes?limit=1&limit=2", "limit"],
      ["/api/v1/processes?job=", "job"],
      ["/api/v1/processes?nonsense=1", "nonsense"],
      ["/api/v1/jobs/1?limit=-1", "limit"],
      ["/api/v1/signatures/no-uuid/jobs", "signature"],
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

  it("takes hostile names as names: no SQL, no paths", async () => {
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
    await collector.settled(names.length);
    for (const name of names) {
      const text = encodeURIComponent(name);
      expect((await collector.json(`/api/v1/jobs/${text}`)).total).toBe(1);
      for (const filter of ["job", "user", "host"]) {
        expect((await collector.json(`/api/v1/processes?${filter}=${text}`)).processes).toHaveLength(1);
      }
    }
  });

  it("stays open for the next one when a request is broken", async () => {
    const collector = await start();
    for (const text of [
      "GARBAGE\r\n\r\n",
      `GET / HTTP/1.1\r\nHost: ${"x".repeat(100_000)}\r\n\r\n`,
      "GET / HTTP/1.1\r\n\r\n",
    ]) {
      const { hostname: host, port } = new URL(collector.where.http);
      const { connect } = await import("node:net");
      const socket = connect(Number(port), host);
      socket.on("error", () => {});
      socket.resume();
      socket.write(text);
      await new Promise((resolve) => socket.on("close", resolve));
    }
    expect((await collector.get("/livez")).status).toBe(200);
  });
});
