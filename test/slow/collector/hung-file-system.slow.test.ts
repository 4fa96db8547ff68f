import { symlinkSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { encodeMessage } from "../../../lib/wire/index.js";
import { startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { object, processStart } from "../../wire/samples.js";
import { HangingMount } from "./support/hanging.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);

it("a file system that hangs costs a reason, no other file its verdict, and no stop", async (context) => {
  const hanging = await HangingMount.make(at("mount"));
  if (typeof hanging === "string") return context.skip(`FUSE: ${hanging}`);
  const { mount, asked } = hanging;
  const collector = await startCollector(at("data"));
  let jobs = 0;
  const report = async (...paths: string[]) => {
    const job = `j${jobs++}`;
    const time = { nanoseconds: BigInt(Date.now()) * 1_000_000n, precision: 1n };
    const objects = paths.map((path) => object(path));
    const before = (await collector.accounting()).received;
    await collector.send(encodeMessage(processStart({ job, time, host: hostname(), program: object("rel"), objects })));
    await collector.waitForFrames(before + 1);
    const [found] = (await collector.json(`/api/v1/jobs/${job}`)).processes;
    return found.objects.map(({ verdict, reason }: { verdict: string; reason: string }) => reason ?? verdict);
  };
  const good = join(mount, "good");
  expect(await report(good, "/bin/ls")).toEqual(["not-elf", "unsigned"]);

  // Two hang, each of them alone, and their children do not end; other files are looked at.
  hanging.hang();
  // The first is reached through a link from elsewhere: it counts for the mount that hangs, not for that of the link.
  symlinkSync(join(mount, "a"), at("into"));
  expect(await report(at("into/hang"), "/bin/cat")).toEqual(["timeout", "unsigned"]);
  expect(await report(join(mount, "b/hang"), "/nowhere/at-all", "/bin/cp")).toEqual(["timeout", "missing", "unsigned"]);

  // Now the mount is left alone: nobody is asked, and other mounts are looked at as ever.
  expect(await report(join(mount, "c/hang"), join(mount, "new"), "/bin/mv")).toEqual([
    "timeout",
    "timeout",
    "unsigned",
  ]);
  expect([asked("b/hang") > 0, asked("c/hang"), asked("new")]).toEqual([true, 0, 0]);

  writeFileSync(at("beside"), "x");
  expect(await report(at("into/new"), at("beside"))).toEqual(["timeout", "not-elf"]);
  expect((await collector.json("/readyz")).warnings).toEqual(["a file system hangs; its files are not examined"]);

  // No pause makes another child wait for it.
  await sleep(31_000);
  expect(await report(join(mount, "d/hang"), join(mount, "new"))).toEqual(["timeout", "timeout"]);
  expect([asked("d/hang"), asked("new")]).toEqual([0, 0]);

  // The server is back: the killed children end, and the mount is looked at again.
  hanging.answer();
  while ((await collector.json("/readyz")).warnings?.length > 0) await sleep(50);
  expect(await report(join(mount, "e/hang"), join(mount, "newer"))).toEqual(["missing", "missing"]);

  // Stopped while files hang: it ends all the same, and what it had is stored, with a reason.
  hanging.hang();
  const objects = ["g/hang", "h/hang", "i/hang"].map((name) => object(join(mount, name)));
  await collector.send(encodeMessage(processStart({ job: "last", host: hostname(), objects })));
  while (asked("g/hang") === 0) await sleep(20);
  expect(await collector.stop()).toBe(0);
  const again = await startCollector(at("data"));
  const [last] = (await again.json("/api/v1/jobs/last")).processes;
  expect(last.objects.map(({ reason }: { reason: string }) => reason)).toEqual(["timeout", "timeout", "timeout"]);
});
