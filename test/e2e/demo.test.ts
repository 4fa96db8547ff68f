import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
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

describe("the demo", { timeout: 300_000 }, () => {
  it("stamps, builds, runs, verifies and answers, and leaves nothing behind", () => {
    const { status, stdout, stderr } = demo({});
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("every step happened");
    expect(stdout).toMatch(/libgreeting\.so +[0-9a-f-]{36} +verified/);
    expect(readdirSync(folder).filter((name) => name.startsWith("ogrt-demo"))).toEqual([]);
    const { pid } = JSON.parse(/^\{"pid".*$/m.exec(stdout)?.[0] ?? "{}");
    expect(pid).toBeTypeOf("number");
    expect(existsSync(`/proc/${pid}`)).toBe(false);
  });

  it("says which step failed and why, ends with 1, and cleans up all the same", () => {
    mkdirSync(join(folder, "elsewhere"));
    const { status, stderr } = demo({ CC: "/bin/false", TMPDIR: join(folder, "elsewhere") });
    expect(status).toBe(1);
    expect(stderr).toMatch(/✗ Compile them with the system's compiler.*: false .* ended with 1/);
    expect(readdirSync(join(folder, "elsewhere"))).toEqual([]);
  });
});
