import { randomUUID } from "node:crypto";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { encodeFrame, encodeMessage, FRAME_HEADER_SIZE, MESSAGE_TYPE } from "../../../lib/wire/index.js";
import { AgentConnection, agentRecord, enrol, hello } from "../../support/agent-connection.js";
import { type RunningCollector, startCollector } from "../../support/collector.js";
import { temporaryFolder } from "../../support/folder.js";
import { freshUuid, run } from "../../support/toolchain.js";
import { object, processEnd, processStart } from "../../wire/samples.js";

const folder = temporaryFolder();
let count = 0;

/** A collector for agents, with node1 enrolled. */
async function collectorOfAgents(...options: string[]) {
  const data = join(folder, `data${++count}`);
  const nodes = join(folder, `nodes${count}`);
  const token = enrol(nodes, "node1");
  const start = () => startCollector(data, "--agent-tcp", "127.0.0.1:0", "--agent-nodes", nodes, ...options);
  return { data, nodes, token, start, collector: await start() };
}

const addressOf = ({ where }: RunningCollector) => where.agents[0] as string;
const processOf = async (collector: RunningCollector, uuid: string) =>
  (await collector.json(`/api/v1/process?uuid=${uuid}`)).process;

describe("an agent", () => {
  it("delivers records with shared objects, and learns when they are durable", async () => {
    const { collector, token } = await collectorOfAgents();
    const agent = await AgentConnection.open(addressOf(collector));
    const uuid = freshUuid();
    const objects = [object("/lib/libc.so.6", [], "00ff")];
    const own = processStart({ uuid, host: "elsewhere", objects: [], program: object("/usr/bin/true") });
    const startFields = encodeMessage(processStart({ objects, environment: [], arguments: [] })).slice(
      FRAME_HEADER_SIZE,
    );
    const attested = { uid: 0, gid: 0, pid: 77, pidNamespace: 4_026_531_836n, innerPid: 1, cgroup: "/job_1" };
    const usage = {
      userTime: 1500n,
      systemTime: 500n,
      maxResident: 4096n,
      readBytes: 1n,
      writtenBytes: 2n,
      threads: 3,
      isLowerBound: false,
    };
    agent.send(
      hello("node1", token),
      { type: "agent-objects", number: 5, startFields },
      agentRecord(1, own, { objects: 5, attested }),
      agentRecord(2, processEnd(uuid), { attested: { endedBy: "exit", exitSignal: 9, coreDumped: false, usage } }),
    );
    await agent.acknowledged(2);
    expect(agent.received[0]).toEqual({ type: "agent-welcome", version: 1, refused: undefined });
    const stored = await processOf(collector, uuid);
    expect(stored).toMatchObject({
      claimed: { host: "node1", uid: 1000 },
      program: { path: "/usr/bin/true" },
      objects: [{ path: "/lib/libc.so.6", buildId: "00ff" }],
      attested: {
        observedBy: "kernel",
        agent: "node1",
        uid: 0,
        gid: 0,
        pid: 77,
        pidNamespace: 4_026_531_836,
        innerPid: 1,
        cgroup: "/job_1",
        existed: null,
      },
      end: {
        attested: {
          by: "exit",
          status: null,
          signal: 9,
          coreDumped: false,
          usage: { userTime: 1500, threads: 3 },
          forks: null,
        },
      },
    });
    expect(await collector.accounting()).toMatchObject({
      received: 2,
      stored: 2,
      duplicate: 0,
      rejected: {},
      pending: 0,
    });
    agent.close();
  });

  it("is counted once for each sequence, also by a collector that was killed, and whatever the record says", async () => {
    const { collector, token, start } = await collectorOfAgents();
    const greeting = hello("node1", token);
    const starts = Array.from({ length: 30 }, () => processStart({ uuid: freshUuid() }));
    const records = starts.map((message, index) => agentRecord(index + 1, message));
    const first = await AgentConnection.open(addressOf(collector));
    first.send(greeting, ...records);
    await first.acknowledged(30);
    const again = await AgentConnection.open(addressOf(collector));
    again.send({ ...greeting, first: 11n }, ...records.slice(10));
    await again.acknowledged(30);
    // The first connection of the node gave way.
    await first.until(() => first.isClosed);
    expect(await collector.accounting()).toMatchObject({ received: 50, stored: 30, duplicate: 20 });
    await collector.stop("SIGKILL");

    const restarted = await start();
    const later = await AgentConnection.open(addressOf(restarted));
    // The same sequences with other records are the same deliveries; another epoch is not.
    later.send(greeting, ...records.map((_, index) => agentRecord(index + 1, processStart({ uuid: freshUuid() }))));
    await later.acknowledged(30);
    expect(await restarted.accounting()).toMatchObject({ received: 30, stored: 0, duplicate: 30 });
    const other = await AgentConnection.open(addressOf(restarted));
    other.send({ ...greeting, epoch: randomUUID() }, agentRecord(1, processStart({ uuid: freshUuid() })));
    await other.acknowledged(1);
    expect(await restarted.accounting()).toMatchObject({ received: 31, stored: 1, duplicate: 30 });
    other.close();
  });

  it("is refused without the token of its node, and delivers as soon as it is enrolled", async () => {
    const { collector, token, nodes } = await collectorOfAgents();
    const attempt = async (...args: Parameters<typeof hello>) => {
      const agent = await AgentConnection.open(addressOf(collector));
      agent.send(hello(...args), agentRecord(1, processStart()));
      return agent.refusal();
    };
    const wrong = "the node is not enrolled with this token";
    expect(await attempt("node1", "wrong")).toBe(wrong);
    expect(await attempt("node2", token)).toBe(wrong);
    expect(await attempt("node1", token, { version: 2 })).toBe("version 2 of the protocol is not known");
    expect(await collector.accounting()).toMatchObject({ received: 0 });
    const own = enrol(nodes, "node2");
    const agent = await AgentConnection.open(addressOf(collector));
    agent.send(hello("node2", own), agentRecord(1, processStart()));
    await agent.acknowledged(1);
    agent.close();
    expect(collector.log().filter(({ event }) => event === "agent-refused").length).toBeGreaterThan(0);
    for (const secret of [own, token]) expect(collector.stderr).not.toContain(secret);
  });

  it("cannot attest over the sockets that are open to everyone", async () => {
    const { collector } = await collectorOfAgents();
    const record = agentRecord(1, processStart(), { attested: { uid: 0 } });
    const { encodeAgentMessage } = await import("../../../lib/wire/index.js");
    await collector.send(encodeAgentMessage(record));
    expect(await collector.waitForFrames(1)).toMatchObject({ rejected: { "unknown-type": 1 }, stored: 0 });
  });

  it("sends frames that are counted and end its own connection only, when they are hostile", async () => {
    const { collector, token, nodes } = await collectorOfAgents();
    const well = await AgentConnection.open(addressOf(collector));
    well.send(hello("node1", token), agentRecord(1, processStart()));
    await well.acknowledged(1);
    const other = enrol(nodes, "node2");
    const start = encodeMessage(processStart());
    const hostile: [string, (Uint8Array | Parameters<AgentConnection["send"]>[0])[]][] = [
      ["unknown-type", [start]],
      ["unknown-type", [hello("node2", other), start]],
      ["unknown-type", [hello("node2", other), hello("node2", other)]],
      ["malformed-payload", [hello("node2", other), agentRecord(2, processStart())]],
      ["malformed-payload", [hello("node2", other), agentRecord(1, processStart(), { objects: 7 })]],
      ["malformed-payload", [hello("node2", other), encodeFrame(MESSAGE_TYPE.agentRecord, new Uint8Array([1]))]],
      ["too-large", [hello("node2", other), Buffer.from("00000017ffffffff", "hex")]],
      ["malformed-payload", [encodeFrame(MESSAGE_TYPE.agentHello, new Uint8Array(100))]],
    ];
    const expected: Record<string, number> = {};
    for (const [violation, messages] of hostile) {
      const agent = await AgentConnection.open(addressOf(collector));
      agent.send(...messages);
      await agent.until(() => agent.isClosed);
      expected[violation] = (expected[violation] ?? 0) + 1;
    }
    well.send(agentRecord(2, processStart()));
    await well.acknowledged(2);
    // A record that is not valid is counted, and its agent goes on.
    well.send({ ...agentRecord(3, processStart()), message: { type: 12, payload: new Uint8Array([8, 1]) } });
    await well.acknowledged(3);
    expected["malformed-payload"] = (expected["malformed-payload"] ?? 0) + 1;
    const { received, stored, rejected, pending } = await collector.accounting();
    expect({ rejected, stored, pending }).toEqual({ rejected: expected, stored: 2, pending: 0 });
    expect(received).toBe(2 + hostile.length + 1);
    well.close();
  });

  it("is counted by its records on /metrics, and belongs to the cluster of its listener", async () => {
    const path = join(folder, "agents.sock");
    const { collector, token } = await collectorOfAgents("--agent-unix", path, "--cluster", "alpha");
    const agent = await AgentConnection.open(path);
    const uuid = freshUuid();
    agent.send(hello("node1", token), agentRecord(1, processStart({ uuid })));
    await agent.acknowledged(1);
    expect((await processOf(collector, uuid)).placement.cluster).toBe("alpha");
    const metrics = await (await collector.get("/metrics")).text();
    expect(metrics).toContain(`ogrt_input_frames_total{transport="agent",address="${path}"} 1`);
    agent.close();
  });

  it("may pause in the middle of a frame, and another agent is not held up", async () => {
    const { collector, token, nodes } = await collectorOfAgents();
    const slow = await AgentConnection.open(addressOf(collector));
    const { encodeAgentMessage } = await import("../../../lib/wire/index.js");
    const bytes = encodeAgentMessage(agentRecord(1, processStart()));
    slow.send(hello("node1", token), bytes.subarray(0, 20));
    const other = await AgentConnection.open(addressOf(collector));
    other.send(hello("node2", enrol(nodes, "node2")), agentRecord(1, processStart()));
    await other.acknowledged(1);
    slow.send(bytes.subarray(20));
    await slow.acknowledged(1);
    for (const agent of [slow, other]) agent.close();
  });
});

