import { spawnSync } from "node:child_process";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { encodeMessage, type ObjectReport } from "../../../lib/wire/index.js";
import type { RunningCollector } from "../../support/collector.js";
import { freshUuid, run, source, stampFile } from "../../support/toolchain.js";
import { toolPath } from "../../support/tools.js";
import { object, processEnd, processStart } from "../../wire/samples.js";

/** The contents of the store after {@link fill}. */
export interface Filled {
  readonly program: string;
  readonly library: string;
  /** UUID of the library's stamp. */
  readonly stamp: string;
  /** A job of real processes, and one of the same program with another library and environment. */
  readonly before: string;
  readonly after: string;
  /** A job with hostile records. */
  readonly hostile: string;
  readonly uuid: string;
}

/** Names that the page must show as inert text. Code in them would set `canary`. */
export const HOSTILE = [
  `/tmp/<img src=x onerror="window.canary=1">`,
  `/tmp/"><script>window.canary=2</script>`,
  "/tmp/{{constructor.constructor('window.canary=3')()}}",
  "javascript:window.canary=4",
  "/tmp/\u001b[31mred\u0007\u0000bell",
  "/tmp/\u202Etxt.exe\u2066\u200F",
  `/tmp/${"long/".repeat(2000)}end`,
];

/** Runs real programs under the preload library, and sends records that no real client sends. */
export async function fill(collector: RunningCollector, folder: string): Promise<Filled> {
  const stamp = freshUuid();
  const library = join(folder, "libgreeting.so");
  const program = join(folder, "greet");
  const greeting = source(folder, "greeting.c", `const char *greeting(void) { return "hello"; }\n`);
  const main = source(
    folder,
    "greet.c",
    `int puts(const char *); const char *greeting(void); int main(void) { return puts(greeting()) < 0; }\n`,
  );
  const build = (uuid: string) =>
    run("gcc", "-shared", "-fPIC", "-o", library, greeting, stampFile(folder, "s.s", uuid));
  build(stamp);
  run("gcc", "-o", program, main, stampFile(folder, "p.s", freshUuid()), library, `-Wl,-rpath,${folder}`);
  const [before, after, hostile] = ["before-1", "after-2", `<b onclick="window.canary=5">hostile`];
  const track = (job: string, environment: Record<string, string>, ...command: string[]) => {
    const args = ["--server", `tcp://${collector.where.tcp[0]}`, "--job", job, "--", ...command];
    const { status, stderr } = spawnSync(process.execPath, [toolPath("ogrt-run"), ...args], {
      encoding: "utf8",
      env: { ...process.env, ...environment },
    });
    if (status !== 0) throw new Error(`ogrt-run ended with ${status}: ${stderr}`);
  };
  const isStored = async (job: string, processes: number) =>
    (await collector.json(`/api/v1/job?id=${encodeURIComponent(job)}`)).processes.length >= processes;
  track(before, { LOADEDMODULES: "GCC/12.2.0:Greeting/1.0" }, program);
  track(before, {}, "sh", "-c", `ls -d / > /dev/null; ${program} > /dev/null; :`);
  // The records must be verified before the file changes.
  while (!(await isStored(before, 4))) await sleep(50);
  build(freshUuid());
  track(after, { LD_LIBRARY_PATH: `${folder}:`, LOADEDMODULES: "GCC/13.1.0" }, program, "--verbose");

  const odd: ObjectReport[] = HOSTILE.map((path) => object(path));
  const uuid = freshUuid();
  await collector.send(
    encodeMessage(
      processStart({
        uuid,
        job: hostile,
        user: `<i>mallory</i>\u202E`,
        host: hostname(),
        arguments: ["greet", ...HOSTILE.slice(0, 6)],
        environment: HOSTILE.slice(0, 6).map((text) => `V=${text}`),
        modules: HOSTILE.slice(0, 3),
        program: object(HOSTILE[0] as string),
        objects: odd,
      }),
    ),
    encodeMessage(processEnd(uuid)),
    // Claims a library with another signature than the file has.
    encodeMessage(processStart({ job: before, host: hostname(), objects: [object(library, [freshUuid()])] })),
    encodeMessage(processStart({ job: before, environment: ["OMP_NUM_THREADS=4"], program: object("/usr/bin/env") })),
    encodeMessage(processStart({ job: after, environment: [], program: object("/usr/bin/env") })),
    encodeMessage({
      type: "job-start",
      job: "unseen-3",
      time: { nanoseconds: BigInt(Date.now()) * 1_000_000n, precision: 1n },
    }),
  );
  while (!((await isStored(before, 6)) && (await isStored(after, 2)) && (await isStored(hostile, 1)))) await sleep(50);
  return { program, library, stamp, before, after, hostile, uuid };
}
