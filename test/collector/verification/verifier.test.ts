import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { EXAMINATION_DEFAULTS, type ExaminationOptions } from "../../../lib/collector/verification/examinations.js";
import { normalized } from "../../../lib/collector/verification/file-cache.js";
import { Verifier } from "../../../lib/collector/verification/verifier.js";
import { encodeMessage, type ObjectReport, type ProcessStart } from "../../../lib/wire/index.js";
import { type RunningCollector, startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { freshUuid, run, source, stampFile } from "../../support/toolchain.js";
import { root } from "../../support/tools.js";
import { object, processStart } from "../../wire/samples.js";

const folder = temporaryFolder();
let stores = 0;
const start = (...options: string[]) => startCollector(join(folder, `data-${stores++}`), ...options);
const code = source(folder, "main.c", "int main(void) { return 0; }\n");

const failures: (string | undefined)[] = [];
const open: Verifier[] = [];
function makeVerifier(options: Partial<ExaminationOptions> = {}): Verifier {
  const events = { onFault: () => {}, onFailure: (failure: string | undefined) => failures.push(failure) };
  const scope = { host: "here", roots: ["/"], sharedRoots: [] };
  const verifier = new Verifier(scope, { ...EXAMINATION_DEFAULTS, ...options }, events);
  open.push(verifier);
  return verifier;
}

afterEach(async () => {
  for (const verifier of open.splice(0)) verifier.close();
  while (examiners().length > 0) await new Promise((resolve) => setTimeout(resolve, 10));
});

/** Reasons, or else verdicts, for a process that starts now. */
function verify(verifier: Verifier, objects: readonly ObjectReport[], sender = "192.0.2.1") {
  // Date.now() is rounded down: a file changed in the same millisecond would count as changed later.
  const startedBefore = BigInt(Date.now() + 1) * 1_000_000n;
  const reporter = { host: "here", startedBefore, firstSignatureOnly: false };
  return new Promise<string[]>((resolve) =>
    verifier.verify(objects, reporter, { sender, user: undefined }, (findings) =>
      resolve(findings.map(({ reason, verdict }) => reason ?? verdict)),
    ),
  );
}

describe("a verifier", () => {
  it("gives `overload` to one process only, not to all processes with the same objects", async () => {
    const verifier = makeVerifier({ children: 1, maxWaitMs: 100 });
    expect(await verify(verifier, [object("/nowhere")])).toEqual(["missing"]);
    const [child = 0] = examiners();
    process.kill(child, "SIGSTOP");
    // More than the child has at once.
    const lists = Array.from({ length: 100 }, (_, index) => [object(`/nowhere/${index}`)]);
    const results = lists.map((list) => verify(verifier, list));
    expect(await results.at(-1)).toEqual(["overload"]);
    process.kill(child, "SIGCONT");
    // Those behind the first wait as the last one does, once the child is found to be slow.
    expect(await results[0]).toEqual(["missing"]);
    await Promise.all(results);
    expect(await verify(verifier, lists.at(-1) ?? [])).toEqual(["missing"]);
  });

  it("goes on when a file system hangs: that file is unchecked, the others are verified", async () => {
    const verifier = makeVerifier({ fileTimeoutMs: 1000 });
    const reasons = (...paths: string[]) =>
      verify(
        verifier,
        paths.map((path) => object(path)),
      );
    expect(await reasons("/bin/sh", "/nowhere")).toEqual(["unsigned", "missing"]);
    // A stopped process stands in for one that waits for a dead file server.
    for (const pid of examiners()) process.kill(pid, "SIGSTOP");
    const found = await reasons(...Array.from({ length: 20 }, (_, index) => `/nowhere/${index}`), "/bin/ls");
    const unchecked = found.filter((reason) => reason === "timeout");
    // One for each child that hung. New children examined the other files.
    expect(unchecked.length).toBeGreaterThanOrEqual(1);
    expect(unchecked.length).toBeLessThanOrEqual(2);
    expect(found.filter((verdict) => verdict === "missing").length).toBeGreaterThanOrEqual(18);
    expect(await reasons("/bin/cat")).toEqual(["unsigned"]);
  });

  it("gives files behind one that hangs to another child, and takes its result when it goes on", async () => {
    const verifier = makeVerifier({ fileTimeoutMs: 10_000 });
    // More than one child has at once, until the other one has started.
    for (let round = 0; examiners().length < 2 && round < 100; round++) {
      const objects = Array.from({ length: 200 }, (_, index) => object(`/nowhere/warm/${round}/${index}`));
      // A sender of its own, since a sender of too many missing files is refused, which takes no time at all.
      await verify(verifier, objects, `sender ${round}`);
    }
    const [first = 0, second] = examiners();
    process.kill(first, "SIGSTOP");
    // More than one child has at once.
    const results = Array.from({ length: 200 }, (_, index) => verify(verifier, [object(`/nowhere/${index}`)]));
    let answers = 0;
    for (const result of results) void result.then(() => answers++);
    // All but the one that the stopped child works on, if it has any, come from the other.
    while (answers < results.length - 1) await new Promise((resolve) => setTimeout(resolve, 10));
    process.kill(first, "SIGCONT");
    expect(await Promise.all(results)).toEqual(results.map(() => ["missing"]));
    expect(examiners()).toEqual([first, second]);
    expect(await verify(verifier, [object("/bin/sh"), object("/bin/ls")])).toEqual(["unsigned", "unsigned"]);
  });

  it("calls back even after it was closed", async () => {
    const verifier = makeVerifier();
    verifier.close();
    expect(await verify(verifier, [object("/nowhere")])).toEqual(["timeout"]);
  });
});

it("a path is normalized where that cannot change its meaning", () => {
  const paths = [
    "/a/b",
    "//a///b",
    "/a/./b",
    "/./a/././/b",
    "/a/../b",
    "/a/.b/..c",
    "/a/b/",
    "/a/b//",
    "/a/b/.",
    "/a/b/./",
  ];
  expect(paths.map(normalized)).toEqual([
    "/a/b",
    "/a/b",
    "/a/b",
    "/a/b",
    "/a/../b",
    "/a/.b/..c",
    "/a/b/",
    "/a/b/",
    "/a/b/.",
    "/a/b/",
  ]);
});

describe("an examination", () => {
  it("that began before the process does not give a verdict on it", async () => {
    const verifier = makeVerifier({ children: 1 });
    const [first, second] = [freshUuid(), freshUuid()];
    const path = join(folder, "swapped");
    for (const [name, stamp] of Object.entries({ first, second })) {
      run("gcc", "-o", join(folder, `swap-${name}`), code, stampFile(folder, `swap-${name}.s`, stamp));
    }
    renameSync(join(folder, "swap-first"), path);
    // The child runs now.
    expect(await verify(verifier, [object("/nowhere")])).toEqual(["missing"]);
    const early = verify(verifier, [object(path, [first])]);
    // The request leaves at the end of this turn.
    await new Promise(setImmediate);
    // This thread blocks while the child examines the file, so that the result waits to be read.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
    renameSync(join(folder, "swap-second"), path);
    expect(await verify(verifier, [object(path, [second])], "192.0.2.2")).toEqual(["verified"]);
    expect(await early).toEqual(["verified"]);
  });

  it("is `unavailable`, with a warning, when no child can be started, and goes on when one can", async () => {
    const verifier = makeVerifier();
    const { execPath } = process;
    failures.length = 0;
    try {
      process.execPath = "/nowhere/node";
      expect(await verify(verifier, [object("/bin/sh"), object("/bin/ls")])).toEqual(["unavailable", "unavailable"]);
      expect(verifier.warnings()).toEqual([expect.stringContaining("ENOENT")]);
      expect(verifier.warnings().join()).not.toContain("/nowhere");
    } finally {
      process.execPath = execPath;
    }
    // Both children start again, although nothing waits.
    while (verifier.warnings().length > 0) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await verify(verifier, [object("/bin/sh")])).toEqual(["unsigned"]);
    expect(failures).toEqual([expect.stringContaining("ENOENT"), undefined]);
  });

  it("is `unavailable`, with a warning, when a child lacks descriptors; nothing is called missing or unreadable", async () => {
    const verifier = makeVerifier({ children: 1 });
    expect(await verify(verifier, [object("/bin/sh")])).toEqual(["unsigned"]);
    const [child] = examiners();
    const limit = (soft: number) => run("prlimit", "--pid", `${child}`, `--nofile=${soft}:`);
    limit(3);
    expect(await verify(verifier, [object("/bin/ls"), object("/bin/cat")])).toEqual(["unavailable", "unavailable"]);
    expect(verifier.warnings()).toEqual([expect.stringContaining("EMFILE")]);
    limit(1024);
    expect(await verify(verifier, [object("/bin/ls"), object("/bin/cat")])).toEqual(["unsigned", "unsigned"]);
    expect(verifier.warnings()).toEqual([]);
  });

  it("is repeated in a new child when the child ends by itself", async () => {
    const verifier = makeVerifier({ children: 1 });
    expect(await verify(verifier, [object("/bin/sh")])).toEqual(["unsigned"]);
    const [child = 0] = examiners();
    process.kill(child, "SIGSTOP");
    const found = verify(verifier, [object("/bin/ls"), object("/nowhere")]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    process.kill(child, "SIGKILL");
    expect(await found).toEqual(["unsigned", "missing"]);
  });

  it("of a file that takes too long to parse says so, and the files beside it keep their verdicts", async () => {
    // ELF headers that announce three million sections, in a sparse file.
    const header = Buffer.alloc(128);
    header.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
    header.writeUInt16LE(3, 16);
    header.writeUInt16LE(62, 18);
    header.writeUInt32LE(1, 20);
    header.writeBigUInt64LE(64n, 40);
    for (const [offset, value] of [
      [52, 64],
      [54, 56],
      [58, 64],
    ] as const)
      header.writeUInt16LE(value, offset);
    header.writeBigUInt64LE(3_000_000n, 64 + 32);
    const slow = Array.from({ length: 6 }, (_, index) => join(folder, `slow-${index}`));
    for (const path of slow) {
      writeFileSync(path, header);
      truncateSync(path, 3_000_000 * 64 + 4096);
    }
    const verifier = makeVerifier({ fileTimeoutMs: 1000 });
    writeFileSync(join(folder, "beside"), "x");
    const reasons = await verify(
      verifier,
      slow.map((path) => object(path)),
    );
    for (const reason of reasons) expect(["limit-exceeded", "overload", "malformed-elf"]).toContain(reason);
    expect(verifier.warnings()).toEqual([]);
    const patient = makeVerifier();
    expect(await verify(patient, [object(join(folder, "beside"))])).toEqual(["not-elf"]);
  });
});

it("a child ends when its collector is gone, even in the middle of a computation", async () => {
  // Begins when the child has started everything, which takes long on a busy machine.
  const code = `import { isMainThread } from "node:worker_threads";
    const compute = () => { process.stderr.write("busy"); for (;;); };
    const hasStarted = () => process.listenerCount("disconnect") > 0;
    if (isMainThread) setInterval(() => hasStarted() && setTimeout(compute, 300), 50);`;
  const endless = `data:text/javascript,${encodeURIComponent(code)}`;
  const child = fork(join(root, "dist/collector/examine-child.js"), [], {
    stdio: ["pipe", "ignore", "pipe", "ipc"],
    execArgv: ["--import", endless],
    env: {},
  });
  child.stderr?.resume();
  await once(child.stderr as NodeJS.ReadableStream, "data");
  // What the kernel does when a process is killed.
  child.stdin?.destroy();
  expect(await once(child, "exit")).toEqual([null, "SIGKILL"]);
});

/** The child processes of this process that examine files. */
function examiners(): number[] {
  const isExaminer = (pid: string) => readFileSync(`/proc/${pid}/cmdline`, "latin1").includes("examine-child");
  return readdirSync(`/proc/${process.pid}/task`)
    .flatMap((task) => readFileSync(`/proc/${process.pid}/task/${task}/children`, "latin1").split(" "))
    .filter((pid) => pid !== "" && isExaminer(pid))
    .map(Number);
}

let jobs = 0;
/** Sends a record of a process with these objects that starts now, and returns the findings. */
async function findings(collector: RunningCollector, objects: ObjectReport[], fields: Partial<ProcessStart> = {}) {
  const job = `j${jobs++}`;
  const time = { nanoseconds: BigInt(Date.now() + 5) * 1_000_000n, precision: 1n };
  const before = (await collector.accounting()).received;
  const program = object("/nowhere");
  await collector.send(encodeMessage(processStart({ job, time, host: hostname(), program, objects, ...fields })));
  await collector.waitForFrames(before + 1);
  const { processes } = await collector.json(`/api/v1/jobs/${job}`);
  return processes[0].objects as { verdict: string; reason: string | null }[];
}

describe("verification in the collector", () => {
  it("does not compare a process with the state of its file before the start", async () => {
    const collector = await start();
    const [first, second] = [freshUuid(), freshUuid()];
    const path = join(folder, "replaced");
    for (const [name, stamp] of [
      ["first", first],
      ["second", second],
    ] as const) {
      run("gcc", "-o", join(folder, name), code, stampFile(folder, `${name}.s`, stamp));
    }
    renameSync(join(folder, "first"), path);
    expect(await findings(collector, [object(path, [first])])).toMatchObject([{ verdict: "verified" }]);
    renameSync(join(folder, "second"), path);
    // The cached result is within its lifetime, but older than this process.
    expect(await findings(collector, [object(path, [second])])).toMatchObject([{ verdict: "verified" }]);
  });

  it("reads only below the configured roots", async () => {
    const collector = await start("--root", folder);
    run("gcc", "-o", join(folder, "own"), code);
    expect(await findings(collector, [object(join(folder, "own")), object("/bin/sh")])).toMatchObject([
      { verdict: "unsigned" },
      { verdict: "unreadable", reason: "outside-roots" },
    ]);
  });

  it("does not compare containers with files of the host, nor the host with files of containers", async () => {
    const excluded = join(folder, "excluded");
    mkdirSync(excluded);
    symlinkSync(excluded, join(folder, "way-in"));
    const collector = await start("--exclude", excluded);
    const program = object("/bin/sh");
    for (const [container, reason] of [
      [undefined, null],
      ["APPTAINER_NAME=x.sif", "container"],
      [undefined, null],
    ] as const) {
      expect(await findings(collector, [program], { container })).toMatchObject([{ reason }]);
    }
    for (const path of ["excluded/x", "way-in/x", "way-in"]) {
      expect(await findings(collector, [object(join(folder, path))])).toMatchObject([{ reason: "policy" }]);
    }
  });
});