describe("TLS for agents", () => {
  it("is version 1.3, with the certificate of the configuration", async () => {
    const [key, certificate] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
    run(
      "openssl",
      "req",
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:P-256",
      "-nodes",
      "-days",
      "2",
      ...subject,
      "-keyout",
      key,
      "-out",
      certificate,
    ); // prettier-ignore
    chmodSync(key, 0o600);
    const tls = ["--agent-tls-certificate", certificate, "--agent-tls-key", key];
    const { collector, token } = await collectorOfAgents(...tls);
    const { readFileSync } = await import("node:fs");
    const ca = readFileSync(certificate);
    await expect(AgentConnection.open(addressOf(collector), { ca, maxVersion: "TLSv1.2" })).rejects.toThrow();
    const clear = await AgentConnection.open(addressOf(collector));
    clear.send(hello("node1", token));
    await clear.until(() => clear.isClosed);
    expect(clear.received).toEqual([]);
    const agent = await AgentConnection.open(addressOf(collector), { ca });
    agent.send(hello("node1", token), agentRecord(1, processStart()));
    await agent.acknowledged(1);
    agent.close();
  });

  it("is required on a network, and nodes are required at all", async () => {
    const nodes = join(folder, "nodes-of-network");
    enrol(nodes, "node1");
    const attempt = (...options: string[]) => startCollector(join(folder, "refused"), ...options);
    await expect(attempt("--agent-tcp", "0.0.0.0:0", "--agent-nodes", nodes)).rejects.toThrow(
      "agents.tcp: 0.0.0.0:0 needs agents.tls-certificate",
    );
    await expect(attempt("--agent-tcp", "127.0.0.1:0")).rejects.toThrow("agents.nodes: is required");
    writeFileSync(nodes, "node1 secret\n", { mode: 0o600 });
    await expect(attempt("--agent-tcp", "127.0.0.1:0", "--agent-nodes", nodes)).rejects.toThrow(
      "line 1 is not NODE sha256:HASH",
    );
    chmodSync(nodes, 0o666);
    writeFileSync(nodes, "");
    await expect(attempt("--agent-tcp", "127.0.0.1:0", "--agent-nodes", nodes)).rejects.toThrow(
      "other users may change it",
    );
    await sleep(0);
  });
});
