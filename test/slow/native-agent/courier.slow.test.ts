import { chmodSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import {
  DeliveringAgent,
  enrolledNode,
  longCommands,
  recordsByEpoch,
  spoolFiles,
} from "../../native-agent/support/delivering-agent.js";
import { diligent, type Script, scriptedCollector } from "../../native-agent/support/scripted-collector.js";
import { seeing } from "../../native-agent/support/seeing.js";
import { startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";

const folder = temporaryFolder();
// The agent becomes nobody.
chmodSync(folder, 0o755);
let count = 0;
const newNode = () => enrolledNode(folder, `courier${++count}`);
const addressOf = ({ port }: { port: number }) => `127.0.0.1:${port}`;
const mute: Script = () => {};

/** The sequences of all conversations in one epoch, without those that came again. */
const sequencesOf = (conversations: readonly { sequences: readonly bigint[] }[]) => [
  ...new Set(conversations.flatMap(({ sequences }) => sequences.map(Number))),
];

seeing("goes on when a file of the spool is full and all of it is delivered", { timeout: 200_000 }, async () => {
  const node = newNode();
  const collector = await scriptedCollector(diligent);
  const agent = new DeliveringAgent(node, [addressOf(collector)]);
  // Between the records of one round and the next, all of the file is delivered.
  const files = new Set<string>();
  while (files.size < 4) {
    await longCommands(5);
    await sleep(150);
    for (const name of spoolFiles(node.spool)) files.add(name);
  }
  const before = sequencesOf(collector.conversations).length;
  await longCommands(1);
  await agent.until(() => sequencesOf(collector.conversations).length > before, "further records");
  expect(await agent.stop()).toBe(0);
  expect(collector.conversations).toHaveLength(1);
  const sequences = sequencesOf(collector.conversations);
  expect(sequences).toEqual(sequences.map((_, index) => index + 1));
  expect(collector.conversations[0]?.heartbeat?.lost).toMatchObject({ spoolDamage: 0n, spoolErrors: 0n });
});

seeing("leaves a collector that accepts and never answers", { timeout: 120_000 }, async () => {
  const silent = await scriptedCollector(mute);
  const absent = await scriptedCollector(mute);
  absent.close();
  const agent = new DeliveringAgent(newNode(), [addressOf(silent), addressOf(absent)]);
  await agent.until(() => silent.conversations[0]?.hello !== undefined, "a connection");
  const other = await scriptedCollector(diligent, absent.port);
  await agent.until(() => sequencesOf(other.conversations).length > 0, "a record");
  expect(agent.stderr).toContain("no answer");
  // It says nothing but the hello to one that does not answer.
  expect(sequencesOf(silent.conversations)).toEqual([]);
  expect(await agent.stop()).toBe(0);
});

seeing("delivers what follows a file that is missing, and counts that one", { timeout: 300_000 }, async () => {
  const node = newNode();
  const [data, socket] = [join(folder, "gap"), join(folder, "gap.sock")];
  const first = new DeliveringAgent(node, [`unix:${socket}`]);
  await first.until(() => spoolFiles(node.spool).length > 0, "a spool");
  while (spoolFiles(node.spool).length < 3) await longCommands(20);
  expect(await first.stop()).toBe(0);
  const files = spoolFiles(node.spool).sort();
  const firstOf = (name: string) => Number(readFileSync(join(node.spool, name)).readBigUInt64LE(24));
  const missing = firstOf(files[2] as string) - firstOf(files[1] as string);
  expect(missing).toBeGreaterThan(50);
  rmSync(join(node.spool, files[1] as string));
  const collector = await startCollector(data, "--agent-unix", socket, "--agent-nodes", node.nodes);
  const agent = new DeliveringAgent(node, [`unix:${socket}`]);
  await agent.until(() => spoolFiles(node.spool).every((name) => !files.includes(name)), "the rest");
  const isCounted = async () => {
    const { nodes } = await collector.json("/api/v1/coverage/nodes");
    return nodes[0]?.lost.spoolDamage === missing;
  };
  await agent.until(isCounted, "the count of what is missing");
  expect(await agent.stop()).toBe(0);
  const { rejected } = await collector.waitForFrames(1);
  expect(rejected).toEqual({});
  await collector.stop();
  const epochs = await recordsByEpoch(data);
  expect(epochs.filter(({ records, last }) => records !== last)).toHaveLength(1);
  for (const { records, sequences, last } of epochs) {
    expect(records).toBe(sequences);
    expect([last, last - missing]).toContain(records);
  }
});

seeing("does not share a spool with another agent", { timeout: 120_000 }, async () => {
  const node = newNode();
  const collector = await scriptedCollector(diligent);
  const agent = new DeliveringAgent(node, [addressOf(collector)]);
  await agent.until(() => collector.conversations[0]?.hello !== undefined, "a connection");
  const second = new DeliveringAgent(node, [addressOf(collector)]);
  await second.until(() => second.child.exitCode !== null, "the end of the second agent");
  expect(second.child.exitCode).toBe(1);
  expect(second.stderr).toContain(`cannot use the spool ${node.spool}: Resource temporarily unavailable`);
  expect(collector.conversations).toHaveLength(1);
  expect(await agent.stop()).toBe(0);
});
