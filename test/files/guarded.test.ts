import { execFileSync, spawnSync } from "node:child_process";
import {
  closeSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isBelow } from "../../lib/files/below.js";
import type { GuardOptions } from "../../lib/files/guard-options.js";
import { openGuarded } from "../../lib/files/guarded.js";
import { mountOf, parseMountinfo } from "../../lib/files/mounts.js";
import { temporaryFolder } from "../support/folder.js";

const folder = temporaryFolder();
const inside = join(folder, "root");
const outside = join(folder, "outside");
for (const directory of [inside, outside, join(inside, "deep")]) mkdirSync(directory, { recursive: true });
writeFileSync(join(inside, "file"), "content");
writeFileSync(join(outside, "secret"), "secret");
const open = (path: string | Buffer, roots = [inside], excluded: string[] = [], more: Partial<GuardOptions> = {}) =>
  openGuarded(Buffer.from(path), { roots, excluded, ...more });

describe("guarded opening", () => {
  it("opens a regular file below a root and returns its identity", () => {
    const opened = open(join(inside, "file"));
    if (typeof opened === "string") throw new Error(opened);
    const bytes = Buffer.alloc(16);
    expect(bytes.toString("utf8", 0, readSync(opened.descriptor, bytes, 0, 16, 0))).toBe("content");
    closeSync(opened.descriptor);
    const [inode, size, modified, changed] = execFileSync("stat", ["-c", "%i %s %.9Y %.9Z", join(inside, "file")])
      .toString()
      .trim()
      .split(" ")
      .map((number) => BigInt(number.replace(".", "")));
    expect(opened.identity).toMatchObject({ inode, size, modified, changed });
  });

  it("follows symbolic links that stay below the roots", () => {
    symlinkSync("../file", join(inside, "deep/link"));
    symlinkSync(join(inside, "deep"), join(inside, "absolute"));
    // ".." leads to the parent of the link's target, which is not the directory that holds the link.
    mkdirSync(join(inside, "deeper/down"), { recursive: true });
    symlinkSync("../deeper/down", join(inside, "deep/below"));
    writeFileSync(join(inside, "deeper/here"), "x");
    const after = open(`${inside}/deep/below/../here`);
    expect(after).toHaveProperty("descriptor");
    if (typeof after !== "string") closeSync(after.descriptor);
    expect(open(join(inside, "here"))).toBe("missing");
    const opened = open(`${inside}/absolute/./../deep//link`);
    expect(opened).toHaveProperty("descriptor");
    if (typeof opened !== "string") closeSync(opened.descriptor);
  });

  it("touches nothing below an excluded directory, even through links", () => {
    const excluded = join(inside, "excluded");
    mkdirSync(join(excluded, "below"), { recursive: true });
    writeFileSync(join(excluded, "below/file"), "x");
    symlinkSync("excluded/below", join(inside, "directory-link"));
    symlinkSync(join(excluded, "below/file"), join(inside, "file-link"));
    const ways = ["excluded/below/file", "directory-link/file", "file-link", "deep/../excluded/nothing"];
    for (const way of ways) expect(open(`${inside}/${way}`, [inside], [excluded])).toBe("excluded");
    // A common prefix of the name is not enough.
    writeFileSync(`${excluded}2`, "x");
    const other = open(`${excluded}2`, [inside], [excluded]);
    if (typeof other === "string") throw new Error(other);
    closeSync(other.descriptor);
  });

  it("opens names that are not UTF-8", () => {
    const name = Buffer.concat([Buffer.from(`${inside}/`), Buffer.from([0xff, 0xfe])]);
    writeFileSync(name, "x");
    const opened = open(name);
    expect(opened).toHaveProperty("descriptor");
    if (typeof opened !== "string") closeSync(opened.descriptor);
  });

  it.each([
    ["a file outside", () => join(outside, "secret"), "outside-roots"],
    ["dots that lead outside", () => `${inside}/deep/../../outside/secret`, "outside-roots"],
    ["a root's sibling with the root's name in front", () => `${inside}-not/file`, "missing"],
    ["nothing", () => join(inside, "nothing"), "missing"],
    ["a file used as a directory", () => join(inside, "file/x"), "missing"],
    ["a file with a slash at the end", () => `${inside}/file/`, "missing"],
    ["a file before dots", () => `${inside}/file/../file`, "missing"],
    ["a path that is longer than the kernel allows", () => `${inside}/${"./".repeat(2100)}file`, "missing"],
    ["a name that is too long", () => join(inside, "x".repeat(300)), "missing"],
    ["a directory", () => join(inside, "deep"), "not-regular"],
    ["a relative path", () => "file", "missing"],
    ["a path with a NUL", () => `${inside}/file\0x`, "missing"],
  ])("refuses %s", (_, path, refusal) => {
    expect(open(path())).toBe(refusal);
  });

  it("refuses symbolic links out of the roots, also inside a path, and loops", () => {
    symlinkSync(join(outside, "secret"), join(inside, "escape"));
    symlinkSync(outside, join(inside, "door"));
    symlinkSync("loop", join(inside, "loop"));
    expect(open(join(inside, "escape"))).toBe("outside-roots");
    expect(open(join(inside, "door/secret"))).toBe("outside-roots");
    expect(open(join(inside, "loop"))).toBe("missing");
  });

  it("never opens /proc, /sys and /dev, by name or by link, even below the root /", () => {
    symlinkSync("/proc/self/environ", join(inside, "environ"));
    for (const path of [
      "/proc/self/exe",
      "/proc/1/environ",
      "/sys/kernel/notes",
      "/dev/zero",
      join(inside, "environ"),
    ]) {
      expect(open(path, ["/"])).toBe("pseudo-file-system");
    }
  });

  it("goes by the file system, not by the text of a path: another procfs and sysfs are not opened", (context) => {
    for (const [type, file] of [
      ["proc", "self/environ"],
      ["sysfs", "kernel/notes"],
    ] as const) {
      const point = join(inside, `a-${type}`);
      mkdirSync(point);
      // The table of mounts, as cached from here on, does not know the new one.
      expect(open(join(point, file), ["/"])).toBe("missing");
      if (spawnSync("mount", ["-t", type, type, point]).status !== 0) return context.skip("it may not be mounted");
      try {
        const found = [open(join(point, file), ["/"])];
        // Long enough for the table to be read again.
        execFileSync("sleep", ["1.1"]);
        found.push(open(join(point, file), ["/"]), open(join(point, "nothing"), ["/"]));
        expect(found).toEqual(["pseudo-file-system", "pseudo-file-system", "pseudo-file-system"]);
      } finally {
        spawnSync("umount", ["-l", point]);
      }
    }
  });

  it("opens files in a tmpfs below /dev", (context) => {
    const types = parseMountinfo(readFileSync("/proc/self/mountinfo", "latin1"));
    if (types.get("/dev/shm")?.type !== "tmpfs") return context.skip("/dev/shm is not a tmpfs");
    const path = `/dev/shm/ogrt-test-${process.pid}`;
    writeFileSync(path, "x");
    try {
      const opened = open(path, ["/"]);
      expect(opened).toHaveProperty("descriptor");
      if (typeof opened !== "string") closeSync(opened.descriptor);
      expect(open(path.replace("/shm/", "/pts/../shm/"), ["/"])).toHaveProperty("descriptor");
      expect(open(path.replace("/shm/", "/zero/../shm/"), ["/"])).toBe("pseudo-file-system");
    } finally {
      rmSync(path);
    }
  });

  it("tells into which mounts a path leads before it touches them, and avoids those that the caller names", () => {
    symlinkSync("/proc/self/environ", join(inside, "to-proc"));
    const entered: string[] = [];
    const onMount = (point: string) => entered.push(point);
    expect(open(join(inside, "to-proc"), ["/"], [], { onMount })).toBe("pseudo-file-system");
    expect(entered.pop()).toBe("/proc");
    const own = parseMountinfo(readFileSync("/proc/self/mountinfo", "latin1"));
    const holder = mountOf(inside, own).point;
    // The mount that the text names; then the link begins anew at "/". "/proc" is not touched.
    expect(entered).toEqual(holder === "/" ? ["/"] : [holder, "/"]);
    expect(open(join(inside, "file"), [inside], [], { avoid: [holder] })).toBe("avoided");
  });

  it("ends at a limit where links lead back and forth", () => {
    mkdirSync(join(inside, "x"));
    const target = `${"x/../".repeat(700)}maze`;
    for (let link = 0; link < 6; link++)
      symlinkSync(target.replace("maze", `maze-${link + 1}`), join(inside, `maze-${link}`));
    writeFileSync(join(inside, "maze-6"), "x");
    expect(open(join(inside, "maze-0"))).toBe("limit-exceeded");
    const opened = open(join(inside, "maze-5"));
    if (typeof opened !== "string") closeSync(opened.descriptor);
    expect(opened).toHaveProperty("descriptor");
  });

  it("does not block on a FIFO and does not connect to a socket", async () => {
    execFileSync("mkfifo", [join(inside, "fifo")]);
    expect(open(join(inside, "fifo"))).toBe("not-regular");
    const server = createServer(() => {
      throw new Error("connected");
    });
    await new Promise<void>((resolve) => server.listen(join(inside, "socket"), resolve));
    expect(open(join(inside, "socket"))).toBe("not-regular");
    await new Promise((resolve) => server.close(resolve));
  });

  it("closes all descriptors when it refuses a path", () => {
    for (const path of ["file", "fifo", "deep", "nothing", "escape", "environ", "loop"]) {
      const opened = open(join(inside, path));
      if (typeof opened !== "string") closeSync(opened.descriptor);
    }
    const targets = readdirSync("/proc/self/fd").map((descriptor) => {
      try {
        return readlinkSync(`/proc/self/fd/${descriptor}`);
      } catch {
        return "";
      }
    });
    expect(targets.filter((target) => target.startsWith(folder))).toEqual([]);
  });
});

