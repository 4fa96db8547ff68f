import { mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { FILE_CACHE_DEFAULTS } from "../../../lib/collector/verification/file-cache.js";
import { Verifier } from "../../../lib/collector/verification/verifier.js";
import type { VerifyFinding } from "../../../lib/verify/index.js";
import { encodeMessage, type ObjectReport, type ProcessStart } from "../../../lib/wire/index.js";
import { type RunningCollector, startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { freshUuid, run, source, stampFile } from "../../support/toolchain.js";
import { object, processStart } from "../../wire/samples.js";

const folder = temporaryFolder();
let stores = 0;
const start = (...options: string[]) => startCollector(join(folder, `data-${stores++}`), ...options);
const code = source(folder, "main.c", "int main(void) { return 0; }\n");

describe("a verifier", () => {
  it("gives `overload` to one process only, not to all processes with the same objects", async () => {
    const scope = { host: "here", roots: ["/"], sharedRoots: [] };
    // A burst of two new paths, then one every two seconds.
    const verifier = new Verifier(scope, { ...FILE_CACHE_DEFAULTS, newPathsPerSecond: 0.5 }, () => {});
    const reporter = { host: "here", startedBefore: 0n, firstSignatureOnly: false };
    const verify = (list: readonly ObjectReport[]) =>
      new Promise<string | undefined>((resolve) =>
        verifier.verify(list, reporter, ([finding]) => resolve(finding?.reason ?? finding?.verdict)),
      );
    const lists = ["/nowhere/1", "/nowhere/2", "/nowhere/3"].map((path) => [object(path)]);
    const first = await Promise.all(lists.map(verify));
    expect(first).toEqual(["missing", "missing", "overload"]);
    while ((await verify(lists[2] ?? [])) === "overload") await sleep(50);
    expect(await verify(lists[2] ?? [])).toBe("missing");
    verifier.close();
  });

  it("goes on when a file system hangs: that file is unchecked, the others are verified", async () => {
    const scope = { host: "here", roots: ["/"], sharedRoots: [] };
    const verifier = new Verifier(scope, { ...FILE_CACHE_DEFAULTS, fileTimeoutMs: 1000 }, () => {});
    const reporter = { host: "here", startedBefore: BigInt(Date.now()) * 1_000_000n, firstSignatureOnly: false };
    const verify = (...paths: string[]) =>
      new Promise<readonly VerifyFinding[]>((resolve) =>
        verifier.verify(
          paths.map((path) => object(path)),
          reporter,
          resolve,
        ),
      );
    expect(await verify("/bin/sh", "/nowhere")).toMatchObject([{ verdict: "unsigned" }, { verdict: "missing" }]);
    // A stopped process stands in for one that waits for a dead file server.
    for (const pid of examiners()) process.kill(pid, "SIGSTOP");
    const found = await verify(...Array.from({ length: 20 }, (_, index) => `/nowhere/${index}`), "/bin/ls");
    const unchecked = found.filter(({ reason }) => reason === "timeout");
    // One for each child that hung. New children examined the other files.
    expect(unchecked.length).toBeGreaterThanOrEqual(1);
    expect(unchecked.length).toBeLessThanOrEqual(2);
    expect(found.filter(({ verdict }) => verdict === "missing").length).toBeGreaterThanOrEqual(18);
    expect(await verify("/bin/cat")).toMatchObject([{ verdict: "unsigned" }]);
    verifier.close();
  });

  it("calls back even after it was closed", async () => {
    const verifier = new Verifier({ host: "here", roots: ["/"], sharedRoots: [] }, FILE_CACHE_DEFAULTS, () => {});
    const reporter = { host: "here", startedBefore: 0n, firstSignatureOnly: false };
    verifier.close();
    const reason = await new Promise((resolve) =>
      verifier.verify([object("/nowhere")], reporter, ([finding]) => resolve(finding?.reason)),
    );
    expect(reason).toBe("timeout");
  });
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
