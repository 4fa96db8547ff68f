import { rmSync } from "node:fs";
import { request } from "node:http";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type RunningCollector, sharedCollector, startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { bearer, expectServed, knock, statuses } from "./attack.js";

const folder = temporaryFolder();
let stores = 0;
const start = (...options: string[]) => startCollector(join(folder, `data-${stores++}`), ...options);
const shared = sharedCollector(join(folder, "shared"));

/** Status of a request with any headers, also those that fetch does not allow. */
function ask(
  collector: RunningCollector,
  path: string,
  headers: Record<string, string>,
  method = "GET",
): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request(new URL(path, collector.where.http), { headers, method }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    call.on("error", reject);
    call.end();
  });
}

const ANSWERS = [
  "/api/v1/accounting",
  "/api/v1/processes",
  "/api/v1/jobs/1",
  "/api/v1/job?id=1",
  "/api/v1/affected?signature=5b8c8f5e-6d0b-4a7e-9d35-0a5f3c1f2b61",
  "/metrics",
];
const ADMIN_OPERATIONS = ["backups", "exports", "forget", "verify", "login-links"].map((name) => `/api/v1/${name}`);

describe("the token", () => {
  it("is replaced when it was removed, with an event in the log, and the old one is refused", async () => {
    const first = await start();
    const created = (collector: RunningCollector) => collector.log().filter(({ event }) => event === "token-created");
    expect(created(first)).toHaveLength(1);
    const { token: old, where } = first;
    await first.stop();
    const again = await startCollector(where.data);
    expect([again.token, created(again)]).toEqual([old, []]);
    await again.stop();
    rmSync(where.tokenFile);
    const second = await startCollector(where.data);
    expect(created(second)).toHaveLength(1);
    expect(created(second)[0]?.message).not.toContain(second.token);
    expect(second.token).not.toBe(old);
    const status = async (token: string) => (await second.get("/metrics", { authorization: `Bearer ${token}` })).status;
    expect([await status(old), await status(second.token)]).toEqual([401, 200]);
  });

  it("is required everywhere except for health checks, and must match exactly", async () => {
    const collector = shared();
    const { token } = collector;
    const wrong = token.replace(/.$/, (last) => (last === "A" ? "B" : "A"));
    const refused: Record<string, string>[] = [
      {},
      { authorization: `Bearer ${wrong}` },
      { authorization: `Bearer ${token.slice(0, -1)}` },
      { authorization: `Bearer ${token}${token}` },
      { authorization: `Bearer ${token} ${wrong}` },
      { authorization: "Bearer " },
      { authorization: token },
      { authorization: `Basic ${Buffer.from(`:${token}`).toString("base64")}` },
      { authorization: `Digest ${token}` },
      { cookie: `ogrt_session=${token}` },
      { "x-token": token, "x-forwarded-for": "127.0.0.1", "x-original-url": "/livez", "x-rewrite-url": "/livez" },
    ];
    for (const path of ANSWERS) {
      expect(await ask(collector, path, bearer(collector))).toBe(200);
      for (const headers of refused.slice(0, 2)) expect(await ask(collector, path, headers)).toBe(401);
    }
    for (const headers of refused) expect(await ask(collector, "/api/v1/accounting", headers)).toBe(401);
    for (const path of ADMIN_OPERATIONS) expect(await ask(collector, path, {}, "POST")).toBe(401);
    for (const path of ["/stream", "/ingest"]) {
      expect(await knock(collector, path, {})).toBe(401);
      expect(await knock(collector, path, { authorization: `Bearer ${wrong}` })).toBe(401);
      expect(await knock(collector, path, bearer(collector))).toBe("open ");
    }
    for (const path of ["/livez", "/readyz"]) expect(await ask(collector, path, {})).toBe(200);
  });

  it("is not accepted in a query string, which logs and histories keep", async () => {
    const collector = shared();
    for (const name of ["token", "access_token", "authorization", "key"]) {
      expect(await ask(collector, `/api/v1/accounting?${name}=${collector.token}`, {})).toBe(401);
      expect(await knock(collector, `/stream?${name}=${collector.token}`, {})).toBe(401);
    }
  });

  it("works while another client is rate limited for guessing", async () => {
    const collector = await start();
    const guess = (at: number) =>
      ask(collector, "/api/v1/accounting", { authorization: `Bearer ${"A".repeat(40)}${at}` });
    const answers = new Map<number, number>();
    for (let at = 0; at < 200; at++) {
      const status = at % 2 === 0 ? await guess(at) : await ask(collector, `/login?code=guess${at}`, {});
      answers.set(status, (answers.get(status) ?? 0) + 1);
    }
    expect([...answers.keys()].sort()).toEqual([401, 429]);
    // The burst, and the few that the rate allows during the loop.
    expect(answers.get(401)).toBeLessThan(100);
    expect(await knock(collector, "/stream", { authorization: "Bearer guess" })).toBe(429);
    expect(await ask(collector, "/api/v1/accounting", bearer(collector))).toBe(200);
    expect(await ask(collector, "/livez", {})).toBe(200);
    const { pathname, search } = new URL(await collector.newLoginLink());
    expect(await ask(collector, `${pathname}${search}`, {})).toBe(303);
    await expectServed(collector);
  });
});

