import { execFileSync, type SpawnSyncReturns, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, copyFileSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/folder.js";
import { freshUuid, have, run } from "../support/toolchain.js";
import { Agent, type AgentObject, blindness } from "./support/agent.js";
import { programs } from "./support/programs.js";

const blind = blindness();
if (blind !== undefined) console.warn(`skipped: what the agent sees: this machine lacks ${blind}`);

const folder = temporaryFolder();
const build = programs(folder);
const uuid = freshUuid();
const ENVIRONMENT = { PATH: "/usr/bin:/bin:/usr/sbin:/sbin" };
/** Programs that the agent sees in different forms: flags of the compiler. */
const KINDS: [kind: string, flags: string[]][] = [
  ["dynamic", []],
  ["static", ["-static"]],
  ["static-pie", ["-static-pie"]],
  ["without a build-id", ["-Wl,--build-id=none"]],
  ["with a build-id of 8 bytes", ["-Wl,--build-id=0x0123456789abcdef"]],
];

/** The build-id as GNU readelf shows it. */
const buildId = (path: string) => /Build ID: ([0-9a-f]+)/.exec(run("readelf", "-nW", path))?.[1] ?? null;

/** What an object of a file must look like: ground truth is stat(2) and readelf. */
function objectOf(path: string, signatures: string[]): Partial<AgentObject> {
  const { ino, dev } = statSync(path, { bigint: true });
  // As glibc's major() and minor().
  const major = ((dev >> 8n) & 0xfffn) | ((dev >> 32n) & ~0xfffn);
  const minor = (dev & 0xffn) | ((dev >> 12n) & ~0xffn);
  return { path, device: `${major}:${minor}`, inode: Number(ino), buildId: buildId(path), signatures };
}

describe.skipIf(blind !== undefined)("the agent", () => {
  let agent: Agent;
  let ending: string;
  let built: Record<string, string | undefined>;
  // Before the agent runs: nobody reads its lines during a call that waits.
  beforeAll(async () => {
    const musl = build.at("musl");
    ending = build.ending("ending", uuid);
    if (have("musl-gcc")) {
      run("musl-gcc", "-static", "-Wl,--build-id", "-o", musl, build.at("ending.c"), build.at("ending-stamp.s"));
    }
    built = {
      ...Object.fromEntries(
        KINDS.map(([kind, flags]) => [kind, build.ending(kind.replaceAll(/\W/g, "-"), uuid, ...flags)]),
      ),
      go: build.go(),
      musl: have("musl-gcc") ? musl : undefined,
      other: build.ending("other", freshUuid()),
      threads: build.threads(),
      forks: build.forks(),
      vforks: build.vforks(),
      nameless: build.nameless(),
    };
    agent = await Agent.start();
  }, 900_000);
  afterAll(async () => {
    const { lost } = await agent.stop();
    expect(lost["records"]).toBe(0);
  });

  /** Runs a command and returns its images. */
  async function images(command: string, args: string[], options: Parameters<typeof spawn>[2] = {}) {
    const child = spawn(command, args, { stdio: "ignore", env: ENVIRONMENT, ...options });
    const [status, signal] = (await once(child, "exit")) as [number | null, string | null];
    return { status, signal, images: await agent.images(child.pid ?? 0) };
  }
  const one = async (...args: Parameters<typeof images>) => {
    const { images: all, ...rest } = await images(...args);
    expect(all.map(({ start }) => start.name)).toHaveLength(1);
    return { ...rest, ...(all[0] as (typeof all)[number]) };
  };

  describe("tells of one start and one end", () => {
    it.each(KINDS)("of a program that is %s, with its build-id and stamp", async (kind) => {
      const program = built[kind] ?? "";
      const { start, end } = await one(program, ["3", "1000"], { cwd: folder });
      expect(start.objects[0]).toMatchObject(objectOf(program, [uuid]));
      expect(start).toMatchObject({
        executable: program,
        arguments: [program, "3", "1000"],
        directory: folder,
        uid: 0,
      });
      expect(end).toMatchObject({ by: "exit", exit: { status: 3 } });
      expect(end.usage?.peakRssKb).toBeGreaterThan(0);
    });

    it("of a Go program", async (context) => {
      const program = built["go"];
      if (program === undefined) {
        console.warn("skipped: a Go program: this machine lacks go");
        return context.skip();
      }
      const { start, end } = await one(program, []);
      // Go's linker puts the GNU build-id outside of the note segment, so neither the kernel nor a loader finds it.
      expect(start.objects[0]).toMatchObject({ ...objectOf(program, []), buildId: null });
      expect(end.exit).toEqual({ status: 0 });
    });

    it("of a musl program", async (context) => {
      const program = built["musl"];
      if (program === undefined) {
        console.warn("skipped: a musl program: this machine lacks musl-gcc");
        return context.skip();
      }
      expect((await one(program, [])).start.objects[0]).toMatchObject(objectOf(program, [uuid]));
    });

    it("with every shared object, whose build-ids the kernel has read", async () => {
      const { start } = await one(ending, ["0", "1000"]);
      const loaded = Array.from(run("ldd", ending).matchAll(/(\/\S+) \(0x/g), ([, path]) =>
        run("realpath", path ?? "").trim(),
      );
      expect(start.objects.map(({ path }) => path).sort()).toEqual([ending, ...loaded].sort());
      for (const object of start.objects)
        expect(object).toMatchObject({ buildId: buildId(object.path), signatures: expect.anything() });
      expect(start.objects.map(({ buildIdFrom }) => buildIdFrom)).toContain("kernel");
    });

    it("of a set-uid program, with both users", async () => {
      const program = build.at("set-uid");
      copyFileSync(ending, program);
      chmodSync(folder, 0o755);
      chmodSync(program, 0o4755);
      const { start, end } = await one(program, ["0", "1000"], { uid: 4321, gid: 4321 });
      expect(start).toMatchObject({ uid: 4321, effectiveUid: 0 });
      expect(start.objects[0]?.signatures).toEqual([uuid]);
      expect(end.exit).toEqual({ status: 0 });
    });

    it("of a program that only its owner can read", async () => {
      const program = build.at("private");
      copyFileSync(ending, program);
      chmodSync(program, 0o711);
      const { start } = await one(program, ["0", "1000"], { uid: 4321, gid: 4321 });
      expect(start.objects[0]).toMatchObject(objectOf(program, [uuid]));
    });

    it("of each image of a chain of execs, with env -i", async () => {
      const { images: all } = await images("/usr/bin/env", [
        "-i",
        "/bin/sh",
        "-c",
        `sleep 0.05; exec ${ending} 5 1000`,
      ]);
      expect(all.map(({ start, end }) => [start.name, end.by])).toEqual([
        ["env", "exec"],
        ["sh", "exec"],
        ["ending", "exit"],
      ]);
      expect(all.slice(1).map(({ start }) => start.parent)).toEqual(all.slice(0, -1).map(({ start }) => start.id));
      expect(all.at(-1)?.end.exit).toEqual({ status: 5 });
    });

    it("of a script, under its name, with its interpreter", async () => {
      const script = build.at("script");
      writeFileSync(script, "#!/bin/sh\n/bin/sleep 0.1\nexit 7\n", { mode: 0o755 });
      const { start, end } = await one(script, ["argument"]);
      expect(start).toMatchObject({ name: "script", arguments: ["/bin/sh", script, "argument"] });
      expect(start.objects[0]?.path).toBe(run("realpath", "/bin/sh").trim());
      expect(end.exit).toEqual({ status: 7 });
    });

    it.each(["memfd", "deleted"])("of an executable without a name (%s)", async (kind) => {
      const { images: all } = await images(built["nameless"] ?? "", [ending, "4", "1000"], { argv0: kind });
      expect(all).toHaveLength(2);
      const object = all[1]?.start.objects[0];
      expect(object?.path).toMatch(kind === "memfd" ? /^\/memfd:nameless \(deleted\)$/ : /ending\.copy \(deleted\)$/);
      expect(object).toMatchObject({ buildId: buildId(ending), signatures: [uuid] });
      expect(all[1]?.end.exit).toEqual({ status: 4 });
    });

    it("of a nameless executable that is gone at once, whose stamps are unknown or right, never empty", async () => {
      const { images: all } = await images(built["nameless"] ?? "", [ending, "0"], { argv0: "memfd" });
      const object = all[1]?.start.objects[0];
      expect(object?.buildId).toBe(buildId(ending));
      if (object?.signatures === null) expect(object.unknown).toBe("gone");
      else expect(object?.signatures).toEqual([uuid]);
    });

    it("of a program that another one replaced while it ran", async () => {
      const program = build.at("replaced");
      const other = built["other"] ?? "";
      copyFileSync(other, program);
      const before = objectOf(program, []);
      const child = spawn(program, ["0", "1000"], { stdio: "ignore" });
      run("rm", program);
      copyFileSync(ending, program);
      await once(child, "exit");
      const [image] = await agent.images(child.pid ?? 0);
      // That of the file which ran, or unknown: never that of the file which is there now.
      expect(image?.start.objects[0]?.buildId).toBe(before.buildId);
      expect(image?.start.objects[0]?.signatures ?? []).not.toContain(uuid);
    });

    it.each([
      ["unshare", ["--mount", "--pid", "--fork", "--ipc", "--uts", "--net", "--cgroup", "--user", "--map-root-user"]],
      ["unshare", ["--time", "--fork"]],
    ])("in namespaces of its own: %s %j", async (command, options) => {
      const before = agent.lines.length;
      const { images: all } = await images(command, [...options, "/bin/sh", "-c", `${ending} 6 1000; exit 6`]);
      const [image] = all;
      const child = agent.lines.slice(before).find((line) => line.type === "start" && line.name === "ending");
      if (child?.type !== "start") throw new Error("the program in the namespaces was not seen");
      expect(image?.end.exit).toEqual({ status: 6 });
      expect(child.objects[0]).toMatchObject(objectOf(ending, [uuid]));
      const wanted = options.filter((option) => option !== "--fork" && option !== "--map-root-user");
      const names = wanted.map((option) => option.slice(2).replace("mount", "mnt"));
      expect(Object.keys(child.namespaces ?? {}).sort()).toEqual(names.sort());
      if (options.includes("--pid")) expect(child.innerPid).toBeLessThan(10);
    });

    it("below another root directory", async () => {
      const program = built["static"] ?? "";
      mkdirSync(build.at("root/bin"), { recursive: true });
      copyFileSync(program, build.at("root/bin/rooted"));
      const { images: all } = await images("chroot", [build.at("root"), "/bin/rooted", "0", "1000"]);
      const image = all.at(-1);
      expect(image?.start).toMatchObject({ ownRoot: true });
      expect(image?.start.objects[0]).toMatchObject({ buildId: buildId(program), signatures: [uuid] });
    });

    it("in a sandbox of bubblewrap", async (context) => {
      if (!have("bwrap")) {
        console.warn("skipped: a sandbox: this machine lacks bwrap");
        return context.skip();
      }
      const program = built["static"] ?? "";
      const args = ["--unshare-all", "--tmpfs", "/", "--ro-bind", program, "/boxed", "/boxed", "8", "1000"];
      const { status } = spawnSync("bwrap", args);
      expect(status).toBe(8);
      const isBoxed = () => agent.lines.find((line) => line.type === "start" && line.name === "boxed");
      await agent.until(() => isBoxed() !== undefined, "the program in the sandbox");
      expect(isBoxed()).toMatchObject({ objects: [{ path: "/boxed", buildId: buildId(program), signatures: [uuid] }] });
    });
  });

  describe("tells how a process ended", () => {
    it("by SIGKILL", async () => {
      const { signal, end } = await one(ending, ["kill", "50"]);
      expect(signal).toBe("SIGKILL");
      expect(end.exit).toEqual({ signal: 9, coreDumped: false });
    });

    it("with a core dump, as wait(2) says", async () => {
      // The shell of coreutils tells nothing about cores; Python's os.WCOREDUMP is the ground truth.
      const code = `import os,sys\np=os.fork()\nif p==0: os.execv(sys.argv[1],[sys.argv[1],"core","50"])\ns=os.waitpid(p,0)[1]\nprint(p,int(os.WCOREDUMP(s)))`;
      const [pid, dumped] = execFileSync("/usr/bin/python3", ["-c", code, ending], { encoding: "utf8", cwd: folder })
        .trim()
        .split(" ")
        .map(Number);
      const [image] = await agent.images(pid ?? 0);
      expect(image?.end.exit).toEqual({ signal: 11, coreDumped: dumped === 1 });
    });

    it.each(["ended", "waiting"])("when a thread executes another program while the first one is %s", async (first) => {
      const { images: all } = await images(built["threads"] ?? "", [first, ending, "2", "1000"]);
      expect(all.map(({ start, end }) => [start.name, end.by])).toEqual([
        ["threads", "exec"],
        ["ending", "exit"],
      ]);
      expect(all[1]?.end.exit).toEqual({ status: 2 });
    });

    it("when its first thread has ended before the others", async () => {
      const { end } = await one(built["threads"] ?? "", []);
      expect(end).toMatchObject({ by: "exit", exit: { status: 0 }, usage: { threads: 9 } });
    });

    it.each([
      ["0", { ended: 40, running: 0, killed: 0, failed: 0, unknown: 0 }],
      ["5", { ended: 40, running: 0, killed: 0, failed: 40, unknown: 0 }],
      ["kill", { ended: 40, running: 0, killed: 40, failed: 0, unknown: 0 }],
    ])("of forks that execute nothing, in the end of their image: %s", async (how, forks) => {
      const { end } = await one(built["forks"] ?? "", ["40", how]);
      expect(end.forks).toMatchObject(forks);
    });

    it("of forks that outlive their process, later", async () => {
      const { start, end } = await one(built["forks"] ?? "", ["3", "outlive"]);
      expect(end.forks).toMatchObject({ ended: 0, running: 3 });
      const later = () => agent.lines.find((line) => line.type === "forks" && line.id === start.id);
      await agent.until(() => later() !== undefined, "the end of the forks");
      expect(later()).toMatchObject({ forks: { ended: 3, running: 0, failed: 0 } });
    });
  });

  it("gives the job of the environment, of which children without it are part", async () => {
    const env = { ...ENVIRONMENT, SLURM_JOB_ID: "4711", SLURM_STEP_ID: "2" };
    const { images: all } = await images("/bin/sh", ["-c", `sleep 0.1; env -i ${ending} 0 1000; :`], { env });
    expect(all[0]?.start.job).toMatchObject({ scheduler: "slurm", id: "4711", step: "2", from: "environment" });
    const child = agent.lines.find(
      (line) => line.type === "start" && line.parentPid === all[0]?.start.pid && line.name === "ending",
    );
    expect(child).toMatchObject({ job: { scheduler: "slurm", id: "4711", from: "parent" } });
  });

  it("marks processes that were there before, and tells of their end", async () => {
    const child: SpawnSyncReturns<string> | ReturnType<typeof spawn> = spawn(ending, ["3", "8000"], {
      stdio: "ignore",
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
    const late = await Agent.start();
    await late.until(() => late.starts(child.pid ?? 0).length > 0, "the process that exists");
    expect(late.starts(child.pid ?? 0)).toMatchObject([
      { existed: true, executable: ending, objects: [objectOf(ending, [uuid]), {}, {}] },
    ]);
    const [{ start, end } = { start: undefined, end: undefined }] = await late.images(child.pid ?? 0);
    expect([start?.name, end?.exit]).toEqual(["ending", { status: 3 }]);
    await late.stop();
  });

  it("runs as nobody, with three capabilities, under a filter", () => {
    const status = run("cat", `/proc/${agent.child.pid}/status`);
    expect(status).toMatch(/^Uid:\t65534\t65534\t65534\t65534$/m);
    // CAP_DAC_READ_SEARCH, CAP_SYS_PTRACE, CAP_CHECKPOINT_RESTORE.
    expect(status).toMatch(/^CapPrm:\t0000010000080004$/m);
    expect(status).toMatch(/^NoNewPrivs:\t1$/m);
    expect(status).toMatch(/^Seccomp:\t2$/m);
    const reader = run("sh", "-c", `cat /proc/${agent.child.pid}/task/*/children`).trim();
    const parsing = run("cat", `/proc/${reader}/status`);
    expect(parsing).toMatch(/^Uid:\t65534\t/m);
    expect(parsing).toMatch(/^CapPrm:\t0+$/m);
    expect(parsing).toMatch(/^Seccomp_filters:\t2$/m);
    expect(run("sh", "-c", `ls /proc/${reader}/fd | wc -l`).trim()).toBe("1");
  });

  it("counts a storm within its losses: starts ≤ execs ≤ starts + lost records", { timeout: 600_000 }, async () => {
    const storm = built["vforks"] ?? "";
    const before = agent.lines.length;
    const child = spawn(storm, ["4000"], { stdio: ["ignore", "pipe", "ignore"] });
    let output = "";
    child.stdout?.on("data", (bytes) => {
      output += bytes;
    });
    await once(child, "close");
    await agent.images(child.pid ?? 0);
    const execs = Number(output);
    expect(execs).toBe(4000);
    const of = agent.lines
      .slice(before)
      .filter((line) => line.type === "start" && line.parentPid === child.pid && line.name === "true");
    const starts = of.length;
    expect(starts).toBeLessThanOrEqual(execs);
    const ids = new Set(of.map((line) => ("id" in line ? line.id : "")));
    const ends = agent.lines.filter((line) => line.type === "end" && ids.has(line.id));
    expect(ends).toHaveLength(starts);
    await agent.until(() => agent.lines.slice(before).some(({ type }) => type === "heartbeat"), "a heartbeat");
    const beat = agent.lines.findLast((line) => line.type === "heartbeat");
    const lost = beat?.type === "heartbeat" ? beat.lost : {};
    const sum = (lost["perfRecords"] ?? 0) + (lost["events"] ?? 0) + (lost["processes"] ?? 0);
    expect(execs).toBeLessThanOrEqual(starts + sum);
  });
});
