import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/folder.js";
import { freshUuid, have, run, source, stampFile } from "../support/toolchain.js";
import { toolPath } from "../support/tools.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
source(folder, "main.c", "int main(void) { return 0; }\n");
stampFile(folder, "stamp.s", freshUuid());
run("gcc", "-o", at("stamped"), at("main.c"), at("stamp.s"));

/** The output of ogrt-inspect on a terminal, which script(1) provides. */
function onTerminal(environment: Record<string, string>, ...args: string[]): string {
  const command = [process.execPath, toolPath("ogrt-inspect"), ...args].join(" ");
  const { NO_COLOR: _, ...rest } = process.env;
  const { stdout } = spawnSync("script", ["--quiet", "--return", "--command", command, "/dev/null"], {
    encoding: "utf8",
    env: { ...rest, TERM: "xterm", PAGER: "cat", ...environment },
    timeout: 60_000,
  });
  return stdout;
}

describe.skipIf(!have("script"))("ogrt-inspect on a terminal (needs script)", () => {
  const sequence = "\u001b[";

  it("uses color, unless NO_COLOR is set", () => {
    expect(onTerminal({}, at("stamped"))).toContain(sequence);
    expect(onTerminal({ NO_COLOR: "1" }, at("stamped"))).not.toContain(sequence);
  });

  it("uses no color in a pipe", () => {
    const { stdout } = spawnSync(process.execPath, [toolPath("ogrt-inspect"), at("stamped")], { encoding: "utf8" });
    expect(stdout).toContain("uuid:");
    expect(stdout).not.toContain(sequence);
  });

  it("shows the progress of a scan and erases the line at its end", () => {
    const shown = onTerminal({ NO_COLOR: "1" }, "/usr/lib");
    expect(shown).toMatch(/\r[^\n]*\d+ files, \d+ ELF/);
    // The table begins on a line of its own.
    expect(shown).toMatch(/(?:^|\n|\u001b\[K)KIND +UUID/);
    const piped = spawnSync(process.execPath, [toolPath("ogrt-inspect"), "/usr/lib"], {
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    expect(piped.stderr).not.toContain("\r");
  });
});
