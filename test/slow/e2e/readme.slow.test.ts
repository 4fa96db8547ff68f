import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { codeBlocks, newcomer } from "../../support/newcomer.js";
import { root, toolPath } from "../../support/tools.js";

const readme = readFileSync(join(root, "README.md"), "utf8");
const section = /## Use it\n([\s\S]*?)\n## /.exec(readme)?.[1] ?? "";
const blocks = (language: string) => codeBlocks(section, language);

const folder = newcomer();

const PORT = 17_971;

/** The script with another port in place of the collector's default, which this machine may use. */
const portable = (script: string) => script.replace("ogrt-run ", `ogrt-run --server udp://127.0.0.1:${PORT} `);

/** Runs the README's collector command while `action` runs. */
async function whileCollecting(command: string, action: () => void): Promise<void> {
  const [, ...words] = command.trim().split(" ");
  const [name = "", ...args] = words;
  const free = ["--udp", `127.0.0.1:${PORT}`, "--tcp", "127.0.0.1:0", "--http", "127.0.0.1:0"];
  const child = spawn(process.execPath, [toolPath(name), ...args, ...free], {
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  try {
    await once(child.stdout, "data");
    action();
  } finally {
    child.kill("SIGTERM");
    await ended;
  }
}

describe("the examples of the README", { timeout: 300_000 }, () => {
  it("work in a shell: stamp, inspect, collect, run and ask", async () => {
    const [collector = "", ...none] = blocks("sh").filter((block) => block.includes("ogrt-collector"));
    expect(none).toEqual([]);
    const script = ["set -e", ...blocks("sh").filter((block) => block !== collector)].map(portable).join("\n");
    await whileCollecting(collector, () => {
      const { status, stdout, stderr } = spawnSync("sh", ["-c", script], {
        cwd: folder,
        encoding: "utf8",
        timeout: 120_000,
      });
      expect(status, stderr).toBe(0);
      expect(stdout).toMatch(/job 4711: 1 process/);
      expect(stdout).toMatch(/\/app +[0-9a-f-]{36} +verified/);
      expect(stdout).toMatch(/JOB +PROCESSES[\s\S]*\n4711 +1 /);
    });
  });

  it("work in a build script", () => {
    copyFileSync("/bin/true", join(folder, "app"));
    writeFileSync(join(folder, "build.js"), blocks("js").join("\n"));
    const { status, stderr } = spawnSync(process.execPath, ["build.js"], { cwd: folder, encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(readFileSync(join(folder, "stamp.s"), "utf8")).toMatch(/\.note\.ogrt\.info/);
  });
});
