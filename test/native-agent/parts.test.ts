import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/folder.js";
import { run, source } from "../support/toolchain.js";
import { root } from "../support/tools.js";
import { builtAgent } from "./support/agent.js";

const native = join(root, "native-agent");
const folder = temporaryFolder();
const agent = (...args: string[]) => spawnSync(builtAgent(), args, { encoding: "utf8", timeout: 60_000 });

it("the unit tests of the agent pass under AddressSanitizer and UBSan", { timeout: 600_000 }, (context) => {
  const text = "int main(void) { return 0; }\n";
  const trial = ["-fsanitize=address,undefined", "-o", join(folder, "trial"), source(folder, "t.c", text)];
  if (spawnSync("gcc", trial).status !== 0) {
    console.warn("skipped: unit tests under sanitizers: this gcc has no libasan or libubsan");
    return context.skip();
  }
  const output = execFileSync("make", ["-s", "-C", native, `BUILD=${join(folder, "unit")}`, "unit"], {
    encoding: "utf8",
  });
  expect(output).toBe("all unit tests pass\n");
});

describe("the program", () => {
  it("is below 1 MB and needs no library but libc", () => {
    const path = builtAgent();
    expect(readFileSync(path).length).toBeLessThan(1 << 20);
    const needed = Array.from(run("readelf", "-dW", path).matchAll(/NEEDED.*\[(.*)\]/g), ([, name]) => name);
    expect(needed.filter((name) => !/^(lib)?(c|c\.musl.*|pthread)\.so/.test(name ?? ""))).toEqual([]);
  });

  it("prints the rules for jobs, which it accepts as a file", () => {
    const { status, stdout } = agent("--print-job-rules");
    expect([status, stdout]).toEqual([0, readFileSync(join(native, "src/identity/job-rules.conf"), "utf8")]);
    const rules = source(folder, "wrong.conf", `${stdout}cgroup slurm {jib}\n`);
    const wrong = agent("--print", "--job-rules", rules);
    expect(wrong.status).toBe(3);
    expect(wrong.stderr).toBe(`ogrt-agent: ${rules}:${stdout.split("\n").length} is not a rule\n`);
  });

  it.each([[[]], [["--print", "more"]], [["--what"]]])("ends with 2 for %j", (args) => {
    expect(agent(...args).status).toBe(2);
  });

  it("says which features of the kernel are there, and fails if a required one is not", () => {
    const plain = agent("--check");
    const { status, stdout } = agent("--check", "--json");
    const { features, complete } = JSON.parse(stdout) as {
      features: { name: string; need: string; present: boolean; without: string }[];
      complete: boolean;
    };
    expect(features.length).toBeGreaterThan(10);
    expect(plain.stdout.trim().split("\n")).toHaveLength(features.length);
    expect(complete).toBe(features.every(({ need, present }) => present || need !== "required"));
    expect([plain.status, status]).toEqual(complete ? [0, 0] : [1, 1]);
    for (const { without } of features) expect(without).not.toBe("");
  });

  it("says as an unprivileged user what is missing", (context) => {
    if (process.getuid?.() !== 0) {
      console.warn("skipped: only root can become another user");
      return context.skip();
    }
    const command = ["--reuid=65534", "--regid=65534", "--clear-groups", builtAgent(), "--check"];
    const { status, stdout } = spawnSync("setpriv", command, { encoding: "utf8" });
    expect(status).toBe(1);
    expect(stdout).toMatch(/^MISSING +taskstats .*without it: exit states/m);
    expect(stdout).toMatch(/^MISSING +CAP_SYS_PTRACE/m);
  });
});
