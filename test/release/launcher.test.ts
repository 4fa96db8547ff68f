import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/folder.js";
import { root } from "../support/tools.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);

function executable(path: string, text: string): string {
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, text);
  chmodSync(path, 0o755);
  return path;
}

const text = readFileSync(join(root, "scripts/release/launcher.sh"), "utf8");
const launcher = executable(at("a b/bin/ogrt-query"), text.replaceAll("@TOOL@", "ogrt-query"));
/** A stand-in for Node that prints its version or its arguments. */
const fakeNode = (version: string) =>
  executable(at(`node-${version}`), `#!/bin/sh\n[ "$1" = --version ] && echo ${version} || printf '<%s>' "$@"\n`);
const launch = (path: string, environment: Record<string, string>, ...args: string[]) =>
  spawnSync(path, args, { env: { PATH: "/usr/bin:/bin", ...environment }, encoding: "utf8" });

describe("the launcher of a release", () => {
  it("runs its tool with unchanged arguments, also through a symbolic link", () => {
    const node = fakeNode("v20.19.0");
    const expected = `<${at("a b/share/ogrt/dist/bin/ogrt-query.js")}><a b><*><>`;
    expect(launch(launcher, { OGRT_NODE: node }, "a b", "*", "").stdout).toBe(expected);
    symlinkSync(launcher, at("link"));
    expect(launch(at("link"), { OGRT_NODE: node }, "a b", "*", "").stdout).toBe(expected);
  });

  it("prefers the Node in its release to the host's", () => {
    executable(at("a b/node/bin/node"), '#!/bin/sh\n[ "$1" = --version ] && echo v22.1.0 || echo beside\n');
    expect(launch(launcher, {}).stdout).toBe("beside\n");
    expect(launch(launcher, { OGRT_NODE: fakeNode("v24.0.0") }).stdout).not.toBe("beside\n");
  });

  it("takes the Node beside its release, which an upgrade keeps, unless the release has one", () => {
    const node = '#!/bin/sh\n[ "$1" = --version ] && echo v22.1.0 || echo kept\n';
    executable(at("opt/node/bin/node"), node);
    const query = text.replaceAll("@TOOL@", "ogrt-query");
    for (const version of ["1", "2"]) executable(at(`opt/ogrt-${version}/bin/ogrt-query`), query);
    symlinkSync("ogrt-1", at("opt/current"));
    expect(launch(at("opt/current/bin/ogrt-query"), {}).stdout).toBe("kept\n");
    rmSync(at("opt/current"));
    symlinkSync("ogrt-2", at("opt/current"));
    expect(launch(at("opt/current/bin/ogrt-query"), {}).stdout).toBe("kept\n");
    executable(at("opt/ogrt-2/node/bin/node"), node.replace("kept", "own"));
    expect(launch(at("opt/current/bin/ogrt-query"), {}).stdout).toBe("own\n");
  });

  it.each(["v0.12.0", "v8.1.0", "v18.20.4", "v20.9.0", "v20.18.3"])(
    "refuses Node %s and names the version it needs",
    (version) => {
      const { status, stdout, stderr } = launch(launcher, { OGRT_NODE: fakeNode(version) });
      expect([status, stdout]).toEqual([3, ""]);
      expect(stderr).toContain(`needs Node.js 20.19 or later, but ${at(`node-${version}`)} is ${version}`);
    },
  );

  it("reports a missing Node", () => {
    const { status, stderr } = launch(launcher, { OGRT_NODE: at("nowhere") });
    expect([status, stderr]).toEqual([3, expect.stringContaining(`${at("nowhere")} does not run`)]);
  });
});
