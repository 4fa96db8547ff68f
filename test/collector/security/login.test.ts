import { createHash } from "node:crypto";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type RunningCollector, sharedCollector, startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { tool } from "../../support/tools.js";

const folder = temporaryFolder();
const shared = sharedCollector(join(folder, "data"));

/** Opens a link without the token, as a browser does. */
function open(collector: RunningCollector, link: string, headers: Record<string, string> = {}): Promise<Response> {
  const { pathname, search } = new URL(link);
  return collector.get(`${pathname}${search}`, headers);
}

function askForLink(collector: RunningCollector, headers: Record<string, string>): Promise<Response> {
  return fetch(new URL("/api/v1/login-links", collector.where.http), { method: "POST", headers });
}

async function newLink(collector: RunningCollector): Promise<string> {
  const response = await askForLink(collector, { authorization: `Bearer ${collector.token}` });
  return ((await response.json()) as { url: string }).url;
}

async function cookieOf(response: Response): Promise<string> {
  return response.headers.get("set-cookie")?.split(";")[0] ?? "";
}

describe("the login link", () => {
  it("that the collector prints at start works once", async () => {
    const collector = await startCollector(join(folder, "own"));
    const login = await open(collector, collector.where.login);
    expect(login.status).toBe(303);
    const suffix = createHash("sha256").update(`ogrt-collector:cookie:${collector.token}`).digest("hex").slice(0, 8);
    expect(login.headers.get("set-cookie")?.replace(/=[\w-]{43};/, "=S;")).toBe(
      `ogrt_session_${suffix}=S; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict`,
    );
    const session = { cookie: `other=1; ${await cookieOf(login)} ; last=2` };
    expect((await collector.get("/api/v1/accounting", session)).status).toBe(200);
    expect((await open(collector, collector.where.login)).status).toBe(401);
  });

  it("can be requested later with the token; several are valid at a time", async () => {
    const collector = shared();
    const fresh = () => tool("ogrt-query", "--data", collector.where.data, "login").stdout.trim();
    const links = [fresh(), fresh(), collector.where.login];
    expect(new Set(links).size).toBe(3);
    for (const link of links) {
      expect(new URL(link).origin).toBe(collector.where.http);
      expect((await open(collector, link)).status).toBe(303);
    }
    const server = ["--server", collector.where.http.replace("127.0.0.1", "localhost")];
    const { stdout } = tool("ogrt-query", ...server, "--token-file", collector.where.tokenFile, "--json", "login");
    const { url, expires } = JSON.parse(stdout) as { url: string; expires: string };
    expect(new URL(url).hostname).toBe("localhost");
    expect(new Date(expires).getTime()).toBeGreaterThan(Date.now());
  });

  it("cannot be requested by a session, which could renew itself, nor without authentication", async () => {
    const collector = shared();
    const cookie = await cookieOf(await open(collector, await newLink(collector)));
    expect((await askForLink(collector, { cookie })).status).toBe(401);
    expect((await askForLink(collector, {})).status).toBe(401);
    expect((await askForLink(collector, { authorization: `Bearer ${collector.token}` })).status).toBe(200);
  });

  it("is not used up by HEAD", async () => {
    const collector = shared();
    const link = await newLink(collector);
    const look = await fetch(link, { method: "HEAD", redirect: "manual" });
    expect(look.status).toBe(404);
    expect((await open(collector, link)).status).toBe(303);
  });

  it("cannot be guessed, and guesses do not use it up", async () => {
    const collector = shared();
    const link = await newLink(collector);
    const guesses = ["", "A".repeat(43), "A".repeat(5000), "%00", "..", "__proto__", "constructor"];
    for (const guess of guesses) {
      const { status } = await collector.get(`/login?code=${guess}`, {});
      expect([400, 401]).toContain(status);
    }
    expect((await collector.get("/login", {})).status).toBe(400);
    expect((await collector.get("/login?code=a&code=b", {})).status).toBe(400);
    expect((await open(collector, link)).status).toBe(303);
  });

  it("replaces the session that a browser brings (session fixation)", async () => {
    const collector = shared();
    const name = (await cookieOf(await open(collector, await newLink(collector)))).split("=")[0];
    const planted = `${name}=${"A".repeat(43)}`;
    const session = await cookieOf(await open(collector, await newLink(collector), { cookie: planted }));
    expect(session).not.toBe(planted);
    expect((await collector.get("/api/v1/accounting", { cookie: planted })).status).toBe(401);
    expect((await collector.get("/api/v1/accounting", { cookie: session })).status).toBe(200);
  });
});
