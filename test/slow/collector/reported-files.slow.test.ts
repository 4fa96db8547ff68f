import { createSocket } from "node:dgram";
import { linkSync, mkdirSync, readdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { encodeMessage, type ProcessStart } from "../../../lib/wire/index.js";
import { type RunningCollector, startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { object, processStart } from "../../wire/samples.js";

const folder = temporaryFolder();
const programs = readdirSync("/usr/bin").slice(100, 140);

/** An ELF file that announces three million sections, and takes 4 KiB on disk. */
function slowFile(path: string): void {
  const header = Buffer.alloc(128);
  header.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  for (const [offset, value] of [
    [16, 3],
    [18, 62],
    [20, 1],
    [40, 64],
    [52, 64],
    [54, 56],
    [58, 64],
  ] as const) {
    header.writeUInt16LE(value, offset);
  }
  header.writeUInt32LE(3_000_000, 64 + 32);
  writeFileSync(path, header);
  truncateSync(path, 3_000_000 * 64 + 4096);
}

const frame = (fields: Partial<ProcessStart>) =>
  encodeMessage(
    processStart({
      time: { nanoseconds: BigInt(Date.now()) * 1_000_000n, precision: 1n },
      host: hostname(),
      program: object("/usr/bin/true"),
      objects: [],
      ...fields,
    }),
  );

/** Sends frames as another sender, over TCP. */
async function sendFrom(address: string, { where }: RunningCollector, ...frames: Uint8Array[]): Promise<void> {
  const port = Number(where.tcp[0]?.split(":").at(-1));
  const socket = connect({ host: "127.0.0.1", port, localAddress: address });
  for (const bytes of frames) socket.write(bytes);
  await new Promise<void>((resolve) => socket.end(resolve));
}

/** Reports one new program after the other, and returns the reasons why some were not examined. */
async function reportPrograms(collector: RunningCollector, job: string): Promise<string[]> {
  for (const name of programs) {
    await sendFrom("127.0.0.9", collector, frame({ job, user: "carol", program: object(`/usr/bin/${name}`) }));
    await sleep(100);
  }
  for (;;) {
    const { processes } = await collector.json(`/api/v1/jobs/${job}`);
    if (processes.length === programs.length) {
      const reasons = processes.map(({ program }: { program: { verdict: string; reason: string } }) =>
        program.verdict === "unchecked" ? program.reason : "",
      );
      return reasons.filter((reason: string) => reason !== "");
    }
    await sleep(100);
  }
}

it("one slow file under thousands of names, and thousands of slow files, do not delay the files of others", async () => {
  const collector = await startCollector(join(folder, "names"));
  const at = (name: string) => join(folder, name);
  slowFile(at("slow"));
  mkdirSync(at("d"));
  const names: string[] = [];
  for (let index = 0; index < 1500; index++) {
    symlinkSync("slow", at(`link-${index}`));
    linkSync(at("slow"), at(`hard-${index}`));
    slowFile(at(`copy-${index}`));
    const dots = Array.from({ length: 11 }, (_, bit) => ((index >> bit) & 1 ? "/../d" : "/."));
    names.push(at(`link-${index}`), at(`hard-${index}`), `${at("d")}${dots.join("")}/../slow`);
  }
  const copies = Array.from({ length: 1500 }, (_, index) => at(`copy-${index}`));
  for (const [job, paths] of Object.entries({ names, copies })) {
    await sendFrom("127.0.0.2", collector, frame({ job, objects: paths.map((path) => object(path)) }));
    expect(await reportPrograms(collector, `beside-${job}`)).toEqual([]);
    let attack = await collector.json(`/api/v1/jobs/${job}`);
    for (; attack.processes.length === 0; attack = await collector.json(`/api/v1/jobs/${job}`)) await sleep(100);
    const verdicts = attack.processes[0].objects.map(({ reason }: { reason: string }) => reason);
    for (const reason of new Set(verdicts)) expect(["limit-exceeded", "malformed-elf", "overload"]).toContain(reason);
  }
  expect((await collector.json("/readyz")).warnings).toEqual([]);
});

it("made-up paths from several senders, who claim the name of another user, leave that user's programs examined", async () => {
  const collector = await startCollector(join(folder, "flood"));
  const port = Number(collector.where.udp[0]?.split(":").at(-1));
  const users = ["carol", undefined, "made up"];
  let count = 0;
  const floods = await Promise.all(
    users.map(async (user, index) => {
      const socket = createSocket("udp4");
      await new Promise<void>((resolve) => socket.bind(0, `127.0.0.${20 + index}`, resolve));
      const timer = setInterval(() => {
        const path = () => object(`/n/${count++}`);
        const claimed = user === "made up" ? `user-${count}` : user;
        socket.send(
          frame({ job: "flood", user: claimed, objects: Array.from({ length: 20 }, path) }),
          port,
          "127.0.0.1",
        );
      }, 4);
      return { socket, timer };
    }),
  );
  const reasons = await reportPrograms(collector, "victim");
  for (const { socket, timer } of floods) {
    clearInterval(timer);
    socket.close();
  }
  expect(reasons).toEqual([]);
});
