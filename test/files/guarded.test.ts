import { execFileSync } from "node:child_process";
import {
  closeSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isBelow, openGuarded } from "../../lib/files/guarded.js";
import { parseMountinfo } from "../../lib/files/mounts.js";
import { temporaryFolder } from "../support/folder.js";

const folder = temporaryFolder();
const inside = join(folder, "root");
const outside = join(folder, "outside");
for (const directory of [inside, outside, join(inside, "deep")]) mkdirSync(directory, { recursive: true });
writeFileSync(join(inside, "file"), "content");
writeFileSync(join(outside, "secret"), "secret");
const open = (path: string | Buffer, roots = [inside], excluded: string[] = []) =>
  openGuarded(Buffer.from(path), { roots, excluded });

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
    const opened = open(join(inside, "absolute/./../deep//link"));
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
      expect(open(path, ["/"])).toBe("outside-roots");
    }
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
    expect(types.get("/proc")).toBe("proc");
  });

  it("has escaped names and optional fields, and the last mount at a point counts", () => {
    const types = parseMountinfo(
      [
        "36 35 98:0 / /with\\040space rw,noatime master:1 shared:7 - ext4 /dev/root rw",
        "37 35 0:40 / /net rw - autofs /etc/auto.net rw",
        "38 37 0:41 / /net/a rw - nfs server:/a rw",
        "39 35 0:42 / /direct rw - autofs /etc/auto.direct rw",
        "40 39 0:43 / /direct rw - nfs4 server:/b rw",
        "",
      ].join("\n"),
    );
    expect(Object.fromEntries(types)).toEqual({
      "/with space": "ext4",
      "/net": "autofs",
      "/net/a": "nfs",
      "/direct": "nfs4",
    });
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
