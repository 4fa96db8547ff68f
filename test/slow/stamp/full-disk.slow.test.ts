import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { buildWrapper, launch } from "../../native-ld/support/wrapper.js";
import { temporaryFolder } from "../../support/folder.js";
import { run, source } from "../../support/toolchain.js";
import { toolPath } from "../../support/tools.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
/** A new mount namespace, as root or, if the kernel allows it, as a user. */
const own = process.geteuid?.() === 0 ? ["unshare", "-m"] : ["unshare", "-rm"];
const possible = launch(folder, [...own, "true"]).status === 0;

/** Runs shell commands in which $DISK is a file system of 64 KiB that is full until `free` frees space. */
function onFullDisk(script: string) {
  mkdirSync(at("disk"), { recursive: true });
  const prepare = `set -u; DISK='${at("disk")}'; mount -t tmpfs -o size=64k none "$DISK" || exit 99
    cd "$DISK"; free() { rm -f filler; }; head -c 1000000 /dev/zero > filler 2> /dev/null`;
  return launch(folder, [...own, "sh", "-c", `${prepare}\n${script}`], { NODE: process.execPath });
}
const stamp = `"$NODE" '${toolPath("ogrt-stamp")}'`;

describe.skipIf(!possible)("a full disk", () => {
  it("leaves no partial file and keeps an old stamp", () => {
    const { stdout, stderr } = onFullDisk(`
      : > old.s
      ${stamp} -o "$DISK/stamp.s"; echo $?
      ${stamp} -o "$DISK/old.s"; echo $?
      ls -A; wc -c < old.s`);
    expect(stdout.split(/\s+/)).toEqual(["3", "3", "filler", "old.s", "0", ""]);
    expect(stderr).toMatch(/^(ogrt-stamp: .*no space left on the device\n){2}$/);
  });

  it("is reported for a register, which continues when there is space again", () => {
    const { stdout, stderr } = onFullDisk(`
      ${stamp} --register "$DISK" -o /dev/null; echo $?
      free
      ${stamp} --register "$DISK" -o /dev/null; echo $?
      ${stamp} --register "$DISK" -o /dev/null; echo $?
      grep -c '^{.*}$' *.jsonl`);
    expect(stdout.split(/\s+/)).toEqual(["3", "0", "0", "2", ""]);
    expect(stderr).toMatch(/^ogrt-stamp: .*no space left on the device\n$/);
  });

  it("does not keep ogrt-ld from stamping, and leaves no temporary file", () => {
    const bin = buildWrapper(folder);
    run("gcc", "-c", "-o", at("start.o"), source(folder, "start.c", "void _start(void) { for (;;); }\n"));
    const { stdout, stderr } = onFullDisk(`
      TMPDIR="$DISK" OGRT_LD_REGISTER="$DISK" '${bin}/ld' -e _start -o '${at("out")}' '${at("start.o")}'; echo $?
      readelf -n '${at("out")}' | grep -c OGRT
      ls -A | grep -v jsonl`);
    expect(stdout.split(/\s+/)).toEqual(["0", "1", "filler", ""]);
    expect(stderr).toMatch(
      /^ogrt-ld: linked .* with a stamp, but cannot write to the register [^\n]*No space left on device\n$/,
    );
  });
});
