import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { encodeMessage } from "../../../lib/wire/index.js";
import { sharedCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { processStart } from "../../wire/samples.js";
import { bearer, expectServed, get, Peer, statuses } from "./attack.js";

const folder = temporaryFolder();
const shared = sharedCollector(join(folder, "data"));

/** Invalid spellings of paths. None may reach a file, or an address that needs a token. */
const TRICKS = [
  "/..",
  "/../../../../etc/passwd",
  "/livez/../api/v1/accounting",
  "/livez/..%2fapi/v1/accounting",
  "/livez%2f..%2fapi%2fv1%2faccounting",
  "/livez;/api/v1/accounting",
  "/livez/%2e%2e/api/v1/accounting",
  "/livez%00/api/v1/accounting",
  "/livez\\..\\api\\v1\\accounting",
  "/./api/v1/accounting",
  "//api/v1/accounting",
  "/api//v1/accounting",
  "/api/v1/accounting/",
  "/api/v1/accounting%20",
  "/api/v1/accounting%00",
  "/api/v1/accounting%2f",
  "/api/v1/accounting;x=1",
  "/api/v1/accounting.json",
  "/API/V1/ACCOUNTING",
  "/%61pi/v1/accounting",
  "/api%2fv1%2faccounting",
  "/%2561pi/v1/accounting",
  "/api/v1/%c0%ae%c0%ae/accounting",
  "/%c0%af..%c0%afetc/passwd",
  "/%e0%80%af",
  "/%ff",
  "/%",
  "/%zz",
  "/%u002e%u002e/",
  "/.git/config",
  "/token",
  "/ogrt.duckdb",
  "/assets/../../../package.json",
  "/assets/..%2f..%2fpackage.json",
  "/assets/%2e%2e/%2e%2e/package.json",
  "/assets/..\\..\\package.json",
  "/assets/",
  "/assets/%00",
  "/index.html/../../../package.json",
  "/*",
  "/constructor",
  "/__proto__",
];

describe("a path", () => {
  it("is matched literally: no spelling bypasses the token, reaches a file or causes a fault", async () => {
    const collector = shared();
    for (const target of [...TRICKS, "*", "livez", "http://evil.example/livez", "http://127.0.0.1/api/v1/accounting"]) {
      const [status] = await get(collector, target);
      expect([target, [400, 401, 403, 404].includes(status ?? 0)]).toEqual([target, true]);
      const { host } = new URL(collector.where.http);
      const upgrade = `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`;
      const [refused] = await statuses(collector, upgrade);
      expect([target, [400, 401, 403].includes(refused ?? 0)]).toEqual([target, true]);
    }
    await expectServed(collector);
  });

  it("of a WebSocket is matched literally", async () => {
    const collector = shared();
    for (const target of [
      "//evil/stream",
      "/x/../stream",
      "/stream/",
      "/%73tream",
      "/stream#",
      "/STREAM",
      "/./ingest",
    ]) {
      const { host } = new URL(collector.where.http);
      const lines = [
        `GET ${target} HTTP/1.1`,
        `Host: ${host}`,
        `Authorization: Bearer ${collector.token}`,
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
      ];
      expect([target, await statuses(collector, `${lines.join("\r\n")}\r\n\r\n`)]).toEqual([target, [404]]);
    }
    await expectServed(collector);
  });

  it("may contain any name that a sender reports", async () => {
    const collector = shared();
    const names = ["../../etc/passwd", "%2e%2e", "a/b", "..", "%00", "x".repeat(300), "__proto__", "<script>"];
    const { received } = await collector.accounting();
    await collector.send(...names.map((job) => encodeMessage(processStart({ job }))));
    await collector.waitForFrames(received + names.length);
    for (const name of names) {
      expect((await collector.json(`/api/v1/job?id=${encodeURIComponent(name)}`)).total).toBe(1);
    }
    await expectServed(collector);
  });

  it("appears in an answer only as JSON text", async () => {
    const collector = shared();
    const answer = new Peer(
      collector,
      `GET /x%0d%0aSet-Cookie:a=b HTTP/1.1\r\nHost: ${new URL(collector.where.http).host}\r\nConnection: close\r\n\r\n`,
    );
    expect(await answer.closed()).not.toMatch(/^set-cookie/im);
    for (const path of [
      "/api/v1/processes?%0d%0aSet-Cookie:a=b",
      "/api/v1/processes?limit=%0d%0aSet-Cookie:a=b",
      "/login?code=%0d%0aSet-Cookie:a=b",
      "/api/v1/processes?<script>=1",
    ]) {
      const response = await collector.get(path);
      expect(response.headers.get("set-cookie")).toBeNull();
      expect(response.headers.get("content-type")).toMatch(/^application\/json/);
      await response.json();
    }
  });
});

describe("a request that is too large", () => {
  it("is refused, whichever part is too large", async () => {
    const collector = shared();
    const { host } = new URL(collector.where.http);
    const authorization = `Authorization: Bearer ${collector.token}`;
    const head = `POST /api/v1/forget HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n${authorization}\r\nContent-Type: application/json\r\n`;
    expect(await get(collector, `/livez?nonce=${"x".repeat(20_000)}`)).toEqual([431]);
    expect(await get(collector, "/livez", `X: ${"x".repeat(20_000)}`)).toEqual([431]);
    expect(await get(collector, "/livez", ...Array.from({ length: 5000 }, (_, at) => `X-${at}: 1`))).toEqual([431]);
    expect(await get(collector, "/api/v1/accounting", `Cookie: ${"a=b;".repeat(5000)}`)).toEqual([431]);
    expect(await statuses(collector, `${head}Content-Length: 100000\r\n\r\n`)).toEqual([413]);
    expect(await statuses(collector, `${head}Content-Length: 99999999999999999999\r\n\r\n`)).toEqual([400]);
    const chunk = `${(100_000).toString(16)}\r\n${"x".repeat(100_000)}\r\n`;
    expect(await statuses(collector, `${head}Transfer-Encoding: chunked\r\n\r\n${chunk}0\r\n\r\n`)).toEqual([413]);
    const extension = `1;${"x".repeat(100_000)}\r\n`;
    expect((await statuses(collector, `${head}Transfer-Encoding: chunked\r\n\r\n${extension}`))[0]).toBeGreaterThan(
      399,
    );
    expect(await get(collector, `/api/v1/jobs/${"x".repeat(5000)}`, authorization)).toEqual([414]);
    expect(await get(collector, `/api/v1/processes?job=${"x".repeat(5000)}`, authorization)).toEqual([400]);
    await expectServed(collector);
  });

  it("is refused when its JSON is deep, large or names a prototype", async () => {
    const collector = shared();
    const forget = (body: string) =>
      fetch(new URL("/api/v1/forget", collector.where.http), {
        method: "POST",
        headers: { ...bearer(collector), "content-type": "application/json" },
        body,
      });
    for (const body of [
      "[".repeat(8000),
      `${"[".repeat(4000)}${"]".repeat(4000)}`,
      `{"user":${'{"a":'.repeat(1000)}1${"}".repeat(1000)}}`,
      `{"user":1${"0".repeat(8000)}}`,
      '{"__proto__":{"user":"alice"}}',
      '{"constructor":{"prototype":{"user":"alice"}}}',
      '{"user":"alice","user":["bob"]}',
      '{"user":null}',
      '{"user":true}',
      '{"user":7}',
      '{"user":"alice","more":1}',
      "\ufeff",
      "null",
      '"alice"',
      "",
    ]) {
      expect([body.slice(0, 40), (await forget(body)).status]).toEqual([body.slice(0, 40), 400]);
    }
    await expectServed(collector);
  });
});

describe("a request of ambiguous length (request smuggling)", () => {
  it("is refused, and the bytes after it are not a second request", async () => {
    const collector = shared();
    const { host } = new URL(collector.where.http);
    const smuggled = `GET /api/v1/accounting HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${collector.token}\r\n\r\n`;
    const head = `POST /livez HTTP/1.1\r\nHost: ${host}\r\n`;
    const shapes = [
      `${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
      `${head}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n${smuggled}`,
      `${head}Content-Length: 0\r\nContent-Length: ${smuggled.length}\r\n\r\n${smuggled}`,
      `${head}Content-Length: 0, 5\r\n\r\n${smuggled}`,
      `${head}Content-Length: +5\r\n\r\nhello${smuggled}`,
      `${head}Content-Length: 0x5\r\n\r\nhello${smuggled}`,
      `${head}Content-Length : 5\r\n\r\nhello${smuggled}`,
      `${head}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${smuggled}`,
      `${head}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${smuggled}`,
      `${head}Transfer-Encoding:\x0bchunked\r\n\r\n0\r\n\r\n${smuggled}`,
      `${head} Content-Length: 5\r\n\r\nhello${smuggled}`,
      `${head}Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n${smuggled}`,
      `${head}Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n\r\n${smuggled}`,
      `${head}X: a\nContent-Length: 5\n\nhello${smuggled}`,
      `GET /livez HTTP/1.1\r\nHost: ${host}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`,
      `GET /livez HTTP/1.1\r\nHost: ${host}\r\nhost: ${host}\r\nConnection: close\r\n\r\n`,
      `GET /livez HTTP/1.1\r\nConnection: close\r\n\r\n`,
      `GET /livez HTTP/1.0\r\nConnection: close\r\n\r\n`,
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
      "GARBAGE\r\n\r\n",
      "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ];
    for (const shape of shapes) {
      const answers = await statuses(collector, Buffer.from(shape, "latin1"));
      expect([shape.slice(0, 120), answers.length <= 1 && !answers.includes(200)]).toEqual([shape.slice(0, 120), true]);
    }
    // An incomplete request, which ends with its connection.
    const incomplete = new Peer(collector, "GET /livez\r\n");
    incomplete.socket.end();
    await incomplete.closed();
    expect(incomplete.statuses).not.toContain(200);
    await expectServed(collector);
  });
});

describe("a method", () => {
  it("that a path does not have is refused", async () => {
    const collector = shared();
    const { host } = new URL(collector.where.http);
    const say = (method: string, target: string, headers = "") =>
      statuses(
        collector,
        `${method} ${target} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${collector.token}\r\nConnection: close\r\n${headers}\r\n`,
      );
    for (const method of ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "QUERY"]) {
      const [status = 0] = await say(method, "/api/v1/accounting", "Content-Length: 0\r\n");
      expect([method, [400, 404, 405].includes(status)]).toEqual([method, true]);
    }
    for (const method of ["get", "FOO", "G\tET"]) expect(await say(method, "/livez")).toEqual([400]);
    expect(await say("GET", "/api/v1/forget")).toEqual([404]);
    expect(await say("GET", "/api/v1/forget", "X-HTTP-Method-Override: POST\r\n")).toEqual([404]);
    expect(await say("CONNECT", `${host}`)).toEqual([]);
    expect(await say("GET", "/livez", "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\n")).not.toEqual([101]);
    expect(await say("HEAD", "/api/v1/accounting")).toEqual([200]);
    await expectServed(collector);
  });
});
