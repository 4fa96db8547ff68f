import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtAgent } from "../../native-agent/support/agent.js";
import { temporaryFolder } from "../../support/folder.js";
import { root, toolPath } from "../../support/tools.js";
import { bootContainer, canBoot, run } from "./support/container.js";

/*
 * The unit of the agent under systemd in a container, whose root is an overlay over the root of this machine. The
 * kernel has no taskstats for containers: test/integrations/agent-unit.test.ts has the agent with them.
 */

const folder = temporaryFolder();
const image = join(folder, "image");
const exchange = join(folder, "exchange");
mkdirSync(image);
mkdirSync(exchange);

/** Installs both units, their configuration and the programs of a user below a root directory. */
function install(to: string): void {
  const write = (path: string, text: string, mode = 0o644) => {
    mkdirSync(join(to, path, ".."), { recursive: true });
    writeFileSync(join(to, path), text);
    chmodSync(join(to, path), mode);
  };
  for (const name of ["ogrt-collector", "ogrt-agent"]) {
    const systemd = (file: string) => readFileSync(join(root, "integrations/systemd", file), "utf8");
    write(`etc/systemd/system/${name}.service`, systemd(`${name}.service`));
    write(`etc/sysusers.d/${name}.conf`, systemd(`${name}.sysusers.conf`));
  }
  write(
    "opt/ogrt/current/bin/ogrt-collector",
    `#!/bin/sh\nexec ${process.execPath} ${toolPath("ogrt-collector")} "$@"\n`,
    0o755,
  );
  const agents = '[agents]\nunix = ["/run/ogrt/agents.sock"]\nnodes = "/etc/ogrt/nodes"\n';
  write("etc/ogrt/collector.toml", `${agents}[verify]\nhost-name = "node1"\nexclude = ["/proc"]\n`);
  const place = (from: string, path: string, mode: number) => {
    mkdirSync(join(to, path, ".."), { recursive: true });
    cpSync(from, join(to, path));
    chmodSync(join(to, path), mode);
  };
  place(builtAgent(), "opt/ogrt/sbin/ogrt-agent", 0o755);
  place(builtAgent(), "usr/local/bin/ogrt-agent", 0o755);
  place("/bin/true", "home/alice/secret", 0o700);
  chmodSync(join(to, "home/alice"), 0o700);
}

describe.skipIf(!canBoot)("the unit of the agent under systemd (needs root and systemd-nspawn)", () => {
  // biome-ignore lint/suspicious/noExplicitAny: its values are only compared
  let seen: any;
  const merged = join(image, "root");

  beforeAll(() => {
    expect(run("mount", "-t", "tmpfs", "none", image).status).toBe(0);
    for (const name of ["root", "upper", "work"]) mkdirSync(join(image, name));
    const layers = `lowerdir=/,upperdir=${join(image, "upper")},workdir=${join(image, "work")}`;
    expect(run("mount", "-t", "overlay", "overlay", "-o", layers, merged).status).toBe(0);
    install(merged);
    cpSync(join(import.meta.dirname, "agent-unit-driver.mjs"), join(exchange, "driver.mjs"));
    const driver = `${process.execPath} /exchange/driver.mjs /exchange`;
    const capabilities = "--capability=CAP_PERFMON,CAP_NET_ADMIN,CAP_CHECKPOINT_RESTORE";
    const options = [capabilities, "--system-call-filter=perf_event_open"];
    const printed = bootContainer({ root: merged, exchange, driver, readable: [root], options });
    const result = join(exchange, "seen.json");
    if (!existsSync(result)) throw new Error(`the container wrote no result:\n${printed}`);
    seen = JSON.parse(readFileSync(result, "utf8"));
    if (seen.error !== undefined) throw new Error(`${seen.error}\n${seen.journal}`);
  });

  afterAll(() => {
    run("umount", "-R", merged);
    run("umount", image);
  });

  it("leaves one process the capabilities to read, and the other none", () => {
    const both = { user: "ogrt-agent", noNewPrivileges: "1", seccomp: "2" };
    // CAP_DAC_READ_SEARCH, CAP_SYS_PTRACE and CAP_CHECKPOINT_RESTORE.
    expect(seen.hears).toEqual({ ...both, capabilities: "0000010000080004" });
    expect(seen.delivers).toEqual({ ...both, capabilities: "0000000000000000" });
    expect(seen.stateMode).toBe("700");
  });

  it("sees what it needs its privileges for", () => {
    expect(seen.node.host).toBe("node1");
    const features = ["allFiles", "allProcesses", "buildIds", "deletedFiles", "exactLosses", "filtered"];
    expect([...seen.node.features].sort()).toEqual(features);
  });

  it("reads programs that only their owners can read, and sees them in the root of the host", () => {
    expect(seen.secret).toMatchObject({ attested: { observedBy: "kernel" }, program: { path: "/home/alice/secret" } });
    for (const { program } of [seen.secret, seen.temporary]) {
      expect(program).toMatchObject({ buildId: expect.stringMatching(/^[0-9a-f]{40}$/), signatures: [] });
    }
    expect(seen.secret.program).toMatchObject({ verdict: "unreadable", reason: "permission" });
    expect(seen.temporary.program).toMatchObject({ verdict: "unsigned", reason: null });
  });

  it("restarts after a crash, delivers what was in its spool, and stops by itself", () => {
    expect(seen).toMatchObject({ result: "success", exit: "0" });
    expect(seen.journal).not.toMatch(/Killing process \d+ \(ogrt-agent\)/);
  });

  it("does not restart without a token", () => {
    expect(seen).toMatchObject({ refusal: "3", restarts: "0" });
  });
});
