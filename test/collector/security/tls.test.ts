import { execFileSync, spawn, spawnSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { connect as connectPlain } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { connect, type SecureVersion } from "node:tls";
import { describe, expect, it } from "vitest";
import WebSocket from "ws";
import { publicAddress } from "../../../lib/collector/http/public-address.js";
import { Certificate } from "../../../lib/collector/http/tls.js";
import type { OgrtError } from "../../../lib/errors.js";
import { encodeMessage } from "../../../lib/wire/index.js";
import { type RunningCollector, sharedCollector, startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { tool, toolPath } from "../../support/tools.js";
import { processStart } from "../../wire/samples.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const openssl = (...args: string[]) => execFileSync("openssl", args, { stdio: "pipe", encoding: "utf8" });
const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;
if (!hasOpenssl) console.warn("skipped: TLS: there is no openssl to make certificates with");

/** A certificate for 127.0.0.1, or other names, from the authority of this test, with its key. */
function issue(
  name: string,
  subject = name,
  days = 2,
  names = "IP:127.0.0.1,DNS:localhost",
): { certificate: string; key: string } {
  const files = { certificate: at(`${name}.crt`), key: at(`${name}.key`) };
  const ca = { certificate: at("ca.crt"), key: at("ca.key") };
  const ec = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  if (spawnSync("test", ["-e", ca.certificate]).status !== 0) {
    openssl("req", "-x509", ...ec, "-keyout", ca.key, "-out", ca.certificate, "-days", "2", "-subj", "/CN=trial CA");
  }
  openssl("req", "-new", ...ec, "-keyout", files.key, "-out", at(`${name}.csr`), "-subj", `/CN=${subject}`);
  writeFileSync(at("names"), `subjectAltName=${names}\n`);
  const signing = ["-CA", ca.certificate, "-CAkey", ca.key, "-CAcreateserial", "-days", `${days}`];
  openssl("x509", "-req", "-in", at(`${name}.csr`), "-out", files.certificate, ...signing, "-extfile", at("names"));
  return files;
}

let stores = 0;
const freshData = () => at(`data-${stores++}`);
const options = ({ certificate, key }: { certificate: string; key: string }) => [
  "--tls-certificate",
  certificate,
  "--tls-key",
  key,
];
const ca = () => readFileSync(at("ca.crt"));

/** A GET over TLS, by a client that trusts only the authority of this test. */
function get(collector: RunningCollector, path: string, headers: Record<string, string>) {
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; subject: string }>(
    (resolve, reject) => {
      const call = request(new URL(path, collector.where.http), { headers, ca: ca(), agent: false }, (response) => {
        const subject = (response.socket as ReturnType<typeof connect>).getPeerCertificate().subject.CN;
        response.resume().on("end", () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, subject: String(subject) });
        });
      });
      call.on("error", reject).end();
    },
  );
}

function errorOf(action: () => unknown): OgrtError {
  try {
    action();
  } catch (error) {
    return error as OgrtError;
  }
  throw new Error("no error");
}

const bearer = ({ token }: RunningCollector) => ({ authorization: `Bearer ${token}` });

