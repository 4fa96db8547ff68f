import { chmodSync, existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { temporaryFolder } from "../support/folder.js";
import {
  childrenOf,
  DeliveringAgent,
  enrolledNode,
  load,
  longCommands,
  spoolBytes,
  spoolFiles,
} from "./support/delivering-agent.js";
import { type Script, scriptedCollector } from "./support/scripted-collector.js";
import { seeing } from "./support/seeing.js";

const folder = temporaryFolder();
// The agent becomes nobody.
chmodSync(folder, 0o755);
let count = 0;
const newNode = () => enrolledNode(folder, `courier${++count}`);
const addressOf = ({ port }: { port: number }) => `127.0.0.1:${port}`;

seeing("does not believe an acknowledgement of what was not sent", { timeout: 120_000 }, async () => {
  const collector = await scriptedCollector((conversation, message) => {
    if (message.type === "agent-hello") conversation.welcome();
    if (message.type === "agent-record") conversation.acknowledge(1_000_000n);
  });
  const agent = new DeliveringAgent(newNode(), [addressOf(collector)]);
  await agent.until(() => collector.conversations.length > 1, "another connection");
  await agent.until(() => collector.conversations[1]?.hello !== undefined, "its hello");
  expect(agent.stderr).toContain("it acknowledges what was not sent");
  expect(collector.conversations[1]?.hello?.first).toBe(1n);
  await agent.kill("both");
});

seeing("asks a collector that welcomes it and fails less and less often", { timeout: 60_000 }, async () => {
  const collector = await scriptedCollector((conversation, message) => {
    if (message.type === "agent-hello") conversation.welcome();
    else conversation.close();
  });
  const agent = new DeliveringAgent(newNode(), [addressOf(collector)]);
  await agent.until(() => collector.conversations.length > 0, "a connection");
  await sleep(8000);
  // After at least 0.25, 0.5, 1, 2 and 4 s.
  expect(collector.conversations.length).toBeGreaterThan(1);
  expect(collector.conversations.length).toBeLessThanOrEqual(6);
  await agent.kill("both");
});

seeing("goes to another collector after a moment at random when one ends", { timeout: 60_000 }, async () => {
  const failing: Script = (conversation, message) => {
    if (message.type === "agent-hello") conversation.welcome();
    else conversation.close();
  };
  const [one, two] = [await scriptedCollector(failing), await scriptedCollector(failing)];
  const agent = new DeliveringAgent(newNode(), [addressOf(one), addressOf(two)]);
  const conversations = () =>
    [...one.conversations, ...two.conversations].map(({ beganAt }) => beganAt).sort((a, b) => a - b);
  await agent.until(() => conversations().length >= 8, "eight connections");
  await agent.kill("both");
  const times = conversations();
  const moments = [1, 3, 5, 7].map((index) => (times[index] as number) - (times[index - 1] as number));
  // Up to 500 ms each: that all four are that short is one chance in 24,000.
  expect(Math.max(...moments)).toBeGreaterThan(40);
});

seeing("ends after the process that delivers, also with a full spool", { timeout: 300_000 }, async () => {
  const node = newNode();
  const agent = new DeliveringAgent(node, ["127.0.0.1:1"], ["--spool-limit", "8"]);
  await agent.until(() => spoolFiles(node.spool).length > 0, "a spool");
  // No file is begun that a record of 768 KiB would not fit.
  while (spoolBytes(node.spool) < 7 << 20) await longCommands(20);
  const running = load(50, 1000);
  await sleep(500);
  const [delivers] = childrenOf(agent.pid);
  expect(existsSync(`/proc/${delivers}`)).toBe(true);
  expect(await agent.stop()).toBe(0);
  // Its end of the channel is closed a moment before it is gone.
  await agent.until(() => !existsSync(`/proc/${delivers}`), "the end of the process that delivers");
  await running.stop();
  expect(spoolBytes(node.spool)).toBeLessThanOrEqual(8 << 20);
});
