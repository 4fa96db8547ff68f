import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/folder.js";
import { root } from "../support/tools.js";

/** A checkout of which nothing is installed and nothing is built. */
const checkout = temporaryFolder();
for (const path of ["package.json", "package-lock.json", ".npmrc", "bin/start", "scripts/preflight.mjs"]) {
  mkdirSync(dirname(join(checkout, path)), { recursive: true });
  cpSync(join(root, path), join(checkout, path), { recursive: true });
}

function launch(command: string, args: readonly string[], environment: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: checkout,
    encoding: "utf8",
    timeout: 120_000,
    env: { ...process.env, ...environment },
  });
  return { status, stdout, stderr };
}
const preflight = (environment: Record<string, string>) =>
  launch(process.execPath, [join(root, "scripts/preflight.mjs")], environment);

/** A program of the given name in a directory of its own. */
function script(name: string, text: string): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
  return path;
}

describe("before npm ci", () => {
  it.each(["demo", "test", "build"])("npm run %s names npm ci", (name) => {
    const { status, stderr } = launch("npm", ["run", name]);
    expect(status).not.toBe(0);
    expect(stderr).toContain("ogrt needs its packages from npm; run: npm ci\n");
    expect(stderr).not.toContain("not found");
  });

  it.each(["ogrt", "ogrt-stamp", "ogrt-inspect", "ogrt-run", "ogrt-collector", "ogrt-query"])(
    "%s names it and the build",
    (tool) => {
      expect(launch(process.execPath, [`bin/start/${tool}.js`, "--help"])).toEqual({
        status: 3,
        stdout: "",
        stderr: `${tool}: is not built, or its packages are not installed; run in ${checkout}/: npm ci && npm run build\n`,
      });
    },
  );
});

describe("before a build", () => {
  it("nothing is said where nothing is missing", () => {
    expect(preflight({})).toEqual({ status: 0, stdout: "", stderr: "" });
  });

  it("a compiler without headers is named, and the packages that have them", () => {
    const { status, stderr } = preflight({ CC: script("cc", 'exec gcc -nostdinc "$@"') });
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^ogrt needs headers that \S+\/cc does not find; install libc6-dev \(Debian, Ubuntu\), .*\n$/,
    );
  });

  it("a missing compiler and a missing make are named", () => {
    const tools = temporaryFolder();
    symlinkSync("/bin/sh", join(tools, "sh"));
    const { status, stderr } = preflight({ PATH: tools, CC: "" });
    expect(status).toBe(1);
    expect(stderr).toBe(
      "ogrt needs a C compiler, gcc; install gcc, or name another compiler by CC\nogrt needs make; install make\n",
    );
  });

  it("CC may be a command with options", () => {
    expect(preflight({ CC: "gcc -O1" })).toEqual({ status: 0, stdout: "", stderr: "" });
  });
});

describe("the tools as npm installs them", () => {
  it("run the built ones", () => {
    const link = join(temporaryFolder(), "ogrt-stamp");
    symlinkSync(join(root, "bin/start/ogrt-stamp.js"), link);
    const uuid = "b73c604d-c2e9-4057-ae31-586aa5ee29e3";
    expect(launch(link, ["--uuid", uuid, "--json"])).toMatchObject({ status: 0, stderr: "" });
    expect(launch(link, ["-o", "x.foo"]).status).toBe(2);
  });
});