describe.skipIf(!hasOpenssl)("TLS", () => {
  const shared = sharedCollector(freshData(), () => options(issue("server")));

  it("serves answers, stream and ingest, and refuses plain HTTP", async () => {
    const collector = shared();
    expect(collector.where.http).toMatch(/^https:/);
    expect((await get(collector, "/api/v1/accounting", bearer(collector))).status).toBe(200);
    expect((await get(collector, "/api/v1/accounting", {})).status).toBe(401);
    const url = collector.where.http.replace("https", "wss");
    const stream = new WebSocket(`${url}/stream`, { headers: bearer(collector), ca: ca() });
    await new Promise((resolve, reject) => stream.on("open", resolve).on("error", reject));
    const heard = new Promise((resolve) => stream.once("message", (data) => resolve(JSON.parse(data.toString()).job)));
    const sender = new WebSocket(`${url}/ingest`, { headers: bearer(collector), ca: ca() });
    await new Promise((resolve, reject) => sender.on("open", resolve).on("error", reject));
    const durable = new Promise((resolve) => sender.once("message", (data) => resolve(data.toString())));
    sender.send(encodeMessage(processStart({ job: "encrypted" })));
    expect(await heard).toBe("encrypted");
    expect(await durable).toBe('{"durable":1}');
    const { hostname, port } = new URL(collector.where.http);
    const plain = connectPlain(Number(port), hostname);
    let answer = "";
    plain.on("error", () => {}).on("data", (bytes) => (answer += bytes.toString("latin1")));
    plain.write(`GET /livez HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`);
    while (!plain.closed) await sleep(5);
    expect(answer).not.toMatch(/^HTTP/);
  });

  it("gives browsers a cookie for TLS only, and accepts no Origin without TLS", async () => {
    const collector = shared();
    const file = at("link");
    expect(tool("ogrt-query", "--data", collector.where.data, "login", "--file", file).stderr).toBe("");
    const link = readFileSync(file, "utf8").trim();
    expect(link).toMatch(/^https:/);
    const { pathname, search, host } = new URL(link);
    const login = await get(collector, `${pathname}${search}`, {});
    const [cookie = ""] = (login.headers["set-cookie"] ?? []) as string[];
    expect(cookie).toMatch(
      /^__Host-ogrt_session_[0-9a-f]{8}=[\w-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict; Secure$/,
    );
    const session = { cookie: cookie.split(";")[0] ?? "" };
    expect((await get(collector, "/api/v1/accounting", session)).status).toBe(200);
    expect((await get(collector, "/livez", { origin: `https://${host}` })).status).toBe(200);
    expect((await get(collector, "/livez", { origin: `http://${host}` })).status).toBe(403);
  });

  it("works with ogrt-query: by the site's authority for --server, by the proof of the token for --data", async () => {
    const collector = shared();
    await collector.send(encodeMessage(processStart({ job: "asked" })));
    const there = ["--server", collector.where.http, "--token-file", collector.where.tokenFile];
    const ask = (...where: string[]) => tool("ogrt-query", ...where, "--json", "job", "asked");
    const home = ["--data", collector.where.data];
    while (ask(...home).status !== 0) await sleep(50);
    expect(JSON.parse(ask(...there, "--ca-file", at("ca.crt")).stdout).total).toBe(1);
    for (const where of [there, [...there, "--ca-file", issue("other").certificate]]) {
      const { status, stdout, stderr } = ask(...where);
      expect([status, stdout]).toEqual([3, ""]);
      expect(stderr).toMatch(/certificate/);
    }
    expect(ask(...there, "--ca-file", at("nowhere")).stderr).toContain(at("nowhere"));
  });

  it("prints links with the name that the certificate has, whatever address the collector listens on", async () => {
    const files = options(issue("named", "named", 2, "DNS:*.cluster.example"));
    const names = ["--http-name", "elsewhere.example", "--http-name", "ogrt.cluster.example"];
    const link = at("named-link");
    const origin = (collector: RunningCollector) =>
      `https://ogrt.cluster.example:${new URL(collector.where.http).port}`;
    const linkOf = (collector: RunningCollector) => {
      tool("ogrt-query", "--data", collector.where.data, "login", "--file", link);
      return new URL(readFileSync(link, "utf8").trim()).origin;
    };
    const collector = await startCollector(freshData(), ...files, ...names);
    expect(linkOf(collector)).toBe(origin(collector));
    // The line may follow the first connection.
    const started = () => collector.log().find(({ event }) => event === "started");
    while (started() === undefined) await sleep(20);
    expect(started()?.message).toContain(origin(collector));
    const certificate = new X509Certificate(readFileSync(at("named.crt")));
    const own = ["a.example", "ogrt.cluster.example"];
    expect(publicAddress("https://0.0.0.0:7972", own, certificate)).toBe("https://ogrt.cluster.example:7972");
    expect(publicAddress("https://[::1]:7972", own, certificate)).toBe("https://ogrt.cluster.example:7972");
    expect(publicAddress("http://[::1]:7972", own, undefined)).toBe("http://[::1]:7972");
    expect(publicAddress("http://[::]:7972", own, undefined)).toBe("http://a.example:7972");
    // A certificate for none of its names helps nobody: the link has the address.
    const none = await startCollector(freshData(), ...files, "--http-name", "elsewhere.example");
    expect(linkOf(none)).toBe(none.where.http);
  });

  it("carries the stream to ogrt-query --follow, with the site's authority or the proof of the token", async () => {
    const collector = shared();
    const there = ["--server", collector.where.http, "--token-file", collector.where.tokenFile];
    const unauthenticated = tool("ogrt-query", ...there, "--follow");
    expect([unauthenticated.status, unauthenticated.stdout]).toEqual([3, ""]);
    expect(unauthenticated.stderr).toMatch(/certificate/);
    for (const where of [
      ["--data", collector.where.data],
      [...there, "--ca-file", at("ca.crt")],
    ]) {
      const args = [toolPath("ogrt-query"), ...where, "--json", "--follow", "--job", "followed"];
      const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
      const line = once(createInterface({ input: child.stdout }), "line");
      const timer = setInterval(() => {
        void collector.send(...["other", "followed"].map((job) => encodeMessage(processStart({ job }))));
      }, 100);
      expect(JSON.parse(`${(await line)[0]}`).job).toBe("followed");
      clearInterval(timer);
      child.kill("SIGTERM");
    }
  });

  it("requires version 1.2 or later", async () => {
    const collector = shared();
    const { hostname: host, port } = new URL(collector.where.http);
    const version = (maxVersion: SecureVersion) =>
      new Promise((resolve) => {
        const settings = { host, port: Number(port), ca: ca(), minVersion: "TLSv1" as const, maxVersion };
        const socket = connect({ ...settings, ciphers: "ALL:@SECLEVEL=0" }, () => {
          resolve(socket.getProtocol());
          socket.destroy();
        });
        socket.on("error", () => resolve("refused"));
      });
    expect(await version("TLSv1.3")).toBe("TLSv1.3");
    expect(await version("TLSv1.2")).toBe("TLSv1.2");
    expect(await version("TLSv1.1")).toBe("refused");
  });

  it("reloads its files on SIGHUP and when they change, and keeps the old ones when the new are unusable", async () => {
    const first = issue("first");
    const files = { certificate: at("live.crt"), key: at("live.key") };
    const install = (from: { certificate: string; key: string }) => {
      copyFileSync(from.certificate, files.certificate);
      copyFileSync(from.key, files.key);
    };
    install(first);
    // Without a configuration file SIGHUP ends the collector, since its terminal was closed.
    writeFileSync(at("settings.toml"), "");
    const collector = await startCollector(freshData(), "--config", at("settings.toml"), ...options(files));
    const subject = async () => (await get(collector, "/livez", {})).subject;
    const becomes = async (name: string) => {
      while ((await subject()) !== name) await sleep(50);
    };
    expect(await subject()).toBe("first");
    const url = collector.where.http.replace("https", "wss");
    const before = new WebSocket(`${url}/stream`, { headers: bearer(collector), ca: ca() });
    await new Promise((resolve, reject) => before.on("open", resolve).on("error", reject));
    install(issue("second"));
    collector.child.kill("SIGHUP");
    await becomes("second");
    writeFileSync(files.certificate, "nonsense");
    collector.child.kill("SIGHUP");
    while (!collector.stderr.includes("certificate-unusable")) await sleep(20);
    expect(collector.stderr).toContain(files.certificate);
    expect(await subject()).toBe("second");
    install(issue("third"));
    await becomes("third");
    expect(before.readyState).toBe(WebSocket.OPEN);
  });

  it("refuses to start with unusable files, and names the file and the reason", async () => {
    const server = issue("server");
    const other = issue("other");
    writeFileSync(at("empty"), "");
    writeFileSync(at("broken.crt"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    writeFileSync(at("open.key"), readFileSync(server.key), { mode: 0o644 });
    const free = ["--udp", "127.0.0.1:0", "--tcp", "127.0.0.1:0", "--http", "127.0.0.1:0"];
    const cases: [{ certificate: string; key: string }, string, RegExp][] = [
      [{ ...server, key: other.key }, other.key, /is not the key of the certificate/],
      [{ ...server, key: at("missing") }, at("missing"), /no such file/i],
      [{ ...server, certificate: at("empty") }, at("empty"), /contains no certificate/],
      [{ ...server, certificate: at("broken.crt") }, at("broken.crt"), /./],
      [{ ...server, certificate: folder }, folder, /not a regular file/],
      [{ ...server, certificate: server.key }, server.key, /contains no certificate/],
      [{ ...server, key: server.certificate }, server.certificate, /./],
      [{ ...server, key: at("open.key") }, at("open.key"), /every user of this machine/],
    ];
    for (const [files, path, reason] of cases) {
      const error = errorOf(() => new Certificate(files, () => {}));
      expect([path, error.code]).toEqual([path, "TLS_UNUSABLE"]);
      expect(error.message).toContain(path);
      expect(error.message).toMatch(reason);
    }
    const unreadable = { ...server, key: at("missing") };
    const refused = tool("ogrt-collector", "--data", freshData(), ...free, ...options(unreadable));
    expect([refused.status, refused.stderr]).toEqual([3, expect.stringContaining(unreadable.key)]);
    const half = tool("ogrt-collector", "--data", freshData(), ...free, "--tls-certificate", server.certificate);
    expect([half.status, half.stderr]).toEqual([2, expect.stringContaining("tls-key")]);
  });
});
