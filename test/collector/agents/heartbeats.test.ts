import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { NodeStatus } from "../../../lib/collector/agents/node-status.js";
import type { AgentHeartbeat } from "../../../lib/wire/index.js";
import { AgentConnection, agentRecord, enrol, hello } from "../../support/agent-connection.js";
import { type RunningCollector, startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { tool } from "../../support/tools.js";
import { processStart } from "../../wire/samples.js";

const folder = temporaryFolder();

const heartbeat = (fields: Partial<AgentHeartbeat> = {}): AgentHeartbeat => ({
  type: "agent-heartbeat",
  runningSeconds: 60n,
  records: 1n,
  spooledRecords: 0n,
  spooledBytes: 64n,
  lost: { perfRecords: 0n },
  ...fields,
});

it("heartbeats show the last sign of life of each node, and its losses, also after a restart", async () => {
  const [data, nodes] = [join(folder, "data"), join(folder, "nodes")];
  const token = enrol(nodes, "node1");
  const start = () => startCollector(data, "--agent-tcp", "127.0.0.1:0", "--agent-nodes", nodes);
  const known = async (collector: RunningCollector) => (await collector.json("/api/v1/coverage/nodes")).nodes;
  const collector = await start();
  expect(await known(collector)).toEqual([]);
  const agent = await AgentConnection.open(collector.where.agents[0] as string);
  const greeting = hello("node1", token, { agentVersion: "1.2.3" });
  const lost = { perfRecords: 0n, spoolFull: 7n };
  agent.send(greeting, heartbeat({ spooledRecords: 3n, lost }), agentRecord(1, processStart()));
  await agent.acknowledged(1);
  const metrics = async (of: RunningCollector) => (await of.get("/metrics")).text();
  const text = await metrics(collector);
  expect(text).toContain("ogrt_agents_connected 1\n");
  expect(text).toContain("ogrt_agents_silent 0\n");
  expect(text).toContain('ogrt_agent_spooled_records{node="node1"} 3\n');
  expect(text).toContain('ogrt_agent_lost_total{node="node1",reason="spoolFull"} 7\n');
  expect(text).not.toContain('reason="perfRecords"');
  while ((await known(collector)).length === 0) await sleep(100);
  // A later start of the agent: its losses add up, and so does the time in between.
  agent.send(heartbeat({ lost: { ...lost, spoolFull: 9n } }));
  agent.close();
  await sleep(1100);
  const later = await AgentConnection.open(collector.where.agents[0] as string);
  later.send(hello("node1", token), heartbeat({ runningSeconds: 0n, lost: { spoolFull: 1n, events: 2n } }));
  while ((await known(collector))[0].runs < 2) await sleep(100);
  const [node] = await known(collector);
  expect(node).toMatchObject({ host: "node1", runs: 2, lost: { spoolFull: 10, events: 2 }, lostInAll: 12 });
  expect(node.absentSeconds).toBeGreaterThanOrEqual(1);
  expect(node.isSilent).toBe(node.silentSeconds > 30);
  const [host] = (await collector.json("/api/v1/coverage/hosts")).hosts;
  expect([host.host, host.agentLastSeen]).toEqual(["node1", node.lastSeen]);
  later.close();
  await collector.stop();

  const restarted = await start();
  expect(await metrics(restarted)).toContain('ogrt_agent_lost_total{node="node1",reason="events"} 2\n');
  const table = tool("ogrt-query", "--data", data, "coverage", "nodes");
  expect(table.stdout).toMatch(/node1 .* 12 /);
});

it("a node is known by its last run, and changes are handed out once", () => {
  const status = new NodeStatus([]);
  const greeting = hello("node1", "");
  status.onHeartbeat(greeting, heartbeat());
  status.onHeartbeat(greeting, heartbeat({ records: 2n }));
  const changed = status.takeChanged();
  expect(changed.map(({ records }) => records)).toEqual([2]);
  expect(status.takeChanged()).toEqual([]);
  status.putBack(changed);
  expect(status.takeChanged()).toEqual(changed);
  status.onHeartbeat(hello("node1", ""), heartbeat());
  status.putBack(changed);
  expect(status.takeChanged()).toHaveLength(1);
  expect([...status.runs]).toHaveLength(1);
});
