import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodeMessage } from "../../../lib/wire/index.js";
import { temporaryFolder } from "../../support/folder.js";
import { root, toolPath } from "../../support/tools.js";
import { object, processStart } from "../../wire/samples.js";
import { bootContainer, canBoot, run } from "./support/container.js";

/* The unit under systemd in a container, whose root is an overlay over the root of this machine. */

const folder = temporaryFolder();
const image = join(folder, "image");
const exchange = join(folder, "exchange");
mkdirSync(image);
mkdirSync(exchange);

/** Installs the unit, its configuration and the programs of a user below a root directory. */
function install(to: string): void {
  const write = (path: string, text: string, mode = 0o644) => {
    mkdirSync(join(to, path, ".."), { recursive: true });
    writeFileSync(join(to, path), text);
    chmodSync(join(to, path), mode);
  };
  const copy = (name: string, path: string) => write(path, readFileSync(join(root, "integrations", name), "utf8"));
  copy("systemd/ogrt-collector.service", "etc/systemd/system/ogrt-collector.service");
  copy("systemd/ogrt-collector.sysusers.conf", "etc/sysusers.d/ogrt-collector.conf");
  write(
    "opt/ogrt/current/bin/ogrt-collector",
    `#!/bin/sh\nexec ${process.execPath} ${toolPath("ogrt-collector")} "$@"\n`,
    0o755,
  );
  write(
    "etc/ogrt/collector.toml",
    '[receive]\nunix = ["/run/ogrt/collector.sock"]\n[verify]\nhost-name = "node1"\nexclude = ["/proc"]\n',
  );
  for (const [path, mode] of [
    ["home/alice/program", 0o755],
    ["home/alice/secret", 0o700],
    ["var/tmp/program", 0o755],
  ] as const) {
    mkdirSync(join(to, path, ".."), { recursive: true });
    cpSync("/bin/true", join(to, path));
    chmodSync(join(to, path), mode);
  }
  chmodSync(join(to, "home/alice"), 0o755);
}

describe.skipIf(!canBoot)("the unit under systemd (needs root and systemd-nspawn)", () => {
  // biome-ignore lint/suspicious/noExplicitAny: its values are only compared
  let seen: any;
  const merged = join(image, "root");

  beforeAll(() => {
    expect(run("mount", "-t", "tmpfs", "none", image).status).toBe(0);
    for (const name of ["root", "upper", "work"]) mkdirSync(join(image, name));
    const layers = `lowerdir=/,upperdir=${join(image, "upper")},workdir=${join(image, "work")}`;
    expect(run("mount", "-t", "overlay", "overlay", "-o", layers, merged).status).toBe(0);
    install(merged);
    for (const [index, path] of ["/home/alice/program", "/home/alice/secret", "/var/tmp/program"].entries()) {
      const frame = encodeMessage(processStart({ program: object(path), objects: [] }));
      writeFileSync(join(exchange, `${index}.frame`), frame);
    }
    cpSync(join(import.meta.dirname, "systemd-driver.mjs"), join(exchange, "driver.mjs"));
    const driver = `${process.execPath} /exchange/driver.mjs /exchange`;
    const printed = bootContainer({ root: merged, exchange, driver, readable: [root] });
    const result = join(exchange, "seen.json");
    if (!existsSync(result)) throw new Error(`the container wrote no result:\n${printed}`);
    seen = JSON.parse(readFileSync(result, "utf8"));
    if (seen.error !== undefined) throw new Error(`${seen.error}\n${seen.journal}`);
  });

  afterAll(() => {
    run("umount", "-R", merged);
    run("umount", image);
  });

  it("runs without privileges and keeps other users out of its data", () => {
    expect(seen).toMatchObject({
      user: "ogrt",
      capabilities: "0000000000000000",
      noNewPrivileges: "1",
      seccomp: "2",
      dataMode: "700",
      socketMode: "666",
    });
  });

  it("puts no login link into the journal, which others may read", () => {
    expect(seen.loginCodes).toBe(0);
  });

  it("reads files in /home and elsewhere that other users may read", () => {
    expect(Object.fromEntries(seen.processes)).toEqual({
      "/home/alice/program": "unsigned",
      "/home/alice/secret": "unreadable",
      "/var/tmp/program": "unsigned",
    });
  });

  it("reloads, restarts after a crash with all its records, and stops cleanly", () => {
    expect(seen.events).toContain("reloaded");
    expect(seen.afterKill).toBe(3);
    expect(seen.events).toContain("stopped");
    expect(seen).toMatchObject({ result: "success", exit: "0" });
  });

  it("does not restart with a mistake in its settings", () => {
    expect(seen).toMatchObject({ refusal: "2", restarts: "0" });
  });
});
