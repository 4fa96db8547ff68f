import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type Answer, CollectorClient, type Input } from "../../../lib/client/index.js";
import { encodeMessage } from "../../../lib/wire/index.js";
import { startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { tool } from "../../support/tools.js";
import { object, processEnd, processStart } from "../../wire/samples.js";
import { residentMegabytes } from "./support/resident.js";

/* A job with more processes than any answer, whose processes reuse pids and replace themselves by exec. */

const PROCESSES = 20_000;
const HOSTS = ["n1", "n2", "n3", "n4"];
const JOB = "storm";
/** Few pids, so that most are used several times. */
const PIDS = 1500;
const BEGIN = BigInt(Date.now() - 3_600_000) * 1_000_000n;

/** A process image, as the host itself would know it. */
interface Image {
  readonly uuid: string;
  readonly parent: Image | undefined;
  readonly host: string;
  readonly pid: number;
  readonly parentPid: number;
}

/** Numbers below a bound, the same ones in each run. */
function randomNumbers(): (below: number) => number {
  let state = 12345;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Lets processes start others, replace themselves and end; returns the images by their start, and all frames. */
function simulate(): { images: Image[]; frames: Uint8Array[] } {
  const random = randomNumbers();
  const images: Image[] = [];
  const frames: Uint8Array[] = [];
  const live = new Map(HOSTS.map((host) => [host, new Map<number, Image>()]));
  const start = (image: Omit<Image, "uuid">) => {
    const time = { nanoseconds: BEGIN + BigInt(images.length) * 1000n, precision: 1n };
    const { host, pid, parentPid } = image;
    const program = object(`/opt/bin/program${images.length % 100}`);
    const message = processStart({
      job: JOB,
      host,
      pid,
      parentPid,
      time,
      program,
      objects: [object("/lib/libc.so.6")],
    });
    const started = { ...image, uuid: message.uuid ?? "" };
    frames.push(encodeMessage(message));
    images.push(started);
    live.get(host)?.set(pid, started);
  };
  for (const host of HOSTS) start({ parent: undefined, host, pid: 2, parentPid: 1 });
  while (images.length < PROCESSES) {
    const host = HOSTS[random(HOSTS.length)] as string;
    const processes = live.get(host) as Map<number, Image>;
    const all = [...processes.values()];
    // Mostly the newest ones, so that the tree becomes deep.
    const one = all[Math.max(0, all.length - 1 - random(random(4) === 0 ? all.length : 8))] as Image;
    const action = random(10);
    const pid = 2 + random(PIDS);
    if (action === 0) start({ ...one, parent: one.parent });
    else if (action < 4 && one.pid !== 2) {
      processes.delete(one.pid);
      frames.push(encodeMessage(processEnd(one.uuid)));
    } else if (!processes.has(pid)) start({ parent: one, host, pid, parentPid: one.pid });
  }
  return { images, frames };
}

/** UUIDs in the order of the tree, with level and number of descendants, from what the simulation knows. */
function expectedTree(images: readonly Image[]): [uuid: string, level: number, descendants: number][] {
  const children = new Map<string | undefined, Image[]>();
  for (const image of images) {
    const siblings = children.get(image.parent?.uuid) ?? [];
    children.set(image.parent?.uuid, [...siblings, image]);
  }
  const visit = (image: Image, level: number): [string, number, number][] => {
    const below = (children.get(image.uuid) ?? []).flatMap((child) => visit(child, level + 1));
    return [[image.uuid, level, below.length], ...below];
  };
  return (children.get(undefined) ?? []).flatMap((top) => visit(top, 0));
}

/** CPU time of a process: other programs of the machine do not change it. */
function cpuMs(pid: number): number {
  const [, fields = ""] = readFileSync(`/proc/${pid}/stat`, "latin1").split(") ");
  const [user, system] = fields.split(" ").slice(11, 13);
  // In ticks of 1/100 s, on all Linux systems.
  return 10 * (Number(user) + Number(system));
}

it("a job of 20,000 processes arrives page by page, in the order of its tree", async () => {
  const data = join(temporaryFolder(), "data");
  const collector = await startCollector(data);
  const client = new CollectorClient({ url: collector.where.http, token: collector.token });
  const { images, frames } = simulate();
  const stream = await collector.connect();
  for (const frame of frames) if (!stream.write(frame)) await once(stream, "drain");
  stream.end();
  await collector.waitForFrames(frames.length);
  const { pid = 0 } = collector.child;
  const before = { memory: residentMegabytes(pid), cpu: cpuMs(pid) };

  let pages = 0;
  const pagesOf = async (part: Omit<Input<"job">, "id">) => {
    const found: Answer<"job">["processes"][number][] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await client.job({ id: JOB, ...part, ...(cursor !== undefined && { cursor }) });
      pages++;
      expect([page.total, page.truncated]).toEqual([PROCESSES, false]);
      found.push(...page.processes);
      cursor = page.next;
    }
    return found;
  };

  const expected = expectedTree(images);
  const whole = await pagesOf({ limit: 1000 });
  expect(whole.map(({ uuid, tree }) => [uuid, tree.level, tree.descendants])).toEqual(expected);
  const parents = new Map(images.map(({ uuid, parent }) => [uuid, parent?.uuid ?? null]));
  expect(whole.filter(({ uuid, tree }) => tree.parent !== parents.get(uuid))).toEqual([]);

  const [rootUuid, , descendants] = expected.reduce((most, one) => (one[1] > 2 && one[2] > most[2] ? one : most), [
    "",
    0,
    0,
  ] as [string, number, number]);
  expect(descendants).toBeGreaterThan(500);
  const at = expected.findIndex(([uuid]) => uuid === rootUuid);
  const subtree = await pagesOf({ limit: 200, root: rootUuid });
  expect(subtree.map(({ uuid }) => uuid)).toEqual(expected.slice(at, at + 1 + descendants).map(([uuid]) => uuid));
  const top = await pagesOf({ limit: 100, levels: 3 });
  expect(top.map(({ uuid }) => uuid)).toEqual(expected.filter(([, level]) => level < 3).map(([uuid]) => uuid));

  const { stdout } = tool("ogrt-query", "--data", data, "--limit", "5", "job", JOB, "--root", rootUuid);
  expect(stdout).toContain(`job ${JOB}: 20000 processes, 5 shown`);
  expect(stdout.match(/^ *above: /gm)?.length).toBe(expected[at]?.[1]);

  const cpu = (cpuMs(pid) - before.cpu) / pages;
  const growth = residentMegabytes(pid) - before.memory;
  console.log(`${pages} pages, ${cpu.toFixed(0)} ms of CPU time each; ${growth.toFixed(0)} MiB more resident`);
  expect(cpu).toBeLessThan(2000);
  expect(growth).toBeLessThan(300);
  expect(await collector.stop()).toBe(0);
});
