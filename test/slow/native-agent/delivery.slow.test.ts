import { chmodSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import {
  DeliveringAgent,
  deliveriesIn,
  enrolledNode,
  load,
  longCommands,
  recordsByEpoch,
  spoolBytes,
  spoolFiles,
} from "../../native-agent/support/delivering-agent.js";
import { seeing } from "../../native-agent/support/seeing.js";
import { type RunningCollector, startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";

/** Minutes of faults; for longer runs by hand, OGRT_DELIVERY_MINUTES has another number. */
const MINUTES = Number(process.env["OGRT_DELIVERY_MINUTES"] ?? 0.5);

const folder = temporaryFolder();
// The agent becomes nobody.
chmodSync(folder, 0o755);

const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T;

/** A list in random order, again and again: also in a short run, each comes. */
function* shuffled<T>(list: readonly T[]): Generator<T> {
  for (;;) {
    const rest = [...list];
    while (rest.length > 0) yield rest.splice(Math.floor(Math.random() * rest.length), 1)[0] as T;
  }
}

seeing(
  `every acknowledged record is stored once in ${MINUTES} minutes of kill -9 and SIGSTOP of an agent and two collectors`,
  { timeout: (MINUTES * 60 + 300) * 1000 },
  async () => {
    const node = enrolledNode(folder, "node");
    const places = ["one", "two"].map((name) => ({ data: join(folder, name), socket: join(folder, `${name}.sock`) }));
    const addresses = places.map(({ socket }) => `unix:${socket}`);
    const start = async (index: number) => {
      const { data, socket } = places[index] as (typeof places)[number];
      return startCollector(data, "--agent-unix", socket, "--agent-nodes", node.nodes);
    };
    const collectors: RunningCollector[] = [await start(0), await start(1)];
    let agent = new DeliveringAgent(node, addresses);
    const running = load(20, MINUTES * 60 * 20);
    const faults = {
      agent: async () => {
        await agent.kill(pick(["hears", "delivers", "both"] as const));
        agent = new DeliveringAgent(node, addresses);
      },
      collector: async () => {
        const index = pick([0, 1]);
        await collectors[index]?.stop("SIGKILL");
        await sleep(Math.random() * 3000);
        collectors[index] = await start(index);
      },
      pause: async () => {
        const child = pick([agent, ...collectors]).child;
        child.kill("SIGSTOP");
        await sleep(Math.random() * 5000);
        child.kill("SIGCONT");
      },
    };
    const end = Date.now() + MINUTES * 60_000;
    for (const fault of shuffled(["agent", "collector", "pause"] as const)) {
      await sleep(1000 + Math.random() * 8000);
      await faults[fault]();
      if (Date.now() > end) break;
    }
    expect(await running.stop()).toBeGreaterThan(MINUTES * 60);
    await sleep(2000);
    expect(await agent.stop()).toBe(0);
    const last = new DeliveringAgent(node, addresses);
    await last.until(() => last.stderr.includes("delivers"), "a connection");
    await sleep(2000);
    await last.until(() => spoolFiles(node.spool).length === 1, "the rest");
    expect(await last.stop()).toBe(0);
    // What the last run heard at its end may be left.
    expect(spoolFiles(node.spool).length).toBeLessThanOrEqual(1);
    for (const collector of collectors) {
      // One that was started a moment ago may have received nothing.
      const { received, stored, duplicate, rejected, dropped, pending } = await collector.waitForFrames(0);
      expect({ rejected, dropped, pending }).toEqual({ rejected: {}, dropped: {}, pending: 0 });
      expect(received).toBe(stored + duplicate);
      await collector.stop();
    }
    const highest = new Map<string, Set<number>>();
    for (const { data } of places) {
      for (const { records, sequences } of await recordsByEpoch(data)) expect(records).toBe(sequences);
      for (const { epoch, sequence } of await deliveriesIn(data)) {
        highest.set(epoch, (highest.get(epoch) ?? new Set()).add(sequence));
      }
    }
    // A record may be in both stores, where its acknowledgement was lost: merged by its key, there are no gaps.
    expect(highest.size).toBeGreaterThan(1 + MINUTES);
    for (const sequences of highest.values()) expect(sequences.size).toBe(Math.max(...sequences));
  },
);

seeing("a spool that is full is counted, and shown by the collector", { timeout: 600_000 }, async () => {
  const node = enrolledNode(folder, "full");
  const [data, socket] = [join(folder, "full"), join(folder, "full.sock")];
  const agent = new DeliveringAgent(node, [`unix:${socket}`], ["--spool-limit", "8"]);
  await agent.until(() => spoolFiles(node.spool).length > 0, "a spool");
  // No file is begun that a record of 768 KiB would not fit.
  while (spoolBytes(node.spool) < 7 << 20) await longCommands(20);
  await longCommands(100);
  await sleep(2000);
  const collector = await startCollector(data, "--agent-unix", socket, "--agent-nodes", node.nodes);
  let lost: Record<string, number> = {};
  const isCounted = async () => {
    lost = (await collector.json("/api/v1/coverage/nodes")).nodes[0]?.lost ?? {};
    return (lost["spoolFull"] ?? 0) > 0;
  };
  await agent.until(isCounted, "a loss");
  await agent.stop();
  await collector.stop();
  // What got a number is there, without gaps.
  for (const { records, sequences, last } of await recordsByEpoch(data))
    expect([records, sequences]).toEqual([last, last]);
});
