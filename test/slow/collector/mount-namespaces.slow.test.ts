import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, statSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { readMounts } from "../../../lib/files/mounts.js";
import { encodeMessage } from "../../../lib/wire/index.js";
import { builtLibrary } from "../../native-preload/support/library.js";
import { type RunningCollector, sharedCollector, startCollectorBy } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { lacking, populateRoot, withMounts, withRoot } from "../../support/namespaces.js";
import { freshUuid, run, source, stampFile } from "../../support/toolchain.js";
import { object, processStart } from "../../wire/samples.js";

/*
 * Ground truth: at most paths lies one build for the host, and another one for a process in a mount namespace. A verdict
 * on the host's file would be wrong about the process.
 */

// Not below /tmp, which jobs have for themselves.
const folder = temporaryFolder("/var/tmp");
const inTmp = temporaryFolder("/tmp");
const at = (...names: string[]) => join(folder, ...names);
for (const name of ["local", "shared", "other"]) mkdirSync(at(name));

/** A stamped program with a stamped library beside it. */
function build(directory: string): void {
  const stamps = ["program.s", "library.s"].map((name) => stampFile(folder, name, freshUuid())) as [string, string];
  const [main, answer] = [
    source(folder, "main.c", "int answer(void);\nint main(void) { return answer() == 42 ? 0 : 1; }\n"),
    source(folder, "answer.c", "int answer(void) { return 42; }\n"),
  ];
  const library = join(directory, "libanswer.so");
  run("gcc", "-shared", "-fPIC", "-Wl,-soname,libanswer.so", "-Wl,--build-id", "-o", library, answer, stamps[1]);
  run("gcc", "-Wl,--build-id", "-o", join(directory, "app"), main, library, stamps[0]);
}
for (const directory of [at("local"), at("shared"), at("other"), inTmp]) build(directory);
const preload = at("libogrt.so");
copyFileSync(builtLibrary(), preload);

const collector = sharedCollector(at("data"), () => ["--shared-root", at("shared"), "--verdict-deadline", "60000"]);
let jobs = 0;
let frames = 0;

/** Runs a program, by way of other commands, and returns the verdicts on it and on its library. */
async function verdictsOn(program: string, within: (command: string[]) => readonly string[] = (command) => command) {
  const job = `${++jobs}`;
  const port = new URL(`udp://${collector().where.udp[0]}`).port;
  const beside = `LD_LIBRARY_PATH=${dirname(program)}`;
  const settings = [beside, `OGRT_SERVER=udp://127.0.0.1:${port}`, "OGRT_ACTIVE=1", `OGRT_JOB_ID=${job}`];
  const [file = "", ...args] = within(["/usr/bin/env", `LD_PRELOAD=${preload}`, ...settings, program]);
  const { status, stderr } = spawnSync(file, args, { encoding: "utf8" });
  expect([status, stderr]).toEqual([0, ""]);
  frames += 2;
  await collector().waitForFrames(frames);
  const { processes } = await collector().json(`/api/v1/jobs/${job}`);
  expect(processes).toHaveLength(1);
  type Found = { path: string; verdict: string; reason: string | null };
  const objects = processes[0].objects as Found[];
  const text = ({ verdict, reason }: Found) => (reason === null ? verdict : `${verdict} (${reason})`);
  const library = objects.find(({ path }) => path.endsWith("/libanswer.so")) as Found;
  const libc = objects.find(({ path }) => path.endsWith("/libc.so.6")) as Found;
  return [processes[0].program as Found, library, libc].map(text);
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}

const UNCHECKED = "unchecked (mount-namespace)";
const asHost = ["verified", "verified", "unsigned"];
const inNamespace = (setup: string) => (command: string[]) => withMounts(setup, command);

const missing = lacking();
if (missing !== undefined) console.warn(`skipped: mount namespaces: this machine lacks ${missing}`);
const hasBubblewrap = spawnSync("bwrap", ["--ro-bind", "/", "/", "true"]).status === 0;
if (!hasBubblewrap) console.warn("skipped: bubblewrap: bwrap does not run here");