describe("the mount table", () => {
  it("is read in the kernel's format", () => {
    const types = parseMountinfo(readFileSync("/proc/self/mountinfo", "latin1"));
    // "/" may be missing: in a container it can be a plain directory of the host.
    expect(types.get("/proc")?.type).toBe("proc");
  });

  it("has escaped names and optional fields, and the last mount at a point counts", () => {
    const types = parseMountinfo(
      [
        "36 35 98:0 / /with\\040space rw,noatime master:1 shared:7 - ext4 /dev/root rw",
        "37 35 0:40 / /net rw - autofs /etc/auto.net rw",
        "38 37 0:41 / /net/a rw - nfs server:/a rw",
        "39 35 0:42 / /direct rw - autofs /etc/auto.direct rw",
        "40 39 0:43 / /direct rw - nfs4 server:/b rw",
        "41 35 0:44 / /home/u/m rw,nosuid shared:9 - fuse.sshfs u@h: rw,user_id=1000,group_id=1000,allow_other",
        "",
      ].join("\n"),
    );
    expect(Object.fromEntries(Array.from(types, ([point, { type }]) => [point, type]))).toEqual({
      "/with space": "ext4",
      "/net": "autofs",
      "/net/a": "nfs",
      "/direct": "nfs4",
      "/home/u/m": "fuse.sshfs",
    });
    expect(types.get("/home/u/m")?.fuseUser).toBe(1000);
  });
});

it("isBelow accepts a directory and what lies below it only", () => {
  const below = (path: string, directory: string) => isBelow(Buffer.from(path), Buffer.from(directory));
  expect(below("/a/b", "/a")).toBe(true);
  expect(below("/a", "/a")).toBe(true);
  expect(below("/a/b", "/a/")).toBe(true);
  expect(below("/ab", "/a")).toBe(false);
  expect(below("/", "/a")).toBe(false);
  expect(below("/anything", "/")).toBe(true);
});
