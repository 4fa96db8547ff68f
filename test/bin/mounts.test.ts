import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/folder.js";
import { toolPath } from "../support/tools.js";

const folder = temporaryFolder();
const at = (...names: string[]) => join(folder, ...names);
for (const name of ["real", "bound", "other"]) mkdirSync(at(name));
copyFileSync("/bin/true", at("real", "app"));

/** Runs a command in a new mount namespace, with real/ also mounted on bound/ and another file system on other/. */
function withMounts(command: string) {
  const mounts = `mount --bind real bound && mount -t tmpfs none other && cp real/app other/app`;
  return spawnSync("unshare", ["--mount", "sh", "-c", `${mounts} && ${command}`], { cwd: folder, encoding: "utf8" });
}
const possible = withMounts("true").status === 0;

describe.skipIf(!possible)("mounts below a scanned directory (needs root and unshare)", () => {
  const inspect = (option: string) => {
    const { stdout, stderr } = withMounts(
      `"${process.execPath}" "${toolPath("ogrt-inspect")}" --json ${option} "${folder}"`,
    );
    const paths = (JSON.parse(stdout) as { path: string }[]).map(({ path }) => path).sort();
    return { paths, summary: stderr };
  };

  it("are scanned, and a file that is mounted twice is counted once", () => {
    const { paths, summary } = inspect("");
    expect(paths).toHaveLength(2);
    expect(paths).toContain(at("other", "app"));
    expect(summary).toContain("2 ELF");
    expect(summary).toContain("1 duplicates");
  });

  it("are skipped with -x", () => {
    expect(inspect("-x").paths).toEqual([at("real", "app")]);
  });
});
