import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../support/folder.js";
import { cannotBecomeOthers, OTHER_UID, runAsOther } from "../../support/other-user.js";
import { tool } from "../../support/tools.js";

const folder = temporaryFolder();
const data = join(folder, "data");
const tokenFile = join(data, "token");
const TOKEN = "a-token-of-more-than-16-characters";
mkdirSync(data, { mode: 0o700 });
writeFileSync(tokenFile, `${TOKEN}\n`, { mode: 0o600 });

/** An HTTP server of the other user, which tells the tokens that it gets; `token` is the one that it can prove. */
const listen = (token: string) =>
  runAsOther(`
    const { createHmac } = require("node:crypto");
    const server = require("node:http").createServer((request, response) => {
      const { port } = server.address();
      const nonce = new URL(request.url, "http://x").searchParams.get("nonce");
      const proof = createHmac("sha256", "${token}").update("ogrt-collector:" + port + ":" + nonce).digest("hex");
      response.statusCode = nonce === null ? 404 : 200;
      response.end(JSON.stringify({ proof, code: "OTHER", message: request.headers.authorization ?? "no token" }));
    });
    server.listen(0, "127.0.0.1", () => console.log(server.address().port));
  `);

describe.skipIf(cannotBecomeOthers)("a collector of another user", () => {
  it("does not get the token of --server, unless it shows that it knows it", async () => {
    const ask = (port: string) =>
      tool("ogrt-query", "--server", `http://127.0.0.1:${port}`, "--token-file", tokenFile, "jobs");
    const refused = ask(await listen("another-token-of-16-characters"));
    expect({ status: refused.status, stdout: refused.stdout }).toEqual({ status: 3, stdout: "" });
    expect(refused.stderr).toMatch(
      `belongs to another user (uid ${OTHER_UID}), and does not know the token in ${tokenFile}; give the address`,
    );
    expect(ask(await listen(TOKEN)).stderr).toContain(`answered 404 OTHER: Bearer ${TOKEN}`);
  });

  it("is named where a stopped collector received before", async () => {
    const http = `http://127.0.0.1:${await listen("another-token-of-16-characters")}`;
    writeFileSync(join(data, "collector.json"), JSON.stringify({ pid: 1, http }));
    const { status, stderr } = tool("ogrt-query", "--data", data, "verify");
    expect(status).toBe(3);
    expect(stderr).toBe(
      `ogrt-query: ${data}: no collector is running on this data directory; its last address, ${http}, ` +
        `belongs to another user (uid ${OTHER_UID}) now\n`,
    );
  });

  it("is named by a collector that cannot have its port", async () => {
    const udp = await runAsOther(`
      const socket = require("node:dgram").createSocket("udp4");
      socket.bind(0, "127.0.0.1", () => console.log(socket.address().port));
    `);
    const free = ["--tcp", "127.0.0.1:0", "--http", "127.0.0.1:0"];
    const { status, stderr } = tool(
      "ogrt-collector",
      ...["--data", join(folder, "rival"), "--udp", `127.0.0.1:${udp}`, ...free],
    );
    expect(status).toBe(3);
    expect(stderr).toContain(
      `a process of another user (uid ${OTHER_UID}) has this port; choose another with --udp HOST:PORT`,
    );
  });
});
