import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/folder.js";
import { freshUuid, run, source, stampFile } from "../support/toolchain.js";
import { tool } from "../support/tools.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const uuid = freshUuid();
source(folder, "main.c", "int main(void) { return 0; }\n");
stampFile(folder, "stamp.s", uuid);
run("gcc", "-o", at("stamped"), at("main.c"), at("stamp.s"));
run("gcc", "-o", at("plain"), at("main.c"));

describe("ogrt-inspect", () => {
  it("prints what the first OGRT's --show-signature printed", () => {
    expect(tool("ogrt-inspect", at("stamped"))).toMatchObject({
      status: 0,
      stderr: "",
      stdout: [
        "OGRT signature in section .note.ogrt.info",
        "allocatable:  yes",
        "version:      1",
        "name:         OGRT",
        `uuid:         ${uuid}`,
        "",
      ].join("\n"),
    });
  });

  it("says so and exits with 1 when there is no signature", () => {
    expect(tool("ogrt-inspect", at("plain"))).toMatchObject({ status: 1, stdout: "no OGRT signature\n", stderr: "" });
  });

  it("shows several files under their names and exits with the worst of them", () => {
    const { status, stdout, stderr } = tool("ogrt-inspect", at("stamped"), at("plain"), at("main.c"), at("absent"));
    expect(status).toBe(3);
    expect(stdout).toContain(`${at("stamped")}:\nOGRT signature`);
    expect(stdout).toContain(`${at("plain")}:\nno OGRT signature`);
    expect(stderr).toBe(
      `ogrt-inspect: ${at("main.c")}: not an ELF file\nogrt-inspect: ${at("absent")}: cannot be read: no such file\n`,
    );
  });

  it("prints JSON for programs, errors included", () => {
    const { status, stdout } = tool("ogrt-inspect", "--json", at("stamped"), at("main.c"));
    expect(status).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject([
      { path: at("stamped"), signatures: [{ uuid, section: ".note.ogrt.info", allocatable: true }], problems: [] },
      { path: at("main.c"), signatures: [], error: { code: "NOT_ELF" } },
    ]);
  });

  it("names file and offset where an ELF file lies", () => {
    const bytes = readFileSync(at("stamped"));
    writeFileSync(at("cut"), bytes.subarray(0, 1000));
    const { status, stderr } = tool("ogrt-inspect", at("cut"));
    expect(status).toBe(3);
    expect(stderr).toMatch(`ogrt-inspect: ${at("cut")}: malformed ELF at offset 0x28: section header table`);
  });

  it("shows control characters of a hostile file name instead of sending them to the terminal", () => {
    const { stderr } = tool("ogrt-inspect", "\u001b[31mred\nline");
    expect(stderr).toBe("ogrt-inspect: \\x1b[31mred\\x0aline: cannot be read: no such file\n");
  });

  it("needs at least one file", () => {
    expect(tool("ogrt-inspect").status).toBe(2);
  });
});