describe("other sites' pages", () => {
  it("cannot use their own name for this host (DNS rebinding)", async () => {
    const collector = await start("--http-name", "ogrt.cluster.example", "--http-name", "Alias");
    const { port } = new URL(collector.where.http);
    const own = [
      `localhost:${port}`,
      `LOCALHOST`,
      `${hostname()}:${port}`,
      "127.0.0.1",
      "192.0.2.7",
      "[::1]:80",
      "OGRT.cluster.example:80",
      "alias",
    ];
    const foreign = [
      "evil.example",
      `evil.example:${port}`,
      "127.0.0.1.evil.example",
      "localhost.evil:1",
      "a@b",
      "localhost.",
      "cluster.example",
      "127.0.0.1:port",
      "[::1",
      "[evil.example]",
      "0x7f000001",
      "127.1",
      "localhost,evil.example",
      "localhost evil.example",
      " ",
    ];
    for (const path of ["/livez", "/api/v1/accounting"]) {
      for (const host of own)
        expect([host, await ask(collector, path, { ...bearer(collector), host })]).toEqual([host, 200]);
      for (const host of foreign) {
        expect([host, await ask(collector, path, { ...bearer(collector), host })]).toEqual([host, 403]);
      }
    }
    expect(await knock(collector, "/stream", { ...bearer(collector), host: "evil.example" })).toBe(403);
  });

  it("are refused by their Origin, for requests and WebSockets, with and without the token", async () => {
    const collector = shared();
    const { host } = new URL(collector.where.http);
    const foreign = [
      "http://evil.example",
      "null",
      `http://${host}.evil.example`,
      `http://${host}/`,
      `http://user@${host}`,
      `ws://${host}`,
      `file://${host}`,
      "http://127.0.0.1",
      "",
    ];
    for (const origin of foreign) {
      for (const headers of [{ origin }, { ...bearer(collector), origin }]) {
        expect([origin, await ask(collector, "/livez", headers)]).toEqual([origin, 403]);
        expect([origin, await ask(collector, "/api/v1/verify", headers, "POST")]).toEqual([origin, 403]);
        expect(await knock(collector, "/ingest", headers)).toBe(403);
      }
    }
    expect(await ask(collector, "/livez", { origin: `http://${host}` })).toBe(200);
    expect(await knock(collector, "/stream", { ...bearer(collector), origin: `http://${host}` })).toBe("open ");
  });

  it("can neither read nor frame an answer, and fail the preflight", async () => {
    const collector = shared();
    const response = await collector.get("/api/v1/accounting");
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "cache-control": "no-store",
      "content-security-policy": expect.stringContaining("frame-ancestors 'none'"),
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
    });
    for (const status of ["/nothing", "/api/v1/processes?limit=x", "/login?code=x"]) {
      const refused = await collector.get(status);
      expect(refused.headers.get("x-content-type-options")).toBe("nosniff");
      expect(refused.headers.get("content-type")).toMatch(/^application\/json/);
      expect([...refused.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
    }
    const { host } = new URL(collector.where.http);
    const preflight = `OPTIONS /api/v1/verify HTTP/1.1\r\nHost: ${host}\r\nOrigin: http://evil.example\r\nAccess-Control-Request-Method: POST\r\nConnection: close\r\n\r\n`;
    expect(await statuses(collector, preflight)).toEqual([403]);
  });

  it("cannot request admin operations with a form: only JSON is accepted", async () => {
    const collector = shared();
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]) {
      const response = await fetch(new URL("/api/v1/forget", collector.where.http), {
        method: "POST",
        headers: { ...bearer(collector), "content-type": type },
        body: '{"user":"alice"}',
      });
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(response.status).toBeLessThan(500);
    }
  });
});
