import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, readFileSync, statSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { type RunningCollector, startCollector } from "../support/collector.js";
import { temporaryFolder } from "../support/folder.js";
import { run } from "../support/toolchain.js";
import { builtAgent } from "./support/agent.js";
import {
  builtTlsAgent,
  DeliveringAgent,
  enrolledNode,
  load,
  type Node,
  recordsByEpoch,
  sha256,
  spoolFiles,
} from "./support/delivering-agent.js";
import { seeing } from "./support/seeing.js";

const folder = temporaryFolder();
// The agent becomes nobody.
chmodSync(folder, 0o755);
let count = 0;

/** A node, and a collector for it on a socket that keeps its path. */
async function scene(...options: string[]) {
  const node = enrolledNode(folder, `node${++count}`);
  const [data, socket] = [join(folder, `data${count}`), join(folder, `agents${count}.sock`)];
  const start = () => startCollector(data, "--agent-unix", socket, "--agent-nodes", node.nodes, ...options);
  return { node, data, address: `unix:${socket}`, start };
}

/** The processes of a program with an argument that the collector has by now. */
async function known(collector: RunningCollector, program: string, argument: string) {
  const found: string[] = [];
  // Other tests start many programs of the same name meanwhile.
  for (let cursor = ""; ; ) {
    const page = await collector.json(`/api/v1/affected/processes?limit=1000&path=*/${program}${cursor}`);
    for (const { uuid, arguments: list } of page.processes) if (list.includes(argument)) found.push(uuid);
    if (page.next === null) break;
    cursor = `&cursor=${page.next}`;
  }
  return Promise.all(found.map(async (uuid) => (await collector.json(`/api/v1/process?uuid=${uuid}`)).process));
}

/** The same, once there are so many with an end. */
async function ended(collector: RunningCollector, program: string, argument: string, wanted: number) {
  for (;;) {
    const found = (await known(collector, program, argument)).filter(({ end }) => end !== null);
    if (found.length >= wanted) return found;
    await sleep(1000);
  }
}

const delivered = async (collector: RunningCollector) => {
  const { received, stored } = await collector.accounting();
  return received > 0 && stored > 0;
};

describe("enrolment", () => {
  it("writes a token that only its owner can read, and prints its hash", () => {
    const { token, line } = enrolledNode(folder, "enrolled");
    const text = readFileSync(token, "utf8");
    expect(text).toMatch(/^[0-9a-f]{64}\n$/);
    expect(line).toBe(`enrolled sha256:${sha256(text.trim())}\n`);
    expect(statSync(token).mode & 0o777).toBe(0o600);
    const again = spawnSync(builtAgent(), ["--enrol", token], { encoding: "utf8" });
    expect([again.status, again.stderr]).toEqual([3, `ogrt-agent: ${token}: File exists\n`]);
  });

  it.each([["10.0.0.1:7971"], ["collector.example:7971"], ["127.example.org:7971"], ["localhost"], ["unix:"]])(
    "the token is sent to no collector at %s",
    (address) => {
      const { token, spool } = enrolledNode(folder, "nowhere");
      const args = ["--deliver", "--collector", address, "--token", token, "--spool", spool];
      const { status, stderr } = spawnSync(builtAgent(), args, { encoding: "utf8" });
      expect(status).toBe(2);
      expect(stderr).toContain(`${address} is not unix:PATH, tls:HOST:PORT, or HOST:PORT of a loopback address`);
    },
  );

  it("a token that others can read is refused", () => {
    const { token } = enrolledNode(folder, "open");
    chmodSync(token, 0o644);
    const args = ["--deliver", "--collector", "unix:/nowhere", "--token", token];
    const { status, stderr } = spawnSync(builtAgent(), args, { encoding: "utf8" });
    expect([status, stderr]).toEqual([3, `ogrt-agent: ${token}: others may read the token; run chmod 600\n`]);
  });
});

