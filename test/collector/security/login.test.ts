import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type RunningCollector, sharedCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { have } from "../../support/toolchain.js";
import { tool, toolPath } from "../../support/tools.js";

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

async function cookieOf(response: Response): Promise<string> {
  return response.headers.get("set-cookie")?.split(";")[0] ?? "";
}

/** Runs a tool with its output on a terminal, which script(1) provides. Its standard error is the log. */
function onTerminal(name: string, ...args: string[]): ChildProcess {
  const command = [process.execPath, toolPath(name), ...args].join(" ");
  const options = ["--quiet", "--return", "--flush", "--command", `${command} 2>${join(folder, "stderr")}`];
  return spawn("script", [...options, "/dev/null"], { stdio: ["ignore", "pipe", "ignore"] });
}

const LINK = /https?:\/\/\S+\/login\?code=[\w-]{43}/;

async function printedLink({ stdout }: ChildProcess): Promise<string> {
  let text = "";
  for await (const chunk of stdout ?? []) {
    text += chunk;
    const link = LINK.exec(text)?.[0];
    if (link !== undefined) return link;
  }
  throw new Error(`no link in ${text}`);
}

describe.skipIf(!have("script"))("on a terminal (needs script)", () => {
  it("the collector prints a login link at its start, which works once", async () => {
    const data = join(folder, "own");
    const free = ["--udp", "127.0.0.1:0", "--tcp", "127.0.0.1:0", "--http", "127.0.0.1:0"];
    const terminal = onTerminal("ogrt-collector", "--data", data, ...free);
    try {
      const link = await printedLink(terminal);
      const from = new URL(link).origin;
      const open = () => fetch(link, { redirect: "manual" });
      const login = await open();
      expect(login.status).toBe(303);
      const token = readFileSync(join(data, "token"), "utf8").trim();
      const suffix = createHash("sha256").update(`ogrt-collector:cookie:${token}`).digest("hex").slice(0, 8);
      expect(login.headers.get("set-cookie")?.replace(/=[\w-]{43};/, "=S;")).toBe(
        `ogrt_session_${suffix}=S; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict`,
      );
      const headers = { cookie: `other=1; ${await cookieOf(login)} ; last=2` };
      expect((await fetch(`${from}/api/v1/accounting`, { headers })).status).toBe(200);
      expect((await open()).status).toBe(401);
      expect(readFileSync(join(folder, "stderr"), "utf8")).not.toMatch(/code=/);
    } finally {
      // script does not pass signals on.
      process.kill(JSON.parse(readFileSync(join(data, "collector.json"), "utf8")).pid);
      await once(terminal, "exit");
    }
  });

  it("ogrt-query login prints further links; several are valid at a time", async () => {
    const collector = shared();
    const fresh = () => printedLink(onTerminal("ogrt-query", "--data", collector.where.data, "login"));
    const links = [await fresh(), await fresh(), await collector.newLoginLink()];
    expect(new Set(links).size).toBe(3);
    for (const link of links) {
      expect(new URL(link).origin).toBe(collector.where.http);
      expect((await open(collector, link)).status).toBe(303);
    }
  });
});

describe("without a terminal", () => {
  it.each([[], ["--json"]])("the collector prints no login link (%s)", async (...options) => {
    const data = mkdtempSync(join(folder, "quiet-"));
    const free = ["--udp", "127.0.0.1:0", "--tcp", "127.0.0.1:0", "--http", "127.0.0.1:0"];
    const child = spawn(process.execPath, [toolPath("ogrt-collector"), "--data", data, ...free, ...options]);
    let output = "";
    child.stderr.on("data", (bytes) => (output += bytes));
    const started = new Promise<void>((resolve) =>
      child.stdout.on("data", (bytes) => {
        output += bytes;
        if (output.includes(options.length > 0 ? '"tokenFile"' : "browser ")) resolve();
      }),
    );
    await started;
    child.kill("SIGTERM");
    await once(child, "close");
    expect(output).not.toMatch(/code=|\/login\?/);
    if (options.length === 0) expect(output).toContain(`run ogrt-query --data ${data} login for a login link`);
  });

  it("ogrt-query login prints nothing, and says how to get a link", () => {
    const { status, stdout, stderr } = tool("ogrt-query", "--data", shared().where.data, "login");
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("--file");
  });

  it("ogrt-query login --file writes a link to a file that only its owner may read", async () => {
    const collector = shared();
    const file = join(folder, "link");
    writeFileSync(file, "of an earlier run, open to all\n", { mode: 0o644 });
    const server = ["--server", collector.where.http.replace("127.0.0.1", "localhost")];
    const login = ["--token-file", collector.where.tokenFile, "--json", "login", "--file", file];
    const { status, stdout, stderr } = tool("ogrt-query", ...server, ...login);
    expect([status, stdout, stderr]).toEqual([0, "", ""]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const { url, expires } = JSON.parse(readFileSync(file, "utf8")) as { url: string; expires: string };
    expect(new URL(url).hostname).toBe("localhost");
    expect(new Date(expires).getTime()).toBeGreaterThan(Date.now());
    expect((await open(collector, url)).status).toBe(303);
    const pipe = tool("ogrt-query", "--data", collector.where.data, "login", "--file", "/dev/stdout");
    expect([pipe.status, pipe.stdout]).toEqual([3, ""]);
  });
});

describe("the login link", () => {
  it("cannot be requested by a session, which could renew itself, nor without authentication", async () => {
    const collector = shared();
    const cookie = await cookieOf(await open(collector, await collector.newLoginLink()));
    expect((await askForLink(collector, { cookie })).status).toBe(401);
    expect((await askForLink(collector, {})).status).toBe(401);
    expect((await askForLink(collector, { authorization: `Bearer ${collector.token}` })).status).toBe(200);
  });

  it("is not used up by HEAD", async () => {
    const collector = shared();
    const link = await collector.newLoginLink();
    const look = await fetch(link, { method: "HEAD", redirect: "manual" });
    expect(look.status).toBe(404);
    expect((await open(collector, link)).status).toBe(303);
  });

  it("cannot be guessed, and guesses do not use it up", async () => {
    const collector = shared();
    const link = await collector.newLoginLink();
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
    const name = (await cookieOf(await open(collector, await collector.newLoginLink()))).split("=")[0];
    const planted = `${name}=${"A".repeat(43)}`;
    const session = await cookieOf(await open(collector, await collector.newLoginLink(), { cookie: planted }));
    expect(session).not.toBe(planted);
    expect((await collector.get("/api/v1/accounting", { cookie: planted })).status).toBe(401);
    expect((await collector.get("/api/v1/accounting", { cookie: session })).status).toBe(200);
  });
});
