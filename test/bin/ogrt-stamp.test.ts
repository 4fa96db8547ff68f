import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readSignatures } from "../../lib/index.js";
import { temporaryFolder } from "../support/folder.js";
import { run, source } from "../support/toolchain.js";
import { tool } from "../support/tools.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const uuid = "b73c604d-c2e9-4057-ae31-586aa5ee29e3";

describe("ogrt-stamp", () => {
  it("writes assembly to standard output that links into a program", () => {
    const { status, stdout, stderr } = tool("ogrt-stamp", "--uuid", uuid);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    source(folder, "main.c", "int main(void) { return 0; }\n");
    run("gcc", "-o", at("program"), at("main.c"), source(folder, "stamp.s", stdout));
    expect(readSignatures(readFileSync(at("program")))).toMatchObject([{ uuid }]);
  });

  it("makes a new identity each time", () => {
    expect(tool("ogrt-stamp").stdout).not.toBe(tool("ogrt-stamp").stdout);
  });

  it("writes to a file, whole, and leaves nothing else behind", () => {
    mkdirSync(at("out"));
    expect(tool("ogrt-stamp", "--uuid", uuid, "-o", at("out/stamp.s"))).toMatchObject({ status: 0, stdout: "" });
    expect(readFileSync(at("out/stamp.s"), "utf8")).toBe(tool("ogrt-stamp", "--uuid", uuid).stdout);
    expect(readdirSync(at("out"))).toEqual(["stamp.s"]);
  });

  it("writes through a symbolic link and to a device", () => {
    writeFileSync(at("target.s"), "old");
    symlinkSync(at("target.s"), at("link.s"));
    expect(tool("ogrt-stamp", "--uuid", uuid, "-o", at("link.s")).status).toBe(0);
    expect(readFileSync(at("target.s"), "utf8")).toContain(uuid);
    expect(tool("ogrt-stamp", "-o", "/dev/null").status).toBe(0);
    expect(tool("ogrt-stamp", "--uuid", uuid, "-o", "/dev/stdout").stdout).toContain(uuid);
  });

  it.each([
    ["a UUID that is none", ["--uuid", "nonsense"], 2],
    ["assembly instead of a UUID", ["--uuid", `${uuid}"\n.globl main`], 2],
    ["an unknown option", ["--frobnicate"], 2],
    ["a stray argument", ["stray"], 2],
    ["an output folder that is not there", ["-o", "/nonexistent/stamp.s"], 3],
    ["a folder as output", ["-o", "/"], 3],
  ])("refuses %s with one plain sentence", (_, args, code) => {
    const { status, stdout, stderr } = tool("ogrt-stamp", ...args);
    expect(status).toBe(code);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^(ogrt-stamp|error): /);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it.skipIf(process.getuid?.() === 0)("says that a folder is not writable", () => {
    mkdirSync(at("closed"));
    chmodSync(at("closed"), 0o500);
    expect(tool("ogrt-stamp", "-o", at("closed/stamp.s"))).toMatchObject({ status: 3 });
    expect(existsSync(at("closed/stamp.s"))).toBe(false);
  });
});
