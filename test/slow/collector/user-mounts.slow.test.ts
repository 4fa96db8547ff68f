import { readFileSync, symlinkSync } from "node:fs";
import { hostname } from "node:os";
import { basename, join } from "node:path";
import { describe, expect, it, type TestContext } from "vitest";
import { FUSE_POLICIES, type FusePolicy } from "../../../lib/files/guard-options.js";
import { encodeMessage } from "../../../lib/wire/index.js";
import { startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { object, processStart } from "../../wire/samples.js";
import { HangingMount } from "./support/hanging.js";

const folder = temporaryFolder();
/** Any user but root. */
const USER = 65_534;

/** A mount of root and one of a user. */
async function makeMounts({ skip, task }: TestContext): Promise<[HangingMount, HangingMount]> {
  const name = join(folder, task.id);
  const own = await HangingMount.make(`${name}-own`);
  const theirs = await HangingMount.make(`${name}-theirs`, USER);
  if (typeof own === "string" || typeof theirs === "string") return skip(`FUSE: ${own} ${theirs}`);
  return [own, theirs];
}

/** Reports paths to a new collector, and returns reasons or verdicts. */
async function look(fuse: FusePolicy | undefined, paths: readonly string[]): Promise<string[]> {
  const options = fuse === undefined ? [] : ["--fuse", fuse];
  const collector = await startCollector(join(folder, `data-${crypto.randomUUID()}`), ...options);
  const time = { nanoseconds: BigInt(Date.now()) * 1_000_000n, precision: 1n };
  const objects = paths.map((path) => object(path));
  await collector.send(encodeMessage(processStart({ job: "j", time, host: hostname(), objects })));
  await collector.waitForFrames(1);
  const [found] = (await collector.json("/api/v1/jobs/j")).processes;
  await collector.stop();
  return found.objects.map(({ verdict, reason }: { verdict: string; reason: string | null }) => reason ?? verdict);
}

describe("a FUSE file system", () => {
  it("is read as --fuse says, by who mounted it", async (context) => {
    const [own, theirs] = await makeMounts(context);
    const line = readFileSync("/proc/self/mountinfo", "latin1")
      .split("\n")
      .find((text) => text.includes(` ${theirs.mount} `));
    expect(line).toContain(`user_id=${USER}`);
    const paths = [join(own.mount, "good"), join(theirs.mount, "good")];
    const expected = { root: ["not-elf", "policy"], all: ["not-elf", "not-elf"], none: ["policy", "policy"] };
    const found: Record<string, string[]> = {};
    for (const policy of FUSE_POLICIES) found[policy] = await look(policy, paths);
    expect(found).toEqual(expected);
  });

  it("of a user is not asked for anything, whatever path leads into it", async (context) => {
    const [own, theirs] = await makeMounts(context);
    const { mount } = theirs;
    theirs.hang();
    symlinkSync(mount, `${mount}.link`);
    symlinkSync(join(mount, "a/hang"), `${mount}.deep-link`);
    const paths = [
      mount,
      `${mount}/`,
      `${mount}/a/hang`,
      `${mount}/a/../b/hang`,
      `${mount}/../${basename(mount)}/a/hang`,
      `/proc/self/root${mount}/a/hang`,
      `${mount}.link`,
      `${mount}.link/a/hang`,
      `${mount}.deep-link`,
    ];
    const found = await look(undefined, [...paths, join(own.mount, "good")]);
    expect(found).toEqual([
      ...paths.map((path) => (path.startsWith("/proc") ? expect.anything() : "policy")),
      "not-elf",
    ]);
    expect(theirs.asked()).toBe(0);
  });
});
