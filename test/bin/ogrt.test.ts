import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/folder.js";
import { root, tool, toolPath } from "../support/tools.js";

const ogrt = (...args: string[]) => tool("ogrt", ...args);
const stamped = join(root, "test-fixtures/elf/aarch64.so");
const uuid = "0f0f0f0f-0000-4000-8000-000000000003";

describe("ogrt", () => {
  it.each(["query", "inspect", "stamp", "run", "collector"])("runs ogrt-%s under its own name", (name) => {
    const { status, stdout } = ogrt(name, "--help");
    const own = tool(`ogrt-${name}`, "--help");
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`^Usage: ogrt ${name} `));
    const spelled = (text: string) => text.replaceAll(/\bogrt[ -](?=query|inspect|stamp|run|collector)/g, "");
    const words = (text: string) => spelled(text).split(/\s+/).sort();
    expect(words(stdout)).toEqual(words(own.stdout));
    expect(ogrt("help", name).stdout).toBe(stdout);
  });

  it("passes arguments and exit codes on", () => {
    expect(JSON.parse(ogrt("stamp", "--json", "--uuid", uuid).stdout).uuid).toBe(uuid);
    expect(
      ogrt("run", "--server", "udp://127.0.0.1:9", "--", "sh", "-c", 'echo "$1"; exit 7', "sh", "a b"),
    ).toMatchObject({
      status: 7,
      stdout: "a b\n",
    });
    const wrong = ogrt("inspect", "/absent");
    expect(wrong).toMatchObject({
      status: 3,
      stdout: "",
      stderr: "ogrt inspect: /absent: cannot be read: no such file\n",
    });
  });

  it("prints its help without a command, and that of a command of a tool", () => {
    expect(ogrt()).toMatchObject({ status: 0, stderr: "", stdout: ogrt("--help").stdout });
    expect(ogrt("help", "query", "job").stdout).toMatch(/^Usage: ogrt query job /);
  });

  it.each([
    ["qurey", "; did you mean query?"],
    ["job", "; did you mean query job?"],
    ["xyzzy", ""],
  ])("names the nearest command of %s", (word, nearest) => {
    const { status, stdout, stderr } = ogrt(word);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toBe(`error: unknown command '${word}'${nearest}\nrun 'ogrt --help' for usage\n`);
  });

  it("shows signatures as the first OGRT did", () => {
    const { status, stdout } = ogrt("--show-signature", stamped);
    const lines = ["allocatable:  yes", "version:      1", "name:         OGRT", `uuid:         ${uuid}`, ""];
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: ["OGRT signature in section .note.ogrt.info", ...lines].join("\n"),
    });
    expect(ogrt("inspect", "--show-signature", "/bin/sh")).toMatchObject({ status: 1, stdout: "no OGRT signature\n" });
  });

  it("loads no other tool", () => {
    const own = [...loaded("ogrt", "--help"), ...loaded("ogrt-stamp", "--json")];
    const more = loaded("ogrt", "stamp", "--json").filter((file) => !own.includes(file));
    // The name of the tool for the bundler, whatever that calls it.
    expect(more).toEqual([expect.stringMatching(/^tool-\w+\.js$/)]);
  });
});

/** The files of dist/ that a tool loads, from the coverage that V8 writes. */
function loaded(name: string, ...args: string[]): string[] {
  const folder = temporaryFolder();
  spawnSync(process.execPath, [toolPath(name), ...args], { env: { ...process.env, NODE_V8_COVERAGE: folder } });
  const dist = `file://${join(root, "dist")}/`;
  return readdirSync(folder)
    .flatMap((file) => JSON.parse(readFileSync(join(folder, file), "utf8")).result as { url: string }[])
    .flatMap(({ url }) => (url.startsWith(dist) ? [url.slice(dist.length)] : []))
    .sort();
}