describe("a real agent", () => {
  seeing("delivers what the kernel says of processes, with their ends", { timeout: 300_000 }, async () => {
    const { node, address, start } = await scene();
    const collector = await start();
    const agent = new DeliveringAgent(node, [address]);
    await agent.until(() => delivered(collector), "a record");
    const killed = spawn("/bin/sleep", ["1000.25"]);
    await agent.until(async () => (await known(collector, "sleep", "1000.25")).length > 0, "the start of sleep");
    killed.kill("SIGKILL");
    // It lives long enough for its arguments to be read on a busy machine.
    spawnSync("/bin/sh", ["-c", "sleep 3; exit 7"]);
    const [sleeper] = await ended(collector, "sleep", "1000.25", 1);
    expect(sleeper).toMatchObject({
      claimed: { host: node.name, uid: 0 },
      pid: killed.pid,
      arguments: ["/bin/sleep", "1000.25"],
      attested: { observedBy: "kernel", agent: node.name, uid: 0, gid: 0, pid: killed.pid },
      end: { attested: { by: "exit", status: null, signal: 9, coreDumped: false } },
    });
    expect(sleeper.program.path).toMatch(/\/bin\/sleep$/);
    // As readelf, another program, has it.
    const buildId = /Build ID: ([0-9a-f]+)/.exec(run("readelf", "-n", "/bin/sleep"))?.[1];
    expect(sleeper.program.buildId).toBe(buildId);
    expect(sleeper.objects.map(({ path }: { path: string }) => path).join()).toContain("libc.so");
    const [shell] = await ended(collector, "*sh", "sleep 3; exit 7", 1);
    expect(shell.end.attested).toMatchObject({ by: "exit", status: 7, signal: null });
    expect(await agent.stop()).toBe(0);
    expect(agent.stderr).toContain("delivers to this collector");
  });

  seeing("is counted once for each record when agent and collector are killed", { timeout: 600_000 }, async () => {
    const { node, data, address, start } = await scene();
    const running = load(40, 3000);
    let collector = await start();
    let agent = new DeliveringAgent(node, [address]);
    await agent.until(() => delivered(collector), "a record");
    for (const victim of ["collector", "both", "hears", "collector", "delivers"] as const) {
      await sleep(700 + 300 * Math.random());
      if (victim === "collector") {
        await collector.stop("SIGKILL");
        await sleep(300);
        collector = await start();
      } else {
        await agent.kill(victim);
        agent = new DeliveringAgent(node, [address]);
      }
    }
    await agent.until(() => delivered(collector), "a record after the last kill");
    await running.stop();
    await sleep(1500);
    expect(await agent.stop()).toBe(0);
    // What is left is delivered by the next run.
    const last = new DeliveringAgent(node, [address]);
    await last.until(() => last.stderr.includes("delivers"), "a connection");
    await sleep(2000);
    await last.until(() => spoolFiles(node.spool).length === 1, "the rest");
    expect(await last.stop()).toBe(0);
    // What the last run heard at its end may be left.
    expect(spoolFiles(node.spool).length).toBeLessThanOrEqual(1);
    const { received, stored, duplicate, pending, rejected, dropped } = await collector.waitForFrames(1);
    expect({ pending, rejected, dropped }).toEqual({ pending: 0, rejected: {}, dropped: {} });
    expect(received).toBe(stored + duplicate);
    await collector.stop();
    const epochs = await recordsByEpoch(data);
    expect(epochs.length).toBeGreaterThanOrEqual(4);
    for (const { records, sequences, last: highest } of epochs)
      expect([records, sequences]).toEqual([highest, highest]);
  });

  seeing("keeps what no collector takes, and says so when it is refused", { timeout: 300_000 }, async () => {
    const { node, address, start } = await scene();
    const unenrolled: Node = { ...enrolledNode(folder, "unenrolled"), nodes: node.nodes };
    const collector = await start();
    const refused = new DeliveringAgent(unenrolled, [address]);
    await refused.until(() => refused.stderr.includes("refused: the node is not enrolled"), "a refusal");
    expect((await collector.accounting()).received).toBe(0);
    await refused.until(() => spoolFiles(unenrolled.spool).length === 1, "a spool");
    expect(await refused.stop()).toBe(0);
    expect(spoolFiles(unenrolled.spool)).toHaveLength(1);
  });

  seeing("speaks TLS, to a collector that its authority certifies only", { timeout: 300_000 }, async (context) => {
    const program = builtTlsAgent();
    if (program === undefined) {
      console.warn("skipped: an agent with TLS: the headers of OpenSSL are missing");
      return context.skip();
    }
    const certified = (name: string) => {
      const [key, certificate] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)];
      const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
      const how = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];
      run("openssl", "req", ...how, ...subject, "-keyout", key, "-out", certificate);
      chmodSync(key, 0o600);
      return { key, certificate };
    };
    const [own, other] = [certified("own"), certified("other")];
    const tls = ["--agent-tcp", "127.0.0.1:0", "--agent-tls-certificate", own.certificate, "--agent-tls-key", own.key];
    const { node, start } = await scene(...tls);
    const collector = await start();
    const address = `tls:${collector.where.agents.find((text) => !text.startsWith("/"))}`;
    const distrustful = new DeliveringAgent(node, [address], ["--authorities", other.certificate], program);
    await distrustful.until(() => distrustful.stderr.includes("TLS: "), "an error");
    expect(distrustful.stderr).toMatch(/TLS: (self-signed certificate|certificate verify failed)/);
    await distrustful.stop();
    expect((await collector.accounting()).received).toBe(0);

    // Who answers without TLS learns no token.
    const heard: Buffer[] = [];
    const sockets: Socket[] = [];
    const eavesdropper = createServer((socket) => {
      sockets.push(socket);
      socket.on("error", () => {});
      socket.on("data", (bytes) => heard.push(bytes));
    }).listen(0, "127.0.0.1");
    await once(eavesdropper, "listening");
    const { port } = eavesdropper.address() as { port: number };
    const options = ["--authorities", own.certificate];
    const agent = new DeliveringAgent(node, [`tls:127.0.0.1:${port}`, address], options, program);
    await agent.until(() => delivered(collector), "a record over TLS");
    const token = readFileSync(node.token, "utf8").trim();
    expect(Buffer.concat(heard).includes(token)).toBe(false);
    expect(await agent.stop()).toBe(0);
    for (const socket of sockets) socket.destroy();
    eavesdropper.close();
  });
});
