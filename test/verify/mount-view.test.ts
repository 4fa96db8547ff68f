import { copyFileSync, mkdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import {
  decide,
  examine,
  type HostRoot,
  mountViewOf,
  type Reporter,
  reconciled,
  type VerifyFinding,
} from "../../lib/verify/index.js";
import { temporaryFolder } from "../support/folder.js";
import { freshUuid, run, source, stampFile } from "../support/toolchain.js";

const host: HostRoot = { device: 5n, inode: 2n, mountIds: [27n, 90n] };

it.each([
  ["an old client, which tells nothing", undefined, undefined],
  ["the host", { device: 5n, inode: 2n, mountId: 27n }, undefined],
  ["the namespace of the collector", { device: 5n, inode: 2n, mountId: 90n }, undefined],
  ["a kernel that does not tell the mount", { device: 5n, inode: 2n, mountId: undefined }, undefined],
  ["a mount namespace", { device: 5n, inode: 2n, mountId: 43n }, "own-mounts"],
  ["chroot on the same mount", { device: 5n, inode: 77n, mountId: 27n }, "other-root"],
  [
    "a root directory with the same inode in another file system",
    { device: 6n, inode: 2n, mountId: 43n },
    "other-root",
  ],
])("the view of a process from %s", (_, root, view) => {
  expect(mountViewOf(root, host)).toBe(view);
});

it("mounts are not compared when those of the host are unknown, but root directories are", () => {
  const unknown = { ...host, mountIds: [] };
  expect(mountViewOf({ device: 5n, inode: 2n, mountId: 43n }, unknown)).toBeUndefined();
  expect(mountViewOf({ device: 5n, inode: 3n, mountId: 43n }, unknown)).toBe("other-root");
  expect(mountViewOf({ device: 5n, inode: 3n, mountId: 43n }, undefined)).toBeUndefined();
});

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const main = source(folder, "main.c", "int main(void) { return 0; }\n");
const [stamp, other] = [freshUuid(), freshUuid()];
run("gcc", "-Wl,--build-id=0x11", "-o", at("program"), main, stampFile(folder, "stamp.s", stamp));
run("gcc", "-Wl,--build-id=0x22", "-o", at("unsigned"), main);
run("gcc", "-Wl,--build-id=none", "-o", at("anonymous"), main);
const later = BigInt(Date.now() + 60_000) * 1_000_000n;

/** [verdict, reason or comparison] for a report of one of the files above. */
function verdictOn(
  name: string,
  signatures: string[],
  buildId: string | undefined,
  by: Partial<Reporter>,
  shared = false,
) {
  const path = at(name);
  const reporter = { host: "here", startedBefore: later, firstSignatureOnly: false, ...by };
  const found = examine({ path: Buffer.from(path), roots: [folder] });
  const { verdict, reason, compared } = decide({ path, signatures, buildId }, reporter, found, shared ? [folder] : []);
  return [verdict, ...(reason === undefined ? [] : [reason]), ...(compared === undefined ? [] : [compared])].join(" ");
}
const UNCHECKED = "unchecked mount-namespace";

// Reports as a process could send them, and the verdicts: of the host; with mounts of its own, below a shared root and not;
// with another root directory.
it.each<[string, string, string[], string | undefined, string, string, string, string]>([
  ["the same build", "program", [stamp], "11", "verified", "verified", "verified", "verified"],
  ["the same unsigned build", "unsigned", [], "22", "unsigned", "unsigned", "unsigned", "unsigned"],
  ["nothing, like the file here", "anonymous", [], undefined, "unsigned", "unsigned", UNCHECKED, UNCHECKED],
  ["another build-id", "program", [stamp], "12", "mismatch", "mismatch", UNCHECKED, UNCHECKED],
  ["another stamp", "program", [other], "11", "mismatch", "mismatch", UNCHECKED, UNCHECKED],
  ["a stamp that is not here", "unsigned", [stamp], "22", "stripped", "stripped", UNCHECKED, UNCHECKED],
  ["no stamp", "program", [], "11", "unreported", "unreported", UNCHECKED, UNCHECKED],
  ["a file that is not here", "nowhere", [stamp], "11", "missing", UNCHECKED, UNCHECKED, UNCHECKED],
  ["a text that is no UUID", "program", ["x"], "11", "malformed", "malformed", "malformed", "malformed"],
])("a report of %s", (_, name, signatures, buildId, ofHost, shared, ofMounts, ofRoot) => {
  expect([
    verdictOn(name, signatures, buildId, {}),
    verdictOn(name, signatures, buildId, { mountView: "own-mounts" }, true),
    verdictOn(name, signatures, buildId, { mountView: "own-mounts" }),
    verdictOn(name, signatures, buildId, { mountView: "other-root" }, true),
  ]).toEqual([ofHost, shared, ofMounts, ofRoot]);
});

it("the program's device and inode decide, where they are known", () => {
  const { dev, ino } = statSync(at("program"), { bigint: true });
  const by = (device: bigint, inode: bigint, mountView: "own-mounts" | "other-root") => ({
    mountView,
    program: { path: at("program"), device, inode },
  });
  for (const view of ["own-mounts", "other-root"] as const) {
    expect(verdictOn("program", [other], "11", by(dev, ino, view))).toBe("mismatch");
    expect(verdictOn("program", [stamp], "11", by(dev, ino + 1n, view), true)).toBe(UNCHECKED);
    expect(verdictOn("program", [stamp], "11", by(dev + 1n, ino, view), true)).toBe(UNCHECKED);
    // They say nothing about other objects.
    expect(verdictOn("unsigned", [], "22", by(dev, ino + 1n, view), true)).toBe("unsigned");
  }
});

it("a program that was replaced after the start is changed", () => {
  mkdirSync(at("late"));
  copyFileSync(at("program"), at("late/program"));
  const { dev, ino } = statSync(at("late/program"), { bigint: true });
  copyFileSync(at("program"), at("late/new"));
  rmSync(at("late/program"));
  copyFileSync(at("late/new"), at("late/program"));
  const program = { path: at("late/program"), device: dev, inode: ino + 1n };
  const by = { mountView: "own-mounts", startedBefore: 1n, program } as const;
  expect(verdictOn("late/program", [other], "11", by, true)).toBe("changed mismatch");
  expect(verdictOn("late/program", [other], "11", by)).toBe(UNCHECKED);
  expect(verdictOn("late/program", [stamp], "11", by)).toBe("changed verified");
  expect(verdictOn("late/program", [stamp], "11", { ...by, program: { ...program, device: dev + 1n } }, true)).toBe(
    UNCHECKED,
  );
});

it.each([
  ["overload", UNCHECKED, "overload"],
  ["timeout", UNCHECKED, "timeout"],
  ["policy", "unchecked policy", "policy"],
] as const)("an object that was not examined because of %s", (reason, ofMounts, shared) => {
  const reported = { path: at("program"), signatures: [stamp], buildId: "11" };
  const reporter = { host: "here", startedBefore: later, firstSignatureOnly: false, mountView: "own-mounts" } as const;
  const found = { state: "unchecked", reason } as const;
  const text = (roots: string[]) =>
    Object.values(decide(reported, reporter, found, roots))
      .filter(Boolean)
      .join(" ");
  expect([text([]), text([folder])]).toEqual([ofMounts, `unchecked ${shared}`]);
});

it("a shared root below which the program is another file is not shared with the process", () => {
  const reported = (path: string, buildId?: string) => ({ path, signatures: [], buildId });
  const objects = [reported("/sw/a.so"), reported("/sw/b.so", "22"), reported("/usr/c.so"), reported("/data/d.so")];
  const finding = (verdict: VerifyFinding["verdict"], buildId?: string): VerifyFinding => ({
    verdict,
    reason: undefined,
    compared: undefined,
    onDisk: { signatures: [], buildId },
  });
  const findings = [finding("mismatch"), finding("unsigned", "22"), finding("mismatch"), finding("mismatch")];
  const by = (path: string): Reporter => ({
    host: "here",
    startedBefore: later,
    firstSignatureOnly: false,
    mountView: "own-mounts",
    program: { path, device: 1n, inode: 1n },
  });
  const verdicts = (path: string, program: VerifyFinding["verdict"]) =>
    reconciled(objects, findings, by(path), finding(program), ["/sw", "/data"]).map(({ verdict }) => verdict);
  expect(verdicts("/sw/app", "unchecked")).toEqual(["unchecked", "unsigned", "mismatch", "mismatch"]);
  expect(verdicts("/sw/app", "verified")).toEqual(["mismatch", "unsigned", "mismatch", "mismatch"]);
  expect(verdicts("/opt/app", "unchecked")).toEqual(["mismatch", "unsigned", "mismatch", "mismatch"]);
});