describe.skipIf(missing !== undefined)("a process in a mount namespace of its own", () => {
  it("has the verdicts of the host where its files are the same", async () => {
    for (const directory of [at("local"), at("shared"), inTmp]) {
      expect(await verdictsOn(join(directory, "app"))).toEqual(asHost);
    }
    expect(await verdictsOn(at("local/app"), inNamespace("true"))).toEqual(asHost);
    expect(await verdictsOn(at("shared/app"), inNamespace("true"))).toEqual(asHost);
  });

  // As Slurm's job_container/tmpfs, and systemd's PrivateTmp= but for /dev/shm.
  it("with a private /tmp keeps its verdicts elsewhere", async () => {
    const aside = at("other");
    const layout = `mount -t tmpfs none /tmp && mount -t tmpfs none /dev/shm && mkdir ${inTmp} && cp ${aside}/* ${inTmp}`;
    expect(await verdictsOn(at("local/app"), inNamespace(layout))).toEqual(asHost);
    expect(await verdictsOn(at("shared/app"), inNamespace(layout))).toEqual(asHost);
    expect(await verdictsOn(join(inTmp, "app"), inNamespace(layout))).toEqual([UNCHECKED, UNCHECKED, "unsigned"]);
    const elsewhere = "/tmp/nowhere-else";
    const fresh = `mount -t tmpfs none /tmp && cp -r ${aside} ${elsewhere}`;
    expect(await verdictsOn(`${elsewhere}/app`, inNamespace(fresh))).toEqual([UNCHECKED, UNCHECKED, "unsigned"]);
  });

  it("is not compared with files that it does not see", async () => {
    const bound = inNamespace(`mount --bind ${at("other")} ${at("local")}`);
    expect(await verdictsOn(at("local/app"), bound)).toEqual([UNCHECKED, UNCHECKED, "unsigned"]);
    const one = inNamespace(`mount --bind ${at("other/libanswer.so")} ${at("local/libanswer.so")}`);
    expect(await verdictsOn(at("local/app"), one)).toEqual(["verified", UNCHECKED, "unsigned"]);
    const overlaid = inNamespace(
      `mount -t tmpfs none /mnt && mkdir /mnt/up /mnt/work && cp ${at("other")}/* /mnt/up && ` +
        `mount -t overlay -o lowerdir=${at("local")},upperdir=/mnt/up,workdir=/mnt/work none ${at("local")}`,
    );
    expect(await verdictsOn(at("local/app"), overlaid)).toEqual([UNCHECKED, UNCHECKED, "unsigned"]);
  });

  it("is not compared below a shared root where device and inode of the program differ", async () => {
    const bound = inNamespace(`mount --bind ${at("other/app")} ${at("shared/app")}`);
    expect(await verdictsOn(at("shared/app"), bound)).toEqual([UNCHECKED, "verified", "unsigned"]);
    const all = inNamespace(`mount --bind ${at("other")} ${at("shared")}`);
    expect(await verdictsOn(at("shared/app"), all)).toEqual([UNCHECKED, UNCHECKED, "unsigned"]);
    const copied = inNamespace(`mount -t tmpfs none ${at("local")} && cp ${at("shared")}/* ${at("local")}`);
    expect((await verdictsOn(at("local/app"), copied))[0]).toBe(UNCHECKED);
  });

  it("with another root directory is not compared with files of the host", async () => {
    const root = at("root");
    for (const name of ["app", "libanswer.so"]) copy(at("other", name), join(root, at("local", name)));
    populateRoot(root, ["/usr/bin/env", preload]);
    const chroot = (command: string[]) => withRoot(root, command);
    expect(await verdictsOn(at("local/app"), chroot)).toEqual([UNCHECKED, UNCHECKED, UNCHECKED]);
    // The shared root is mounted there, too: the same files.
    mkdirSync(join(root, at("shared")), { recursive: true });
    const bound = (command: string[]) =>
      withMounts(`mount --bind ${at("shared")} ${join(root, at("shared"))}`, ["chroot", root, ...command]);
    expect(await verdictsOn(at("shared/app"), bound)).toEqual(["verified", "verified", UNCHECKED]);
    const faked = (command: string[]) =>
      withMounts(`mount --bind ${at("other")} ${join(root, at("shared"))}`, ["chroot", root, ...command]);
    expect(await verdictsOn(at("shared/app"), faked)).toEqual([UNCHECKED, UNCHECKED, UNCHECKED]);
  });

  it.skipIf(!hasBubblewrap)("by bubblewrap", async () => {
    const within =
      (...options: string[]) =>
      (command: string[]) => ["bwrap", ...options, ...command];
    expect(await verdictsOn(at("local/app"), within("--ro-bind", "/", "/"))).toEqual(asHost);
    const bound = within("--ro-bind", "/", "/", "--ro-bind", at("other"), at("local"));
    expect(await verdictsOn(at("local/app"), bound)).toEqual([UNCHECKED, UNCHECKED, "unsigned"]);
    const links = ["bin", "lib", "lib64"].flatMap((name) => ["--symlink", `usr/${name}`, `/${name}`]);
    const emptied = ["--ro-bind", "/usr", "/usr", ...links, "--ro-bind", folder, folder];
    expect(await verdictsOn(at("local/app"), within(...emptied))).toEqual([UNCHECKED, UNCHECKED, UNCHECKED]);
    expect(await verdictsOn(at("shared/app"), within(...emptied))).toEqual(["verified", "verified", UNCHECKED]);
  });
});

describe.skipIf(missing !== undefined)("a collector", () => {
  const { dev: device, ino: inode } = statSync("/", { bigint: true });
  const path = at("local/app");
  const reported = (mountId: bigint) =>
    processStart({
      host: hostname(),
      job: "1",
      program: object(path, [freshUuid()]),
      objects: [],
      root: { device, inode, mountId },
    });
  const hostMount = BigInt(readMounts(1).get("/")?.id ?? 0);

  /** The verdicts on a stamp that the file does not have: from the host, and from another namespace. */
  async function verdictsBy(running: RunningCollector): Promise<string[]> {
    await running.send(encodeMessage(reported(hostMount)), encodeMessage(reported(hostMount + 1_000_000n)));
    await running.waitForFrames(2);
    const { processes } = await running.json("/api/v1/jobs/1");
    return processes.map(({ program }: { program: { verdict: string } }) => program.verdict).sort();
  }

  it("in a mount namespace of its own, as service managers give it, knows the processes of the host", async () => {
    const [command = "", ...args] = withMounts("true", []);
    const running = await startCollectorBy([command, ...args], at("own"), "--verdict-deadline", "60000");
    expect(await verdictsBy(running)).toEqual(["mismatch", "unchecked"]);
    expect(running.log().map(({ event }) => event)).not.toContain("mount-namespaces-unknown");
  });

  it("that cannot see process 1 says so, and compares as it did before", async () => {
    const [command = "", ...args] = withMounts("mount --bind /mnt /proc/1", []);
    const running = await startCollectorBy([command, ...args], at("blind"), "--verdict-deadline", "60000");
    expect(await verdictsBy(running)).toEqual(["mismatch", "mismatch"]);
    expect(running.log().map(({ event }) => event)).toContain("mount-namespaces-unknown");
  });
});
