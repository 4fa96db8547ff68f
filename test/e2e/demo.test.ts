import { spawnSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/folder.js";
import { root } from "../support/tools.js";

const folder = temporaryFolder();

function demo(environment: Record<string, string>) {
  return spawnSync(process.execPath, [join(root, "scripts/demo.mjs")], {
    encoding: "utf8",
    timeout: 120_000,
    env: { ...process.env, TMPDIR: folder, ...environment },
  });
}

/** Has the default ports of a collector until it is disposed of; or somebody else has them. */
async function takeDefaultPorts(): Promise<AsyncDisposable> {
  const udp = createSocket("udp4").on("error", () => {});
  udp.bind(7971, "127.0.0.1");
  const servers = [7971, 7972].map((port) =>
    createServer()
      .on("error", () => {})
      .listen(port, "127.0.0.1"),
  );
  await sleep(100);
  return {
    [Symbol.asyncDispose]: async () => {
      udp.close();
      for (const server of servers) server.close();
    },
  };
}

describe("the demo", { timeout: 300_000 }, () => {
  it("stamps, builds, runs, verifies and answers, and removes its files, while others have the default ports", async () => {
    await using _ports = await takeDefaultPorts();
    const { status, stdout, stderr } = demo({});
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("Every step worked.");
    expect(stdout).toMatch(/libgreeting\.so .* verified /);
    expect(readdirSync(folder).filter((name) => name.startsWith("ogrt-demo"))).toEqual([]);
    const [, pid] = / process (\d+) receives on /.exec(stdout) ?? [];
    expect(pid).toBeDefined();
    expect(existsSync(`/proc/${pid}`)).toBe(false);
  });

  it("names the step that failed and the reason, exits with 1, and removes its files", () => {
    mkdirSync(join(folder, "elsewhere"));
    const { status, stderr } = demo({ CC: "/bin/false", TMPDIR: join(folder, "elsewhere") });
    expect(status).toBe(1);
    expect(stderr).toMatch(/✗ Compile and link them with their stamps: false .* ended with 1/);
    expect(readdirSync(join(folder, "elsewhere"))).toEqual([]);
  });
});
