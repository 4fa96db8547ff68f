import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { blindness, builtAgent } from "../native-agent/support/agent.js";
import { temporaryFolder } from "../support/folder.js";
import { have } from "../support/toolchain.js";
import { root } from "../support/tools.js";

const folder = temporaryFolder();
const file = (name: string) => join(root, "integrations/systemd", name);
const unit = readFileSync(file("ogrt-agent.service"), "utf8");
const run = (command: string, ...args: string[]) => spawnSync(command, args, { encoding: "utf8", timeout: 60_000 });
const setting = (name: string) => new RegExp(`^${name}=(.*)$`, "m").exec(unit)?.[1] ?? "";

/** The unit with an executable that exists on every host. */
function installed(): string {
  const path = join(folder, "ogrt-agent.service");
  writeFileSync(path, unit.replaceAll("/opt/ogrt/sbin/ogrt-agent", "/bin/true"));
  return path;
}

describe.skipIf(!have("systemd-analyze"))("the unit of the agent (needs systemd-analyze)", () => {
  it("is valid", () => {
    const { status, stderr } = run("systemd-analyze", "verify", installed());
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  it("has an exposure of at most 2.7", () => {
    // The threshold is in tenths.
    const args = ["security", "--offline=yes", "--no-pager", "--threshold=27", installed()];
    const { status, stdout } = run("systemd-analyze", ...args);
    expect(status, stdout).toBe(0);
    expect(stdout).toMatch(/✓ User=\/DynamicUser=/);
    expect(stdout).toMatch(/✓ ProtectSystem=/);
    expect(stdout).toMatch(/✓ NoNewPrivileges=/);
  });
});

it.skipIf(!have("systemd-sysusers"))("has a dedicated user (needs systemd-sysusers)", () => {
  const args = [`--root=${mkdtempSync(join(folder, "root-"))}`, "--dry-run", file("ogrt-agent.sysusers.conf")];
  const { stdout, stderr, status } = run("systemd-sysusers", ...args);
  expect(status).toBe(0);
  expect(stdout + stderr).toContain(`Creating user '${setting("User")}'`);
});

it("installs program, unit and user below any prefix", () => {
  const [staged, make] = [join(folder, "staged"), ["-s", "-C", join(root, "native-agent"), "install"]];
  expect(run("make", ...make, `DESTDIR=${staged}`, "PREFIX=/usr").status).toBe(0);
  expect(run(join(staged, "usr/sbin/ogrt-agent"), "--version").status).toBe(0);
  const text = readFileSync(join(staged, "usr/lib/systemd/system/ogrt-agent.service"), "utf8");
  expect(text).toMatch(/^ExecStart=\/usr\/sbin\/ogrt-agent --deliver /m);
  expect(text).not.toContain("/opt/ogrt");
  const users = readFileSync(join(staged, "usr/lib/sysusers.d/ogrt-agent.conf"), "utf8");
  expect(users).toBe(readFileSync(file("ogrt-agent.sysusers.conf"), "utf8"));
});

const blind = blindness() ?? (have("setpriv") ? undefined : "setpriv");
if (blind !== undefined) console.warn(`skipped: the agent as its unit starts it needs ${blind}`);

describe.skipIf(blind !== undefined)("the agent with the capabilities of its unit", () => {
  const granted = setting("AmbientCapabilities").toLowerCase().replaceAll("cap_", "").split(" ");

  /** What it says of its sources, as a user that is not root; undefined: it does not start. */
  function sources(capabilities: readonly string[]) {
    const set = ["-all", ...capabilities.map((name) => `+${name}`)].join(",");
    const user = ["--reuid=12345", "--regid=12345", "--clear-groups", "--no-new-privs"];
    const sets = ["--bounding-set", "--inh-caps", "--ambient-caps"].map((option) => `${option}=${set}`);
    const agent = ["timeout", "--signal=TERM", "1", builtAgent(), "--print"];
    const { stdout } = run("setpriv", ...user, ...sets, ...agent);
    const [first] = stdout.split("\n");
    return first ? (JSON.parse(first) as { sources: Record<string, boolean> }).sources : undefined;
  }

  it("sees everything", () => {
    expect(setting("CapabilityBoundingSet")).toBe(setting("AmbientCapabilities"));
    expect(Object.entries(sources(granted) ?? {}).filter(([, isThere]) => !isThere)).toEqual([]);
    expect(sources(granted)).toHaveProperty("exitStates", true);
  });

  it.each([
    ["perfmon", undefined],
    ["net_admin", "exitStates"],
    ["sys_ptrace", "allProcesses"],
    ["dac_read_search", "allFiles"],
    ["checkpoint_restore", "deletedFiles"],
  ])("needs CAP_%s", (name, source) => {
    expect(granted).toContain(name);
    const seen = sources(granted.filter((one) => one !== name));
    if (source === undefined) expect(seen).toBeUndefined();
    else expect(Object.entries(seen ?? {}).filter(([, isThere]) => !isThere)).toEqual([[source, false]]);
  });

  it("needs no other ones", () => {
    expect(granted).toHaveLength(5);
  });
});
