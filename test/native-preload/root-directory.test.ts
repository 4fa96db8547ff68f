import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/folder.js";
import { lacking, populateRoot, withMounts, withRoot } from "../support/namespaces.js";
import { builtLibrary } from "./support/library.js";
import { observe } from "./support/observe.js";

const folder = temporaryFolder();
const library = builtLibrary();
const host = statSync("/", { bigint: true });
const program = "/bin/true";

/** Ground truth: the kernel's table of the mounts of a process; the last mount at "/" hides those before it. */
function mountIdOf(mountinfo: string): string | undefined {
  const mounts = mountinfo.split("\n").map((line) => line.split(" "));
  return mounts.filter(([, , , , point]) => point === "/").at(-1)?.[0];
}
const MOUNTINFO = "cat /proc/self/mountinfo";

async function rootOf(command: readonly string[]) {
  const { starts, stdout, stderr } = await observe(command, { library });
  const start = starts.find(({ binpath }) => /\/true$/.test(binpath.toString("latin1")));
  if (start === undefined) throw new Error(`${program} did not report: ${stderr}`);
  const { root_device: device, root_inode: inode, root_mount_id: mountId } = start;
  return { device, inode, mountId, mountinfo: stdout.toString("latin1") };
}
const root = { device: `${host.dev}`, inode: `${host.ino}` };
const missing = lacking();
if (missing !== undefined) console.warn(`skipped: mount namespaces: this machine lacks ${missing}`);
const hasBubblewrap = spawnSync("bwrap", ["--ro-bind", "/", "/", "true"]).status === 0;
if (!hasBubblewrap) console.warn("skipped: bubblewrap: bwrap does not run here");

describe("the start record identifies the root directory", () => {
  it("of a process of the host as the host sees it", async () => {
    const mountId = mountIdOf(readFileSync("/proc/self/mountinfo", "latin1"));
    expect(await rootOf([program])).toMatchObject({ ...root, mountId });
  });

  it.skipIf(missing !== undefined)("and its mount in another mount namespace", async () => {
    const here = await rootOf([program]);
    const there = await rootOf(withMounts(MOUNTINFO, [program]));
    expect(there).toMatchObject({ ...root, mountId: mountIdOf(there.mountinfo) });
    expect(there.mountId).not.toBe(here.mountId);
  });

  it.skipIf(missing !== undefined)("also without /proc", async () => {
    const there = await rootOf(withMounts(`${MOUNTINFO} && mount -t tmpfs none /proc`, [program]));
    expect(there).toMatchObject({ ...root, mountId: mountIdOf(there.mountinfo) });
  });

  it.skipIf(missing !== undefined)("below chroot", async () => {
    const other = join(folder, "root");
    populateRoot(other, [program, library]);
    const { dev, ino } = statSync(other, { bigint: true });
    expect(await rootOf(withRoot(other, [program]))).toMatchObject({ device: `${dev}`, inode: `${ino}` });
  });

  it.skipIf(missing !== undefined)("below chroot to the same directory, mounted once more", async () => {
    const again = join(folder, "again");
    mkdirSync(again);
    const there = await rootOf(withMounts(`mount --rbind / ${again}`, ["chroot", again, program]));
    expect(there).toMatchObject(root);
    expect(there.mountId).not.toBe((await rootOf([program])).mountId);
  });

  it.skipIf(!hasBubblewrap)("in bubblewrap", async () => {
    const command = ["bwrap", "--ro-bind", "/", "/", "--proc", "/proc", "sh", "-c", `${MOUNTINFO} && exec ${program}`];
    const there = await rootOf(command);
    expect(there).toMatchObject({ ...root, mountId: mountIdOf(there.mountinfo) });
    const emptied = ["bwrap", "--ro-bind", "/usr", "/usr", "--ro-bind", library, library];
    const links = ["bin", "lib", "lib64"].flatMap((name) => ["--symlink", `usr/${name}`, `/${name}`]);
    expect((await rootOf([...emptied, ...links, program])).device).not.toBe(root.device);
  });
});
