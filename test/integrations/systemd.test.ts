import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { resolveSettings } from "../../lib/collector/config/resolve.js";
import { temporaryFolder } from "../support/folder.js";
import { have } from "../support/toolchain.js";
import { root } from "../support/tools.js";

const folder = temporaryFolder();
const file = (name: string) => join(root, "integrations/systemd", name);
const unit = readFileSync(file("ogrt-collector.service"), "utf8");

/** The unit with an executable that exists on every host. */
function installed(): string {
  const path = join(folder, "ogrt-collector.service");
  writeFileSync(path, unit.replaceAll("/opt/ogrt/current/bin/ogrt-collector", "/bin/true"));
  return path;
}

const run = (command: string, ...args: string[]) => spawnSync(command, args, { encoding: "utf8", timeout: 60_000 });

describe("the systemd unit", () => {
  it.skipIf(!have("systemd-analyze"))("is valid (needs systemd-analyze)", () => {
    const { status, stderr } = run("systemd-analyze", "verify", installed());
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  it.skipIf(!have("systemd-analyze"))("has an exposure of at most 2.0 (needs systemd-analyze)", () => {
    // The threshold is in tenths.
    const args = ["security", "--offline=yes", "--no-pager", "--threshold=20", installed()];
    const { status, stdout } = run("systemd-analyze", ...args);
    expect(status, stdout).toBe(0);
    expect(stdout).toMatch(/✓ User=\/DynamicUser=/);
    expect(stdout).toMatch(/✓ ProtectSystem=/);
    expect(stdout).toMatch(/✓ NoNewPrivileges=/);
  });

  it.skipIf(!have("systemd-sysusers"))("has a dedicated user (needs systemd-sysusers)", () => {
    const empty = mkdtempSync(join(folder, "root-"));
    const { stdout, stderr, status } = run(
      "systemd-sysusers",
      `--root=${empty}`,
      "--dry-run",
      file("ogrt-collector.sysusers.conf"),
    );
    expect(status).toBe(0);
    const [, user] = /^User=(.*)$/m.exec(unit) ?? [];
    expect(stdout + stderr).toContain(`Creating user '${user}'`);
  });

  it("keeps the data directory private, where the collector looks for it", async () => {
    expect(unit).toMatch(/^StateDirectoryMode=0700$/m);
    const [, variable = "", value = ""] = /^Environment=(\w+)=%S(.*)$/m.exec(unit) ?? [];
    const { settings } = await resolveSettings({
      options: {},
      environment: { [variable]: `/var/lib${value}` },
      file: undefined,
    });
    expect(settings.data).toBe("/var/lib/ogrt");
    expect(unit).toMatch(/^StateDirectory=ogrt$/m);
  });

  it("allows the receive buffer that the collector requests", async () => {
    const { RECEIVE_BUFFER_BYTES } = await import("../../lib/collector/ingest/protocol.js");
    expect(readFileSync(file("ogrt-collector.sysctl.conf"), "utf8")).toContain(
      `net.core.rmem_max = ${RECEIVE_BUFFER_BYTES}\n`,
    );
  });
});
