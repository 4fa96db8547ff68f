import { spawnSync } from "node:child_process";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sharedCollector } from "../support/collector.js";
import { temporaryFolder } from "../support/folder.js";
import { codeBlocks, newcomer } from "../support/newcomer.js";
import { root } from "../support/tools.js";

const guide = readFileSync(join(root, "docs/guides/use-the-library.md"), "utf8");
const folder = newcomer();
copyFileSync("/bin/true", join(folder, "app"));

/** Runs the program in a section of the guide, as a user would who installed the package. */
function runSection(heading: string, adapt = (program: string) => program) {
  const [, section = ""] = new RegExp(`^## ${heading}\n([\\s\\S]*?)(?=^## |$(?![\\s\\S]))`, "m").exec(guide) ?? [];
  const [program = "", ...others] = codeBlocks(section, "js");
  expect([program === "", others]).toEqual([false, []]);
  writeFileSync(join(folder, "program.js"), adapt(program));
  const { status, stdout, stderr } = spawnSync(process.execPath, ["program.js"], {
    cwd: folder,
    encoding: "utf8",
    timeout: 60_000,
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout;
}

describe("the programs of the guide to the library", () => {
  const collector = sharedCollector(join(temporaryFolder(), "data"));

  it("make and read a stamp", () => {
    runSection("Make and read a stamp");
    expect(readFileSync(join(folder, "stamp.s"), "utf8")).toMatch(/\.note\.ogrt\.info/);
  });

  it("read a Blob", () => {
    expect(runSection("Read more of an ELF file")).toBe("64 []\n");
  });

  it("send and receive a record", () => {
    expect(runSection("Send and receive records")).toBe(`process-start 4711 ${process.execPath}\n`);
  });

  it("ask a collector", () => {
    const { http, tokenFile } = collector().where;
    const adapt = (program: string) =>
      program.replace("http://127.0.0.1:7972", http).replace("/home/ogrt/.local/share/ogrt/token", tokenFile);
    expect(runSection("Ask a collector", adapt)).toMatch(/^\[\] \[[\s\S]*libblas\*[\s\S]*\]\n0\n$/);
  });

  it("handle an error", () => {
    expect(runSection("Handle errors")).toBe("not an ELF file\n");
  });

  it("verify what a process reported", () => {
    expect(runSection("Verify what a process reported")).toMatch(/^unsigned /);
  });
});
